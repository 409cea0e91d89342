// SPDX-License-Identifier: Apache-2.0
import { contents as looks } from '@/tokens'
import type { Content } from '@/api/types'

const of_mark = new Map<string, number>()
looks.forEach((look, i) => {
  of_mark.set(look.mark_zh, i)
  of_mark.set(look.mark_en, i)
})

/** The colour class of a content: its place in the framework, else what its mark says. */
export function content_class(code: string | null, contents: readonly Content[] = [], mark: string | null = ''): string {
  const place = contents.findIndex((content) => content.code === code)
  // One column alone (a PE teacher's) says nothing by its place; its mark does.
  const index = place >= 0 && contents.length > 1 ? place : (of_mark.get(mark ?? '') ?? (place >= 0 ? place : looks.length))
  return `content-${Math.min(index, looks.length)}`
}

/** Coverage is shown rounded down, so that it never claims more than there is. */
export function percent_down(share: number): number {
  return Math.floor(share * 100 + 1e-9)
}
