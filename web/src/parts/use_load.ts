// SPDX-License-Identifier: Apache-2.0
import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { ApiError } from '@/api/client'

export interface Loading<T> {
  data: ShallowRef<T | null>
  error: Ref<ApiError | null>
  is_loading: Ref<boolean>
  /** After two seconds of waiting: now the page says so. */
  is_slow: Ref<boolean>
  reload: () => Promise<void>
}

/** Loads now and whenever a source changes; an older answer never replaces a newer one. */
export function use_load<T>(load: () => Promise<T>, sources: WatchSource[] = []): Loading<T> {
  const data = shallowRef<T | null>(null)
  const error = ref<ApiError | null>(null)
  const is_loading = ref(true)
  const is_slow = ref(false)
  let turn = 0
  let timer = 0

  async function reload(): Promise<void> {
    turn += 1
    const mine = turn
    is_loading.value = true
    error.value = null
    window.clearTimeout(timer)
    timer = window.setTimeout(() => {
      is_slow.value = is_loading.value
    }, 2000)
    try {
      const answer = await load()
      if (mine === turn) data.value = answer
    } catch (cause) {
      if (mine !== turn) return
      if (!(cause instanceof ApiError)) throw cause
      data.value = null
      error.value = cause
    } finally {
      if (mine === turn) {
        is_loading.value = false
        is_slow.value = false
      }
    }
  }

  watch(sources, () => void reload())
  onBeforeUnmount(() => {
    turn += 1
    window.clearTimeout(timer)
  })
  void reload()
  return { data, error, is_loading, is_slow, reload }
}
