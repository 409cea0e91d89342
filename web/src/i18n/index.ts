// SPDX-License-Identifier: Apache-2.0
import { createI18n } from 'vue-i18n'
import type { Language } from '@/api/types'
import type { Messages } from './zh'

const loaders: Record<Language, () => Promise<Messages>> = {
  zh: async () => (await import('./zh')).zh,
  en: async () => (await import('./en')).en,
}

const none: Partial<Record<Language, Messages>> = {}
export const i18n = createI18n<false>({ legacy: false, locale: 'zh', messages: none as Record<string, never>, missingWarn: false, fallbackWarn: false })

/** Loads a language once and makes it the one in use. */
export async function use_language(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language)) {
    i18n.global.setLocaleMessage(language, (await loaders[language]()) as never)
  }
  i18n.global.locale.value = language
}
