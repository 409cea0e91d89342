// SPDX-License-Identifier: Apache-2.0
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api, ApiError } from '@/api/client'
import type { AccountRole, Session } from '@/api/types'
import { use_queue, type Waiting } from './queue'
import { personas_of, use_session } from './session'

const role = (code: string, org_id = 1): AccountRole => ({ role: code, role_name: code, org_id, org_name: `org ${org_id}` })
function session_of(roles: AccountRole[], children: { person_id: string; name: string }[] = [], person_id: string | null = 'me'): Session {
  return { account: { login: 'x', person_id, person_name: '陆青', language: 'zh', roles, children, second_factor_on: false }, csrf: 'c', today: '2026-11-22', school_name: '', district_name: '', is_demo: true }
}

describe('who am I', () => {
  it('is one persona a role and one a child', () => {
    const personas = personas_of(session_of([role('class_teacher'), role('guardian')], [{ person_id: 'k', name: '小满' }]))
    expect(personas.map((p) => [p.kind, p.student_id])).toEqual([['staff', null], ['child', 'k']])
  })

  it('gathers the classes of one role', () => {
    const [only, ...rest] = personas_of(session_of([role('pe_teacher', 1), role('pe_teacher', 2)]))
    expect(rest).toHaveLength(0)
    expect(only?.orgs).toEqual(['org 1', 'org 2'])
  })

  it('takes a student to the own page, an administrator to none', () => {
    expect(personas_of(session_of([role('student')]))[0]).toMatchObject({ kind: 'self', student_id: 'me' })
    expect(personas_of(session_of([role('system_administrator')]))[0]).toMatchObject({ kind: 'admin', student_id: null })
  })
})

describe('what waits for the network', () => {
  const waiting = (client_id: string): Waiting => ({ evidence: { client_id, student_id: 's', reason: 'r', day: '2026-11-22' }, class_id: 1, student_name: '', reason_name: '', content_mark: '', colours: '', state: 'waiting', message: '' })

  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
    use_session().session = session_of([role('class_teacher')])
    vi.restoreAllMocks()
  })

  it('is kept on the device and sent once, in order', async () => {
    const queue = use_queue()
    queue.open()
    queue.add([waiting('a'), waiting('b')])
    expect(JSON.parse(localStorage.getItem('agate.queue.x') ?? '')).toHaveLength(2)
    const sent: string[] = []
    vi.spyOn(api, 'record').mockImplementation((evidence) => {
      sent.push(evidence.client_id)
      return Promise.resolve({ evidence_id: evidence.client_id })
    })
    expect(await queue.flush()).toBe(2)
    expect(sent).toEqual(['a', 'b'])
    expect(queue.count).toBe(0)
  })

  it('stops without a network and keeps all', async () => {
    const queue = use_queue()
    queue.open()
    queue.add([waiting('a'), waiting('b')])
    const send = vi.spyOn(api, 'record').mockRejectedValue(new ApiError(0, {}))
    expect(await queue.flush()).toBe(0)
    expect(send).toHaveBeenCalledTimes(1)
    expect(queue.count).toBe(2)
  })

  it('keeps a refused record with its reason, and goes on with the others', async () => {
    const queue = use_queue()
    queue.open()
    queue.add([waiting('a'), waiting('b')])
    vi.spyOn(api, 'record').mockRejectedValueOnce(new ApiError(409, { message: '学期已结束' })).mockResolvedValueOnce({ evidence_id: 'b' })
    expect(await queue.flush()).toBe(1)
    expect(queue.waiting[0]).toMatchObject({ state: 'refused', message: '学期已结束' })
  })

  it('can be taken back while it waits', () => {
    const queue = use_queue()
    queue.open()
    queue.add([waiting('a')])
    queue.take_back(['a'])
    expect(queue.count).toBe(0)
  })
})
