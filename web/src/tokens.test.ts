// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { content_colours, contents, contrast, css_variables, mix, naive_overrides, palettes, type Scheme } from './tokens'

const schemes: Scheme[] = ['light', 'dark']

describe.each(schemes)('tokens, %s', (scheme) => {
  const p = palettes[scheme]

  it.each(['paper', 'card'] as const)('text on %s is read easily', (ground) => {
    for (const ink of ['ink', 'ink_2', 'ink_3', 'primary', 'danger', 'warn', 'ok'] as const) {
      expect(contrast(p[ink], p[ground]), ink).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(p.control, p[ground])).toBeGreaterThanOrEqual(3)
  })

  it('text on tints and on the primary is read easily', () => {
    expect(contrast(p.on_primary, p.primary)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p.danger, p.danger_tint)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p.warn, p.warn_tint)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p.ok, p.ok_tint)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p.ink_3, p.sunk)).toBeGreaterThanOrEqual(4.2)
  })

  it.each(contents.map((_, i) => i))('content %i is read easily and each layer is deeper', (i) => {
    const c = content_colours(i, scheme)
    expect(contrast(c.text, p.card)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(c.text, c.tint)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(c.on_pebble, c.pebble)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(c.fill, p.card)).toBeGreaterThanOrEqual(3)
    const steps = c.layers.map((layer) => contrast(layer, p.card))
    for (let k = 1; k < steps.length; k += 1) expect(steps[k]).toBeGreaterThan(steps[k - 1] ?? 0)
  })

  it('naive-ui gets literal hex for what it computes with', () => {
    for (const [key, value] of Object.entries(naive_overrides(scheme, 'x').common)) {
      if (key.endsWith('Color')) expect(value, key).toMatch(/^#[0-9A-Fa-f]{6}$/)
    }
  })
})

describe('tokens', () => {
  it('mixes towards paper', () => {
    expect(mix('#000000', '#ffffff', 0)).toBe('#000000')
    expect(mix('#000000', '#ffffff', 1)).toBe('#ffffff')
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080')
  })

  it('writes both schemes and every content class', () => {
    const css = css_variables()
    expect(css).toContain('[data-theme="dark"]')
    expect(css).toContain('prefers-color-scheme: dark')
    for (let i = 0; i <= contents.length; i += 1) expect(css).toContain(`.content-${i}{`)
  })
})
