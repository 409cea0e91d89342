// SPDX-License-Identifier: Apache-2.0
import type { Day, Language } from '@/api/types'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "11月15日" or "15 Nov"; with the year when asked. */
export function day_words(day: Day, language: Language, with_year = false): string {
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number)
  if (language === 'en') return `${date} ${months[month - 1] ?? ''}${with_year ? ` ${year}` : ''}`
  return `${with_year ? `${year}年` : ''}${month}月${date}日`
}

/** Days from one local date to another. */
export function days_between(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / 86400000)
}

/** "88.5" with the decimals that the rule states; no float noise. */
export function number_words(value: number, decimals?: number): string {
  return decimals === undefined ? String(value) : value.toFixed(decimals)
}
