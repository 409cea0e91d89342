// SPDX-License-Identifier: Apache-2.0
// Records that wait on this device for the network. Each keeps its client id, so that sending twice
// is taken once; each can be taken back while it waits.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, ApiError } from '@/api/client'
import type { NewEvidence, Uuid } from '@/api/types'
import { use_session } from './session'

export interface Waiting {
  evidence: NewEvidence
  class_id: number
  student_name: string
  reason_name: string
  content_mark: string
  colours: string
  state: 'waiting' | 'refused'
  message: string
}

export const use_queue = defineStore('queue', () => {
  const session = use_session()
  const waiting = ref<Waiting[]>([])
  const is_sending = ref(false)
  let owner = ''

  const key = () => `agate.queue.${owner}`
  const keep = () => localStorage.setItem(key(), JSON.stringify(waiting.value))

  /** Reads what this account left on this device. */
  function open(): void {
    owner = session.account?.login ?? ''
    waiting.value = JSON.parse(localStorage.getItem(key()) ?? '[]') as Waiting[]
  }

  function add(items: Waiting[]): void {
    waiting.value = [...waiting.value, ...items]
    keep()
  }

  function take_back(client_ids: Uuid[]): void {
    waiting.value = waiting.value.filter((item) => !client_ids.includes(item.evidence.client_id))
    keep()
  }

  /** Sends all that waits, oldest first; stops at the first sign that there is still no network. */
  async function flush(): Promise<number> {
    if (is_sending.value || owner === '') return 0
    is_sending.value = true
    let sent = 0
    try {
      for (const item of waiting.value.filter((w) => w.state === 'waiting')) {
        try {
          await api.record(item.evidence)
          take_back([item.evidence.client_id])
          sent += 1
        } catch (error) {
          if (!(error instanceof ApiError) || error.is_offline || error.status === 401) return sent
          item.state = 'refused'
          item.message = [error.message, error.mend].filter(Boolean).join(' ')
          keep()
        }
      }
    } finally {
      is_sending.value = false
    }
    return sent
  }

  const count = computed(() => waiting.value.length)
  return { waiting, count, is_sending, open, add, take_back, flush }
})
