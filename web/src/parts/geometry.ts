// SPDX-License-Identifier: Apache-2.0
// Shapes of the agate: organic rings, the slice's sectors, strata. Pure numbers in, path text out;
// the same input always draws the same stone.

export interface Point {
  x: number
  y: number
}

const radians = (degrees: number) => (degrees * Math.PI) / 180
const short = (value: number) => String(Math.round(value * 10) / 10)
const at = (point: Point) => `${short(point.x)} ${short(point.y)}`

export function polar(radius: number, degrees: number): Point {
  return { x: radius * Math.cos(radians(degrees)), y: radius * Math.sin(radians(degrees)) }
}

/** A closed smooth curve through the points (Catmull-Rom as cubic Béziers). */
export function smooth_closed(points: Point[]): string {
  const n = points.length
  const p = (i: number) => points[(i + n) % n] as Point
  let path = `M${at(p(0))}`
  for (let i = 0; i < n; i += 1) {
    const [a, b, c, d] = [p(i - 1), p(i), p(i + 1), p(i + 2)]
    const one = { x: b.x + (c.x - a.x) / 6, y: b.y + (c.y - a.y) / 6 }
    const two = { x: c.x - (d.x - b.x) / 6, y: c.y - (d.y - b.y) / 6 }
    path += `C${at(one)} ${at(two)} ${at(c)}`
  }
  return `${path}Z`
}

/** How far the stone's edge departs from a circle at an angle; near 1. `seed` gives another stone. */
export function stone_edge(degrees: number, seed = 0): number {
  const t = radians(degrees)
  return 1 + 0.05 * Math.sin(2 * t + 0.9 + seed) + 0.035 * Math.sin(3 * t + 2.1 + seed * 1.7) + 0.018 * Math.sin(5 * t + 0.4 + seed * 2.3)
}

/** One free ring of the agate. `rough` scales the departure from a circle. */
export function ring_path(radius: number, options: { seed?: number; rough?: number; steps?: number; center?: Point } = {}): string {
  const { seed = 0, rough = 1, steps = 28, center = { x: 0, y: 0 } } = options
  const points: Point[] = []
  for (let i = 0; i < steps; i += 1) {
    const degrees = (360 * i) / steps
    const r = radius * (1 + (stone_edge(degrees, seed) - 1) * rough)
    const on = polar(r, degrees)
    points.push({ x: center.x + on.x, y: center.y + on.y })
  }
  return smooth_closed(points)
}

export const slice = { hole: 23, outer: 104, gap: 5.2, layers: 4, mark_radius: 45 } as const

/** Radius of a layer's outer boundary (0 = the hole) at an angle. */
export function layer_radius(boundary: number, degrees: number, layers: number = slice.layers): number {
  const plain = slice.hole + ((slice.outer - slice.hole) * boundary) / layers
  const calm = 0.25 + 0.5 * (boundary / layers)
  return plain * (1 + (stone_edge(degrees, boundary * 0.23) - 1) * calm)
}

/** First and last angle of a sector, inside its straight gap of constant width. */
export function sector_span(index: number, sectors: number): { from: number; to: number; middle: number } {
  const width = 360 / sectors
  const middle = -90 + width * index
  return { from: middle - width / 2, to: middle + width / 2, middle }
}

function boundary_points(index: number, sectors: number, boundary: number, layers: number): Point[] {
  const { from, to } = sector_span(index, sectors)
  const points: Point[] = []
  const steps = Math.max(8, Math.round((to - from) / 3))
  const inset = (degrees: number) => {
    const r = layer_radius(boundary, degrees, layers)
    return (Math.asin(slice.gap / 2 / r) * 180) / Math.PI
  }
  const [start, end] = [from + inset(from), to - inset(to)]
  for (let i = 0; i <= steps; i += 1) {
    const degrees = start + ((end - start) * i) / steps
    points.push(polar(layer_radius(boundary, degrees, layers), degrees))
  }
  return points
}

/** One layer of one sector, from boundary `layer` to `layer + 1`. */
export function layer_path(index: number, sectors: number, layer: number, layers: number = slice.layers): string {
  const inner = boundary_points(index, sectors, layer, layers)
  const outer = boundary_points(index, sectors, layer + 1, layers)
  return `M${outer.map(at).join('L')}L${inner.reverse().map(at).join('L')}Z`
}

/** The open arc on a boundary: where the last period stood. */
export function boundary_path(index: number, sectors: number, boundary: number, layers: number = slice.layers): string {
  return `M${boundary_points(index, sectors, boundary, layers).map(at).join('L')}`
}

/** The whole sector, as a hit area. */
export function sector_path(index: number, sectors: number, layers: number = slice.layers): string {
  const outer = boundary_points(index, sectors, layers, layers)
  const inner = boundary_points(index, sectors, 0, layers)
  return `M${outer.map(at).join('L')}L${inner.reverse().map(at).join('L')}Z`
}

/** Place of a ladder value (0 to the number of bands) in percent of the track. */
export function ladder_percent(value: number, bands: number): number {
  return Math.min(100, Math.max(0, (value / bands) * 100))
}

/**
 * Cumulative counts between week ends, interpolated without overshoot (monotone cubic, Fritsch and
 * Carlson): a week without records stays flat. Returns `steps` values a week, the first at 0.
 */
export function monotone(values: number[], steps: number): number[] {
  const v = [0, ...values]
  const n = v.length
  const rise = v.slice(1).map((value, i) => value - (v[i] ?? 0))
  const slope: number[] = v.map((_, i) => {
    if (i === 0) return rise[0] ?? 0
    if (i === n - 1) return rise[n - 2] ?? 0
    const [a, b] = [rise[i - 1] ?? 0, rise[i] ?? 0]
    return a * b <= 0 ? 0 : (2 * a * b) / (a + b)
  })
  const out = [v[0] ?? 0]
  for (let i = 0; i < n - 1; i += 1) {
    const [y0, y1] = [v[i] ?? 0, v[i + 1] ?? 0]
    const flat = y0 === y1
    for (let k = 1; k <= steps; k += 1) {
      const t = k / steps
      const [t2, t3] = [t * t, t * t * t]
      const y = flat
        ? y0
        : (2 * t3 - 3 * t2 + 1) * y0 + (t3 - 2 * t2 + t) * (slope[i] ?? 0) + (-2 * t3 + 3 * t2) * y1 + (t3 - t2) * (slope[i + 1] ?? 0)
      out.push(y)
    }
  }
  return out
}

/** Moves labels apart to at least `space`, in order, as little as it can and inside [low, high]. */
export function spread(wanted: number[], space: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const y = order.map((i) => wanted[i] ?? 0)
  for (let i = 0; i < y.length; i += 1) {
    y[i] = Math.max(y[i] ?? 0, i === 0 ? low : (y[i - 1] ?? 0) + space)
  }
  for (let i = y.length - 1; i >= 0; i -= 1) {
    y[i] = Math.min(y[i] ?? 0, i === y.length - 1 ? high : (y[i + 1] ?? 0) - space)
  }
  const out: number[] = []
  order.forEach((i, k) => {
    out[i] = y[k] ?? 0
  })
  return out
}

/** The next round number at or above, for the top of an axis with `parts` equal steps. */
export function nice_top(value: number, parts: number): number {
  const step = Math.max(1, value / parts)
  const scale = 10 ** Math.floor(Math.log10(step))
  const lead = [1, 2, 2.5, 4, 5, 10].find((m) => m * scale >= step && Number.isInteger(m * scale)) ?? 10
  return lead * scale * parts
}
