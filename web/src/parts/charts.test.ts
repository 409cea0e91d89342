// SPDX-License-Identifier: Apache-2.0
// Geometry and words of the drawn components: what is filled, where marks stand, what is read aloud.
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { ContentStanding, WeekLayer } from '@/api/types'
import AgateLogo from './AgateLogo.vue'
import AgateSlice from './AgateSlice.vue'
import BandGlyph from './BandGlyph.vue'
import BandLadder from './BandLadder.vue'
import ContentPebble from './ContentPebble.vue'
import CoverageBar from './CoverageBar.vue'
import DistributionBars from './DistributionBars.vue'
import StrataChart from './StrataChart.vue'
import WeeklyBars from './WeeklyBars.vue'
import { content_class, percent_down } from './content'
import { best_first, standing_phrase } from './phrases'

const words = ['待提高', '合格', '良好', '优秀']
const band = (index: number) => ({ index, code: `b${index}`, name: words[index] ?? '' })
function content(code: string, mark: string, index: number | null, more: Partial<ContentStanding> = {}): ContentStanding {
  return {
    code, mark, name: `${mark}内容`, band: index === null ? null : band(index), coverage: 0.92, is_thin: false,
    position: index === null ? null : { value: index + 0.4, low: index + 0.2, high: index + 0.7 },
    previous: null, change: 'same', change_words: '和上学期同档', records: 12, ...more,
  }
}
const five = [
  content('A1', '德', 2),
  content('A2', '学', 2, { previous: { band: band(1), position: 1.5 } }),
  content('A3', '身', 1, { is_thin: true, coverage: 0.419 }),
  content('A4', '美', null, { coverage: 0.1 }),
  content('A5', '劳', 3),
]

describe('agate slice', () => {
  const slice = mount(AgateSlice, { props: { contents: five, layers: 4, summary: '一句话', phrases: five.map((c) => c.name), none_word: '证据不足' } })
  const sectors = slice.findAll('.slice-sector')

  it('has one sector a content, each with four layers, filled up to the band', () => {
    expect(sectors).toHaveLength(5)
    const filled = sectors.map((sector) => sector.findAll('.slice-layer.on').length)
    expect(filled).toEqual([3, 3, 2, 0, 4])
    for (const sector of sectors) expect(sector.findAll('.slice-layer')).toHaveLength(4)
  })

  it('hatches thin evidence on its layers, and the whole sector where there is none', () => {
    expect(sectors.map((sector) => sector.findAll('.slice-hatch').length)).toEqual([0, 0, 2, 4, 0])
  })

  it('dots the own last period only where there is one', () => {
    expect(sectors.map((sector) => sector.find('.slice-previous').exists())).toEqual([false, true, false, false, false])
  })

  it('says the band outside, the mark inside, and the whole in one sentence', () => {
    expect(sectors.map((sector) => sector.find('.slice-word').text())).toEqual(['良好', '良好', '合格', '证据不足', '优秀'])
    expect(sectors.map((sector) => sector.find('.slice-mark-text').text())).toEqual(['德', '学', '身', '美', '劳'])
    expect(slice.attributes('aria-label')).toBe('一句话')
  })

  it.each(['click', 'keydown.enter', 'keydown.space', 'contextmenu'])('opens by %s', async (event) => {
    await sectors[4]?.trigger(event)
    expect(slice.emitted('open')?.at(-1)).toEqual(['A5'])
  })
})

describe('band ladder', () => {
  it('places now, range and last period as shares of the track', () => {
    const ladder = mount(BandLadder, { props: { position: { value: 3, low: 2, high: 3.4 }, previous: 1, bands: 4, label: '劳动' } })
    expect(ladder.findAll('.ladder-zone')).toHaveLength(4)
    expect(ladder.find('.ladder-now').attributes('cx')).toBe('75%')
    expect(ladder.find('.ladder-before').attributes('cx')).toBe('25%')
    expect(ladder.find('.ladder-range').attributes('x')).toBe('50%')
    expect(Number.parseFloat(ladder.find('.ladder-range').attributes('width') ?? '')).toBeCloseTo(35)
    expect(ladder.attributes('aria-label')).toBe('劳动')
  })

  it('is hollow when thin, and shows nothing it does not know', () => {
    expect(mount(BandLadder, { props: { position: { value: 1.5, low: 1, high: 2 }, previous: null, is_thin: true, label: '' } }).find('.ladder-now.is-thin').exists()).toBe(true)
    const none = mount(BandLadder, { props: { position: null, previous: null, label: '' } })
    expect(none.find('.ladder-now').exists() || none.find('.ladder-range').exists() || none.find('.ladder-before').exists()).toBe(false)
  })
})

describe('band glyph', () => {
  it.each([[1, false], [2, false], [4, false]])('fills %i layers from below', (layers) => {
    const glyph = mount(BandGlyph, { props: { layers } })
    const on = glyph.findAll('rect.glyph-on')
    expect(on).toHaveLength(layers)
    const lowest = Math.max(...glyph.findAll('rect').map((r) => Number(r.attributes('y'))))
    expect(on.some((r) => Number(r.attributes('y')) === lowest)).toBe(true)
  })

  it('hatches what is thin, and all of it without a band', () => {
    expect(mount(BandGlyph, { props: { layers: 2, is_thin: true } }).findAll('.glyph-hatched')).toHaveLength(2)
    expect(mount(BandGlyph, { props: { layers: null } }).findAll('.glyph-hatched')).toHaveLength(4)
  })

  it('is silent beside its word, and speaks alone', () => {
    expect(mount(BandGlyph, { props: { layers: 2 } }).attributes('aria-hidden')).toBe('true')
    expect(mount(BandGlyph, { props: { layers: 2, label: '合格' } }).attributes('aria-label')).toBe('合格')
  })
})

describe('coverage', () => {
  it.each([[0.92, 92], [0.419, 41], [0.9999, 99], [1, 100], [0, 0], [0.29, 29]])('%f is shown as %i %%', (share, percent) => {
    expect(percent_down(share)).toBe(percent)
    expect(mount(CoverageBar, { props: { coverage: share, is_thin: false } }).text()).toBe(`${percent}%`)
  })

  it('never looks empty where there is some, nor filled where there is none', () => {
    expect(mount(CoverageBar, { props: { coverage: 0.01, is_thin: true } }).findAll('.tick-on')).toHaveLength(1)
    expect(mount(CoverageBar, { props: { coverage: 0, is_thin: true } }).findAll('.tick-on')).toHaveLength(0)
  })
})

const weeks: WeekLayer[] = [[1, 0, 2], [0, 0, 0], [3, 1, 0], [2, 0, 4]].map(([a, b, c], i) => ({
  week: i + 1, from: `2026-09-0${i + 1}`, counts: { A1: a ?? 0, A2: b ?? 0, A3: c ?? 0 }, holiday: i === 1 ? '国庆假期' : null,
}))
const three = five.slice(0, 3)

describe('strata', () => {
  const chart = mount(StrataChart, { props: { contents: three, weeks, highlights: [{ week: 3, text: '第 3 周 做饭', content: 'A1' }], summary: '四周', week_word: (n: number) => `${n}周`, count_word: (n: number) => `${n} 条` } })

  it('lays one stratum a content and labels each with its count at the end', () => {
    expect(chart.findAll('.strata-layer').map((layer) => layer.attributes('aria-label'))).toEqual(['德内容 6 条', '学内容 1 条', '身内容 6 条'])
  })

  it('keeps labels apart', () => {
    const y = chart.findAll('.strata-label').map((label) => Number(label.attributes('y')))
    for (let i = 1; i < y.length; i += 1) expect(Math.abs((y[i] ?? 0) - (y[i - 1] ?? 0))).toBeGreaterThanOrEqual(19.9)
  })

  it('names the holiday and the highlight, and starts its axis at zero', () => {
    expect(chart.text()).toContain('国庆假期')
    expect(chart.text()).toContain('第 3 周 做饭')
    expect(chart.find('.strata-axis').text()).toBe('0')
  })

  it('opens the records behind a stratum', async () => {
    await chart.findAll('.strata-layer')[1]?.trigger('keydown.enter')
    expect(chart.emitted('open')).toEqual([['A2']])
  })
})

describe('weekly bars', () => {
  const bars = mount(WeeklyBars, { props: { contents: three, weeks, weeks_word: (n: number) => `${n} 周有记录` } })

  it('keeps the place of empty weeks and one scale for all rows', () => {
    const heights = bars.findAll('li').map((row) => row.findAll('rect').map((r) => Number(r.attributes('height'))))
    for (const row of heights) expect(row).toHaveLength(4)
    expect(heights.map((row) => row[1])).toEqual([1, 1, 1])
    expect(Math.max(...heights.flat())).toBe(heights[2]?.[3])
    expect(bars.find('button').attributes('aria-label')).toBe('德内容 3 周有记录')
  })
})

describe('distribution', () => {
  const chart = mount(DistributionBars, {
    props: {
      contents: three, bands: words.map((_, i) => band(i)), few_word: '少于 5', none_word: '证据不足',
      distribution: [{ content: 'A1', cells: [{ band: 'b0', count: null, suppressed: true }, { band: 'b1', count: 9, suppressed: false }, { band: 'b2', count: 20, suppressed: false }, { band: 'b3', count: 0, suppressed: false }], no_result: { count: 0, suppressed: false } }],
    },
  })

  it('hatches a suppressed cell and shows no number and no total there', () => {
    const cells = chart.findAll('li').map((cell) => cell.find('.distribution-count').text())
    expect(cells).toEqual(['0', '20', '9', '少于 5'])
    expect(chart.findAll('.few-bar')).toHaveLength(1)
    expect(chart.text()).not.toMatch(/29|3[0-9]/)
  })
})

describe('contents', () => {
  it('takes its colour by place, a single column by its mark, strangers the neutral', () => {
    expect(content_class('A3', five, '身')).toBe('content-2')
    expect(content_class('F1', [{ code: 'F1', name: '体质', mark: '身' }], '身')).toBe('content-2')
    expect(content_class('A9', [], 'L')).toBe('content-4')
    expect(content_class(null, [], null)).toBe('content-5')
  })

  it('shows its character even without its name', () => {
    expect(mount(ContentPebble, { props: { mark: '德' } }).attributes('aria-hidden')).toBe('true')
    expect(mount(ContentPebble, { props: { mark: '德', name: '品德发展' } }).attributes('aria-label')).toBe('品德发展')
  })

  it('reads band, change and coverage in one phrase', () => {
    const t = (key: string, values?: Record<string, unknown>) => ({ 'band.none': '证据不足', 'common.comma': '，' })[key] ?? `证据覆盖 ${values?.percent}%`
    expect(standing_phrase(content('A5', '劳', 3, { change_words: '比上学期高一档' }), t)).toBe('劳内容，优秀，比上学期高一档，证据覆盖 92%')
    expect(standing_phrase(content('A4', '美', null, { change_words: '' }), t)).toBe('美内容，证据不足，证据覆盖 92%')
  })

  it('puts the best first and keeps framework order among equals', () => {
    expect(best_first(five).map((c) => c.code)).toEqual(['A5', 'A1', 'A2', 'A3', 'A4'])
  })
})

describe('logo', () => {
  it('is quiet for a screen reader', () => {
    expect(mount(AgateLogo).attributes('aria-hidden')).toBe('true')
  })
})
