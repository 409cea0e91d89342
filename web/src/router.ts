// SPDX-License-Identifier: Apache-2.0
import { createRouter, createWebHistory } from 'vue-router'
import { i18n } from './i18n'
import { use_session } from './stores/session'
import { use_toasts } from './stores/toasts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Opens without a session and without the frame around it. */
    is_bare?: boolean
    nav?: string
    /** The page has its own bar below on a phone; the tabs step aside. */
    is_focused?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  routes: [
    { path: '/', redirect: () => use_session().home },
    { path: '/sign-in', component: () => import('./pages/SignInPage.vue'), meta: { is_bare: true } },
    { path: '/classes', component: () => import('./pages/ClassesPage.vue'), meta: { nav: 'classes' } },
    { path: '/classes/:class_id(\\d+)', component: () => import('./pages/ClassPage.vue'), props: true, meta: { nav: 'classes' } },
    { path: '/board', component: () => import('./pages/BoardPickPage.vue'), meta: { nav: 'board' } },
    { path: '/classes/:class_id(\\d+)/board', component: () => import('./pages/BoardPage.vue'), props: true, meta: { nav: 'board', is_focused: true } },
    { path: '/students/:student_id', component: () => import('./pages/PortraitPage.vue'), props: true, meta: { nav: 'portrait' } },
    { path: '/students/:student_id/records', component: () => import('./pages/RecordsPage.vue'), props: true, meta: { nav: 'records' } },
    { path: '/import', component: () => import('./pages/ImportPage.vue'), meta: { nav: 'import' } },
    { path: '/import/:import_id', component: () => import('./pages/ImportPage.vue'), props: true, meta: { nav: 'import' } },
    { path: '/periods', component: () => import('./pages/PeriodsPage.vue'), meta: { nav: 'periods' } },
    { path: '/account', component: () => import('./pages/AccountPage.vue'), meta: { nav: 'account' } },
    { path: '/:rest(.*)*', component: () => import('./pages/NotFoundPage.vue') },
  ],
})

// A page that cannot be fetched is said in words; where one stands, all is kept.
router.onError(() => use_toasts().show({ text: i18n.global.t('state.offline_text') }))

router.beforeEach(async (to) => {
  const session = use_session()
  // The first page is only known once the session is: "/" was redirected before that.
  const is_root = to.redirectedFrom?.path === '/'
  if (!session.session && !(to.meta.is_bare && session.known)) {
    const signed_in = await session.load().catch(() => null)
    if (signed_in === null && !to.meta.is_bare) return true
    if (signed_in && is_root) return session.home
  }
  if (to.meta.is_bare) return session.session ? session.home : true
  if (!session.session && session.known) return { path: '/sign-in', query: is_root ? {} : { next: to.fullPath } }
  return true
})
