// SPDX-License-Identifier: Apache-2.0
// A waiting step-up: the client asks, the dialog answers.
import { defineStore } from 'pinia'
import { ref } from 'vue'

export const use_step_up = defineStore('step_up', () => {
  const is_open = ref(false)
  let answer: ((proved: boolean) => void) | null = null

  function ask(): Promise<boolean> {
    answer?.(false)
    is_open.value = true
    return new Promise((resolve) => {
      answer = resolve
    })
  }

  function finish(proved: boolean): void {
    is_open.value = false
    answer?.(proved)
    answer = null
  }

  return { is_open, ask, finish }
})
