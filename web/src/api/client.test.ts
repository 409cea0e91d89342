// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { address, api, ApiError, connect_client, set_csrf } from './client'

const answers: Response[] = []
const seen: { url: string; init: RequestInit }[] = []
const answer = (status: number, body: unknown) => answers.push(new Response(body === null ? null : JSON.stringify(body), { status }))
const lost = vi.fn()
const ask = vi.fn(() => Promise.resolve(true))

beforeEach(() => {
  connect_client({ language: () => 'en', on_session_lost: lost, ask_step_up: ask })
  set_csrf('secret')
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    seen.push({ url, init })
    const next = answers.shift()
    return next ? Promise.resolve(next) : Promise.reject(new TypeError('no network'))
  })
})
afterEach(() => {
  answers.length = 0
  seen.length = 0
  lost.mockClear()
  ask.mockClear()
  vi.unstubAllGlobals()
})
const header = (i: number, name: string) => (seen[i]?.init.headers as Record<string, string>)[name]

describe('client', () => {
  it('leaves out empty query values', () => {
    expect(address('/a', { period: undefined, content: '', limit: 5 })).toBe('/api/v1/a?limit=5')
  })

  it('sends the language always and the CSRF value on every non-GET', async () => {
    answer(200, { periods: [] })
    answer(200, {})
    await api.periods()
    await api.move_period(7, 'close_recording', { reason: 'x' })
    expect(header(0, 'Accept-Language')).toBe('en')
    expect(header(0, 'X-Agate-CSRF')).toBeUndefined()
    expect(header(1, 'X-Agate-CSRF')).toBe('secret')
  })

  it('gives code, message, mend and reference of a failure', async () => {
    answer(409, { code: 'digest_changed', message: 'changed', mend: 'look again', reference: 'AG-409-7F2C' })
    const error = await api.periods().catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 409, code: 'digest_changed', mend: 'look again', reference: 'AG-409-7F2C', is_offline: false })
  })

  it('knows a missing network from a refusal', async () => {
    const error = (await api.periods().catch((cause: unknown) => cause)) as ApiError
    expect(error.is_offline).toBe(true)
    expect(lost).not.toHaveBeenCalled()
  })

  it('sends a lost session to sign-in, but not a wrong password', async () => {
    answer(401, { code: 'sign_in_first' })
    await api.periods().catch(() => undefined)
    expect(lost).toHaveBeenCalledTimes(1)
    answer(401, { code: 'wrong_login' })
    await api.sign_in('a', 'b').catch(() => undefined)
    expect(lost).toHaveBeenCalledTimes(1)
  })

  it('asks for a step-up once and repeats the request', async () => {
    answer(403, { code: 'step_up_required' })
    answer(200, { taken: 1, left_out: 0, doubles: 0 })
    await expect(api.commit_import('i', { digest: 'd', take_doubles: [], skip_problem_rows: false })).resolves.toMatchObject({ taken: 1 })
    expect(ask).toHaveBeenCalledTimes(1)
    expect(seen).toHaveLength(2)
  })

  it('does not ask twice', async () => {
    answer(403, { code: 'step_up_required' })
    answer(403, { code: 'step_up_required' })
    await expect(api.commit_import('i', { digest: 'd', take_doubles: [], skip_problem_rows: false })).rejects.toMatchObject({ code: 'step_up_required' })
    expect(ask).toHaveBeenCalledTimes(1)
  })
})
