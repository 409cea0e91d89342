// SPDX-License-Identifier: Apache-2.0
import type { ContentStanding } from '@/api/types'
import { percent_down } from './content'

type Translate = (key: string, values?: Record<string, unknown>) => string

/** Band, change and coverage in one phrase: "劳动与社会实践,优秀,比上学期高一档,证据覆盖 92%". */
export function standing_phrase(content: ContentStanding, t: Translate): string {
  return [content.name, content.band?.name ?? t('band.none'), content.change_words, t('portrait.coverage_is', { percent: percent_down(content.coverage) })]
    .filter(Boolean)
    .join(t('common.comma'))
}

/** Contents with the best first, as the ladder shows one child's own; framework order where equal. */
export function best_first(contents: readonly ContentStanding[]): ContentStanding[] {
  const rank = (c: ContentStanding) => (c.band === null ? -1 : (c.position?.value ?? c.band.index + 0.5))
  return contents.map((c, i) => ({ c, i })).sort((a, b) => rank(b.c) - rank(a.c) || a.i - b.i).map(({ c }) => c)
}
