// SPDX-License-Identifier: Apache-2.0
import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface Toast {
  id: number
  text: string
  mark?: string
  colours?: string
  undo?: () => void | Promise<void>
}

export const use_toasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([])
  let next = 1

  function close(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  /** Shows one message; a new one takes the place of the last. What can be undone stays longer. */
  function show(toast: Omit<Toast, 'id'>): void {
    const id = next
    next += 1
    toasts.value = [{ ...toast, id }]
    window.setTimeout(() => close(id), toast.undo ? 10000 : 5000)
  }

  return { toasts, show, close }
})
