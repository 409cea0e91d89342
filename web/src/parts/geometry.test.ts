// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { ladder_percent, layer_path, layer_radius, monotone, nice_top, polar, ring_path, sector_span, slice, spread } from './geometry'

describe('slice', () => {
  it('starts at the top and goes round in equal sectors', () => {
    expect(sector_span(0, 5).middle).toBe(-90)
    const spans = [0, 1, 2, 3, 4].map((i) => sector_span(i, 5))
    for (const span of spans) expect(span.to - span.from).toBeCloseTo(72)
    expect(spans[1]?.from).toBeCloseTo(spans[0]?.to ?? 0)
  })

  it('keeps the layers apart and in order at every angle', () => {
    for (let degrees = 0; degrees < 360; degrees += 5) {
      for (let k = 1; k <= slice.layers; k += 1) {
        expect(layer_radius(k, degrees) - layer_radius(k - 1, degrees)).toBeGreaterThan(10)
      }
    }
  })

  it.each([0, 1, 2, 3, 4])('closes layer paths of sector %i', (i) => {
    for (let k = 0; k < 4; k += 1) expect(layer_path(i, 5, k)).toMatch(/^M[-\d. L]+Z$/)
  })

  it('draws the same stone from the same numbers', () => {
    expect(ring_path(40, { seed: 3 })).toBe(ring_path(40, { seed: 3 }))
    expect(ring_path(40, { seed: 3 })).not.toBe(ring_path(40, { seed: 4 }))
  })

  it('measures angles clockwise from the right', () => {
    expect(polar(10, 0).x).toBeCloseTo(10)
    expect(polar(10, 90).y).toBeCloseTo(10)
  })
})

describe('ladder', () => {
  it.each([[0, 0], [2, 50], [4, 100], [5, 100], [-1, 0]])('value %f stands at %f %%', (value, percent) => {
    expect(ladder_percent(value, 4)).toBe(percent)
  })
})

describe('strata', () => {
  it('passes through every week end and never falls', () => {
    const weeks = [3, 3, 10, 10, 10, 25]
    const line = monotone(weeks, 6)
    expect(line).toHaveLength(weeks.length * 6 + 1)
    weeks.forEach((value, i) => expect(line[(i + 1) * 6]).toBeCloseTo(value))
    for (let i = 1; i < line.length; i += 1) expect((line[i] ?? 0) - (line[i - 1] ?? 0)).toBeGreaterThanOrEqual(-1e-9)
  })

  it('is flat through weeks without records', () => {
    const line = monotone([4, 4, 4, 9], 4)
    for (let i = 4; i <= 12; i += 1) expect(line[i]).toBe(4)
  })

  it.each([[107, 3, 120], [9, 3, 12], [0, 3, 3], [2000, 4, 2000], [31, 3, 60]])('top of %i in %i parts is %i', (value, parts, top) => {
    expect(nice_top(value, parts)).toBe(top)
  })

  it('moves labels apart and keeps their order', () => {
    const y = spread([10, 12, 100, 101], 18, 0, 110)
    expect(y[1]! - y[0]!).toBeGreaterThanOrEqual(18)
    expect(y[3]! - y[2]!).toBeGreaterThanOrEqual(18)
    expect(Math.max(...y)).toBeLessThanOrEqual(110)
  })
})
