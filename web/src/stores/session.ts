// SPDX-License-Identifier: Apache-2.0
// Who is signed in, and as whom they look: a person may be a class teacher here and a mother there.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, ApiError } from '@/api/client'
import type { AccountRole, Session, Uuid } from '@/api/types'
import { use_settings } from './settings'

export interface Persona {
  key: string
  kind: 'staff' | 'child' | 'self' | 'admin'
  role: AccountRole | null
  student_id: Uuid | null
  name: string
  /** Where the role holds: one class, or the several a PE teacher has. */
  orgs: string[]
}

const recording_roles = ['class_teacher', 'subject_teacher', 'pe_teacher', 'substitute_teacher']
const importing_roles = ['academic_office', 'moral_education_office', 'pe_teacher']
const period_roles = ['academic_office', 'moral_education_office', 'principal', 'class_teacher', 'grade_head']

export function personas_of(session: Session): Persona[] {
  const { account } = session
  const out: Persona[] = []
  for (const role of account.roles) {
    if (role.role === 'guardian') continue
    const same = out.find((persona) => persona.role?.role === role.role)
    if (same) {
      same.orgs.push(role.org_name)
      continue
    }
    if (role.role === 'student') {
      const student_id = account.person_id ?? account.children[0]?.person_id ?? null
      out.push({ key: 'self', kind: 'self', role, student_id, name: account.person_name, orgs: [role.org_name] })
    } else {
      const kind = role.role === 'system_administrator' ? 'admin' : 'staff'
      out.push({ key: role.role, kind, role, student_id: null, name: account.person_name, orgs: [role.org_name] })
    }
  }
  const has_guardian = account.roles.some((role) => role.role === 'guardian')
  if (has_guardian || !account.roles.some((role) => role.role === 'student')) {
    for (const child of account.children) {
      out.push({ key: `child:${child.person_id}`, kind: 'child', role: null, student_id: child.person_id, name: child.name, orgs: [] })
    }
  }
  return out
}

const persona_key = (login: string) => `agate.persona.${login}`

export const use_session = defineStore('session', () => {
  const session = ref<Session | null>(null)
  const known = ref(false)
  const chosen = ref('')
  const settings = use_settings()

  const account = computed(() => session.value?.account ?? null)
  const personas = computed(() => (session.value ? personas_of(session.value) : []))
  const persona = computed(() => personas.value.find((p) => p.key === chosen.value) ?? personas.value[0] ?? null)
  const role = computed(() => persona.value?.role?.role ?? '')
  const is_family = computed(() => persona.value?.kind === 'child' || persona.value?.kind === 'self')
  const can_record = computed(() => recording_roles.includes(role.value))
  const can_import = computed(() => importing_roles.includes(role.value))
  const sees_periods = computed(() => period_roles.includes(role.value))
  const home = computed(() => {
    const now = persona.value
    if (now?.student_id) return `/students/${now.student_id}`
    return now?.kind === 'staff' ? '/classes' : '/account'
  })

  /** Reads the session once; false when nobody is signed in. Other failures are thrown. */
  async function load(): Promise<boolean> {
    try {
      const answer = await api.session()
      if (!answer.account) {
        known.value = true
        return false
      }
      session.value = answer
      chosen.value = localStorage.getItem(persona_key(session.value.account.login)) ?? ''
      if (!localStorage.getItem('agate.language')) settings.language = session.value.account.language
      known.value = true
      return true
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      session.value = null
      known.value = true
      return false
    }
  }

  function choose(key: string): void {
    chosen.value = key
    if (account.value) localStorage.setItem(persona_key(account.value.login), key)
  }

  function forget(): void {
    session.value = null
  }

  async function sign_out(): Promise<void> {
    await api.sign_out().catch(() => undefined)
    forget()
  }

  return { session, known, account, personas, persona, role, is_family, can_record, can_import, sees_periods, home, load, choose, forget, sign_out }
})
