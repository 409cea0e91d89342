// SPDX-License-Identifier: Apache-2.0
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Width of an element as it changes; `start` until it is laid out. */
export function use_width(element: Ref<HTMLElement | null>, start: number): Ref<number> {
  const width = ref(start)
  let observer: ResizeObserver | null = null
  onMounted(() => {
    if (!element.value || typeof ResizeObserver === 'undefined') return
    observer = new ResizeObserver((entries) => {
      const now = entries[0]?.contentRect.width ?? 0
      if (now > 0) width.value = Math.round(now)
    })
    observer.observe(element.value)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return width
}

const queries = new Map<string, Ref<boolean>>()

/** Whether a media query holds, as it changes; one listener a query for the whole page. */
export function use_media(query: string): Ref<boolean> {
  let holds = queries.get(query)
  if (!holds) {
    const list = window.matchMedia(query)
    holds = ref(list.matches)
    list.addEventListener('change', () => {
      ;(holds as Ref<boolean>).value = list.matches
    })
    queries.set(query, holds)
  }
  return holds
}

export const phone_query = '(max-width: 719px)'
