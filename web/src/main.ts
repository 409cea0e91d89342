// SPDX-License-Identifier: Apache-2.0
import 'virtual:tokens.css'
import './styles/base.css'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import { connect_client } from './api/client'
import App from './App.vue'
import { i18n, use_language } from './i18n'
import { router } from './router'
import { use_session } from './stores/session'
import { use_settings } from './stores/settings'
import { use_step_up } from './stores/step_up'

async function start(): Promise<void> {
  const app = createApp(App).use(createPinia())
  const settings = use_settings()
  const session = use_session()
  const step_up = use_step_up()
  connect_client({
    language: () => settings.language,
    on_session_lost: () => {
      session.forget()
      const here = router.currentRoute.value
      if (!here.meta.is_bare) void router.replace({ path: '/sign-in', query: { next: here.fullPath } })
    },
    ask_step_up: () => step_up.ask(),
  })
  watch(
    () => settings.language,
    (language) => void use_language(language),
  )
  // Words, session and the first page are fetched side by side; a page that cannot be fetched says so itself.
  app.use(i18n).use(router)
  await Promise.all([use_language(settings.language), router.isReady().catch(() => undefined)])
  app.mount('#app')
}

void start()
