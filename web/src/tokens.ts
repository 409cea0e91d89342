// SPDX-License-Identifier: Apache-2.0
// The one source of colour, type, space and shape. CSS variables, the naive-ui theme and the
// chart theme are all made from it; nothing else in the front names a colour.

export type Scheme = 'light' | 'dark'

const light = {
  paper: '#FBF7F0', card: '#FFFDFA', sunk: '#F3ECE1', field: '#FFFFFF',
  line: '#E9E0D3', line_2: '#D8CCBB', control: '#8E8278',
  ink: '#2A2320', ink_2: '#5E534C', ink_3: '#756A61',
  primary: '#1C5E63', primary_hover: '#24747A', primary_pressed: '#144A4E',
  primary_tint: '#E1EFEF', on_primary: '#FFFFFF',
  danger: '#B0243A', danger_tint: '#FBE7E8',
  warn: '#8A5A00', warn_tint: '#FBF0D8',
  ok: '#2A6B45', ok_tint: '#E4F0E6',
  avatar: '#C8A87C', on_avatar: '#2A2320',
  toast: '#2A2320', on_toast: '#FBF7F0', toast_action: '#9FD6D7',
  rail: '#F6EEE2',
  scrim: 'rgba(42, 35, 32, .42)',
}

export type Palette = Record<keyof typeof light, string>

const dark: Palette = {
  paper: '#1E1916', card: '#28221E', sunk: '#332B26', field: '#1A1512',
  line: '#3A322C', line_2: '#4A4038', control: '#9A8D81',
  ink: '#F1E9DF', ink_2: '#BDB0A3', ink_3: '#9A8D81',
  primary: '#7CC4C6', primary_hover: '#93D2D3', primary_pressed: '#63B0B2',
  primary_tint: '#23393A', on_primary: '#14201F',
  danger: '#F08A95', danger_tint: '#43262A',
  warn: '#E0B054', warn_tint: '#3A2E18',
  ok: '#6CC9AC', ok_tint: '#1F3A31',
  avatar: '#C8A87C', on_avatar: '#2A2320',
  toast: '#F1E9DF', on_toast: '#2A2320', toast_action: '#144A4E',
  rail: '#241E1A',
  scrim: 'rgba(0, 0, 0, .56)',
}

export const palettes: Record<Scheme, Palette> = { light, dark }

// The five contents, in the order of a framework; a pack with more takes the neutral after them.
export const contents = [
  { mark_zh: '德', mark_en: 'M', fill: '#A93E27', pebble: '#A93E27', text: '#8E3220', tint: '#F8E9E4', dark: '#E88A70' },
  { mark_zh: '学', mark_en: 'S', fill: '#2A6BBF', pebble: '#2A6BBF', text: '#1F5596', tint: '#E6EEF8', dark: '#7FB1EC' },
  { mark_zh: '身', mark_en: 'B', fill: '#3B9A80', pebble: '#2E8069', text: '#22705C', tint: '#E2F1EC', dark: '#6CC9AC' },
  { mark_zh: '美', mark_en: 'A', fill: '#7F4478', pebble: '#7F4478', text: '#6F3866', tint: '#F2E8F0', dark: '#CE93C2' },
  { mark_zh: '劳', mark_en: 'L', fill: '#B57D20', pebble: '#946617', text: '#7D540C', tint: '#F8EEDA', dark: '#E0B054' },
] as const
export const neutral_content = {
  mark_zh: '', mark_en: '', fill: '#5E534C', pebble: '#5E534C', text: '#5E534C', tint: '#F3ECE1', dark: '#BDB0A3',
} as const

// The mineral colours of the free agate rings (logo, sign-in, empty states), outside in.
export const agate = {
  core: '#1C5E63', ring: ['#8E3220', '#C45A38', '#F6DFC8', '#D89A55', '#FFF6E8', '#B57D20'],
} as const

// Share of paper mixed into a content's colour, lowest layer first: deeper is higher.
export const layer_paper = [0.62, 0.4, 0.18, 0] as const

export const fonts = {
  zh: '"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans CJK SC",sans-serif',
  en: '"Segoe UI","Helvetica Neue",Arial,"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans CJK SC",sans-serif',
  child: '"Kaiti SC","STKaiti","KaiTi","LXGW WenKai","PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans CJK SC",sans-serif',
} as const

export const shape = {
  radius_small: '6px', radius: '8px', radius_tile: '12px', radius_card: '14px', radius_sheet: '22px',
  pebble: '46% 54% 55% 45% / 54% 47% 53% 46%',
} as const

export const motion = {
  press: '120ms', layer_over: '200ms', lay: '320ms', ease: 'cubic-bezier(.2,.7,.2,1)',
} as const

const elevation: Record<Scheme, [string, string]> = {
  light: [
    '0 1px 2px rgba(74,50,30,.05), 0 6px 20px rgba(74,50,30,.05)',
    '0 2px 6px rgba(74,50,30,.08), 0 18px 48px rgba(74,50,30,.16)',
  ],
  dark: [
    '0 1px 2px rgba(10,6,3,.3), 0 6px 20px rgba(10,6,3,.2)',
    '0 2px 6px rgba(10,6,3,.4), 0 18px 48px rgba(10,6,3,.5)',
  ],
}

function channels(hex: string): [number, number, number] {
  const n = Number.parseInt(hex.slice(1), 16)
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255]
}

/** `share` of `under` mixed into `over`, both `#RRGGBB`. */
export function mix(over: string, under: string, share: number): string {
  const a = channels(over)
  const b = channels(under)
  const out = a.map((value, i) => Math.round(value * (1 - share) + (b[i] ?? 0) * share))
  return `#${out.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** WCAG contrast of two `#RRGGBB`. */
export function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r, g, b] = channels(hex).map((c) => {
      const s = c / 255
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
    }) as [number, number, number]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

export interface ContentColours {
  fill: string
  pebble: string
  on_pebble: string
  text: string
  tint: string
  edge: string
  layers: string[]
}

export function content_colours(index: number, scheme: Scheme): ContentColours {
  const content = contents[index] ?? neutral_content
  const paper = palettes[scheme].card
  const fill = scheme === 'light' ? content.fill : content.dark
  return {
    fill,
    pebble: scheme === 'light' ? content.pebble : content.dark,
    on_pebble: scheme === 'light' ? '#FFFFFF' : '#1E1916',
    text: scheme === 'light' ? content.text : content.dark,
    tint: scheme === 'light' ? content.tint : mix(content.dark, paper, 0.88),
    edge: mix(fill, paper, scheme === 'light' ? 0.6 : 0.66),
    layers: layer_paper.map((share) => mix(fill, paper, share * (scheme === 'light' ? 1 : 0.92))),
  }
}

function css_name(key: string): string {
  return `--${key.replaceAll('_', '-')}`
}

function scheme_rules(scheme: Scheme): string {
  const rows = Object.entries(palettes[scheme]).map(([key, value]) => `${css_name(key)}:${value}`)
  rows.push(`--lift-1:${elevation[scheme][0]}`, `--lift-2:${elevation[scheme][1]}`, `color-scheme:${scheme}`)
  for (let i = 0; i <= contents.length; i += 1) {
    const c = content_colours(i, scheme)
    const at = `--c${i}`
    rows.push(
      `${at}-fill:${c.fill}`, `${at}-pebble:${c.pebble}`, `${at}-on-pebble:${c.on_pebble}`,
      `${at}-text:${c.text}`, `${at}-tint:${c.tint}`, `${at}-edge:${c.edge}`,
      ...c.layers.map((colour, k) => `${at}-layer-${k + 1}:${colour}`),
    )
  }
  return rows.join(';')
}

/** The style sheet of variables; `.content-N` sets the plain names for what stands inside it. */
export function css_variables(): string {
  const fixed = [
    ...Object.entries(shape).map(([key, value]) => `${css_name(key)}:${value}`),
    ...Object.entries(motion).map(([key, value]) => `${css_name(key)}:${value}`),
    `--font-zh:${fonts.zh}`, `--font-en:${fonts.en}`, `--font-child:${fonts.child}`,
  ].join(';')
  const names = ['fill', 'pebble', 'on-pebble', 'text', 'tint', 'edge', 'layer-1', 'layer-2', 'layer-3', 'layer-4']
  let out = `:root{${fixed};${scheme_rules('light')}}`
  out += `@media (prefers-color-scheme: dark){:root:not([data-theme="light"]){${scheme_rules('dark')}}}`
  out += `:root[data-theme="dark"]{${scheme_rules('dark')}}`
  for (let i = 0; i <= contents.length; i += 1) {
    out += `.content-${i}{${names.map((name) => `--${name}:var(--c${i}-${name})`).join(';')}}`
  }
  return out
}

/** Overrides for naive-ui: literal hex only, the library computes with them. */
export function naive_overrides(scheme: Scheme, font_family: string) {
  const p = palettes[scheme]
  const [lift_1, lift_2] = elevation[scheme]
  return {
    common: {
      primaryColor: p.primary, primaryColorHover: p.primary_hover, primaryColorPressed: p.primary_pressed, primaryColorSuppl: p.primary_hover,
      infoColor: p.primary, infoColorHover: p.primary_hover, infoColorPressed: p.primary_pressed, infoColorSuppl: p.primary_hover,
      successColor: p.ok, successColorHover: p.ok, successColorPressed: p.ok, successColorSuppl: p.ok,
      warningColor: p.warn, warningColorHover: p.warn, warningColorPressed: p.warn, warningColorSuppl: p.warn,
      errorColor: p.danger, errorColorHover: p.danger, errorColorPressed: p.danger, errorColorSuppl: p.danger,
      bodyColor: p.paper, cardColor: p.card, modalColor: p.card, popoverColor: p.card, tableColor: p.card,
      tableHeaderColor: p.sunk, actionColor: p.sunk, hoverColor: p.sunk, tableColorHover: p.sunk,
      borderColor: p.control, dividerColor: p.line, inputColor: p.field,
      textColorBase: p.ink, textColor1: p.ink, textColor2: p.ink, textColor3: p.ink_2, placeholderColor: p.ink_3,
      fontFamily: font_family, fontSize: '15px', fontSizeMedium: '15px', fontSizeLarge: '16px', fontWeightStrong: '700', lineHeight: '1.6',
      borderRadius: shape.radius, borderRadiusSmall: shape.radius_small,
      heightSmall: '32px', heightMedium: '40px', heightLarge: '44px',
      boxShadow1: lift_1, boxShadow2: lift_2, boxShadow3: lift_2,
      cubicBezierEaseInOut: motion.ease,
    },
    Button: {
      waveOpacity: '0', fontWeight: '400',
      textColorPrimary: p.on_primary, textColorHoverPrimary: p.on_primary, textColorPressedPrimary: p.on_primary,
      textColorFocusPrimary: p.on_primary, textColorDisabledPrimary: p.on_primary,
      border: `1px solid ${p.line_2}`, borderHover: `1px solid ${p.primary}`, color: p.card,
    },
    Input: { border: `1px solid ${p.control}`, boxShadowFocus: '0 0 0 3px rgba(28,94,99,.16)' },
    Dialog: { borderRadius: shape.radius_card },
    Tag: { borderRadius: shape.radius_tile, border: 'none' },
  }
}

/** A chart theme for ECharts, for forms that plain SVG does not cover. */
export function chart_theme(scheme: Scheme, font_family: string) {
  const p = palettes[scheme]
  const axis = {
    axisLine: { lineStyle: { color: p.line_2 } },
    axisLabel: { color: p.ink_3, fontSize: 12 },
    splitLine: { lineStyle: { color: p.line } },
  }
  return {
    color: contents.map((_, i) => content_colours(i, scheme).fill),
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font_family, color: p.ink },
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    categoryAxis: axis,
    valueAxis: axis,
  }
}
