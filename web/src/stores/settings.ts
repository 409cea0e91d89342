// SPDX-License-Identifier: Apache-2.0
// What this device prefers: language and light or dark. Kept here, and the language also with the account.
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { use_media } from '@/parts/use_width'
import type { Language } from '@/api/types'
import { fonts, type Scheme } from '@/tokens'

export type ThemeChoice = 'auto' | Scheme

const kept = (key: string) => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
const keep = (key: string, value: string) => {
  try {
    localStorage.setItem(key, value)
  } catch {
    /* private windows keep nothing */
  }
}

export function first_language(): Language {
  const chosen = kept('agate.language')
  if (chosen === 'zh' || chosen === 'en') return chosen
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

export const use_settings = defineStore('settings', () => {
  const language = ref<Language>(first_language())
  const chosen_theme = kept('agate.theme')
  const theme = ref<ThemeChoice>(chosen_theme === 'light' || chosen_theme === 'dark' ? chosen_theme : 'auto')
  const prefers_dark = use_media('(prefers-color-scheme: dark)')
  const scheme = computed<Scheme>(() => (theme.value === 'auto' ? (prefers_dark.value ? 'dark' : 'light') : theme.value))
  const font_family = computed(() => (language.value === 'en' ? fonts.en : fonts.zh))

  watch(
    theme,
    (value) => {
      if (value === 'auto') delete document.documentElement.dataset.theme
      else document.documentElement.dataset.theme = value
      keep('agate.theme', value)
    },
    { immediate: true },
  )
  watch(
    language,
    (value) => {
      document.documentElement.lang = value === 'en' ? 'en' : 'zh-CN'
      keep('agate.language', value)
    },
    { immediate: true },
  )
  return { language, theme, scheme, font_family }
})
