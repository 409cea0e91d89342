// SPDX-License-Identifier: Apache-2.0
import type { Router } from 'vue-router'
import { i18n } from '@/i18n'
import { use_queue } from '@/stores/queue'
import { use_session } from '@/stores/session'
import { use_toasts } from '@/stores/toasts'

/** Signs out, but not over records that still wait: signing out clears what this device keeps. */
export async function leave(router: Router): Promise<void> {
  const queue = use_queue()
  const session = use_session()
  if (session.account) {
    queue.open()
    if (queue.count > 0) await queue.flush()
    if (queue.count > 0) {
      use_toasts().show({ text: i18n.global.t('queue.before_leaving', { n: queue.count }) })
      return
    }
  }
  await session.sign_out()
  await router.replace('/sign-in')
}
