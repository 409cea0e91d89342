// SPDX-License-Identifier: Apache-2.0
// The one place that speaks HTTP. It adds the language and the CSRF header, turns every failure
// into an ApiError, sends a lost session to the sign-in page and asks once for a step-up.
import type {
  Account, ClassPage, ClassRow, Committed, ErrorBody, Import, ImportKind, ImportRows, Language, Mapping, Mend,
  NewEvidence, Period, PeriodEvent, Portrait, Reason, ReasonTree, RecordPage, Session, SignInAnswer,
  TakenEvidence, Totp, Uuid,
} from './types'

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly mend: string
  readonly reference: string

  constructor(status: number, body: Partial<ErrorBody>) {
    super(body.message ?? '')
    this.status = status
    this.code = body.code ?? (status === 0 ? 'offline' : `http_${status}`)
    this.mend = body.mend ?? ''
    this.reference = body.reference ?? ''
  }

  /** Neither the way nor the server answered; what was to be sent can be sent later. */
  get is_offline(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

interface Hooks {
  language: () => Language
  on_session_lost: () => void
  /** Resolves true when the person has proved again who they are. */
  ask_step_up: () => Promise<boolean>
}

const hooks: Hooks = {
  language: () => 'zh',
  on_session_lost: () => undefined,
  ask_step_up: () => Promise.resolve(false),
}
let csrf = ''

export function connect_client(given: Partial<Hooks>): void {
  Object.assign(hooks, given)
}

export function set_csrf(value: string | undefined): void {
  if (value) csrf = value
}

const root = '/api/v1'

interface Options {
  query?: Record<string, string | number | boolean | null | undefined>
  json?: unknown
  raw?: Blob
  signal?: AbortSignal
  /** Sign-in and the first look at the session handle 401 themselves. */
  allow_anonymous?: boolean
}

export function address(path: string, query: Options['query'] = {}): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
  return `${root}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
}

function request_of(method: string, options: Options): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': hooks.language() }
  if (method !== 'GET') headers['X-Agate-CSRF'] = csrf
  let body: BodyInit | null = null
  if (options.raw) {
    headers['Content-Type'] = 'application/octet-stream'
    body = options.raw
  } else if (options.json !== undefined) {
    headers['Content-Type'] = 'application/json'
    body = JSON.stringify(options.json)
  }
  return { method, headers, body, credentials: 'same-origin', signal: options.signal ?? null }
}

async function error_of(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Partial<ErrorBody> & { csrf?: string }
  set_csrf(body.csrf)
  return new ApiError(response.status, body)
}

async function call<T>(method: string, path: string, options: Options = {}, is_retry = false): Promise<T> {
  let response: Response
  try {
    response = await fetch(address(path, options.query), request_of(method, options))
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(0, {})
  }
  if (response.ok) {
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
  const error = await error_of(response)
  if (error.code === 'step_up_required' && !is_retry && (await hooks.ask_step_up())) {
    return call<T>(method, path, options, true)
  }
  if (response.status === 401 && !options.allow_anonymous) hooks.on_session_lost()
  throw error
}

/** Fetches a file and hands it to the person; asks for a step-up where the server wants one. */
export async function save_file(where: string, is_retry = false): Promise<void> {
  let response: Response
  try {
    response = await fetch(where, request_of('GET', {}))
  } catch {
    throw new ApiError(0, {})
  }
  if (!response.ok) {
    const error = await error_of(response)
    if (error.code === 'step_up_required' && !is_retry && (await hooks.ask_step_up())) return save_file(where, true)
    if (response.status === 401) hooks.on_session_lost()
    throw error
  }
  const named = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = named ? decodeURIComponent(named) : (where.split('?')[0]?.split('/').at(-1) ?? 'agate')
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}

const get = <T>(path: string, query?: Options['query'], signal?: AbortSignal) =>
  call<T>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) })
const post = <T>(path: string, json: unknown = {}) => call<T>('POST', path, { json })

export const api = {
  /** The account is null while a second factor is still due. */
  session: async (): Promise<Session | (SignInAnswer & { account: null })> => {
    const session = await call<Session | (SignInAnswer & { account: null })>('GET', '/session', { allow_anonymous: true })
    set_csrf(session.csrf)
    return session
  },
  sign_in: async (login: string, password: string): Promise<SignInAnswer> => {
    const answer = await call<SignInAnswer>('POST', '/session', { json: { login, password }, allow_anonymous: true })
    set_csrf(answer.csrf)
    return answer
  },
  sign_in_totp: async (code: string): Promise<SignInAnswer> => {
    const answer = await call<SignInAnswer>('POST', '/session/totp', { json: { code }, allow_anonymous: true })
    set_csrf(answer.csrf)
    return answer
  },
  sign_out: () => call<void>('DELETE', '/session', { allow_anonymous: true }),
  step_up: (proof: { code?: string; password?: string }) =>
    call<void>('POST', '/session/step-up', { json: proof, allow_anonymous: true }, true),
  set_language: (language: Language) => post<Account | undefined>('/account/language', { language }),
  set_password: (old_password: string, new_password: string) =>
    post<void>('/account/password', { old: old_password, new: new_password }),
  start_totp: () => post<Totp>('/account/totp'),
  confirm_totp: (code: string) => post<void>('/account/totp/confirm', { code }),

  periods: async () => (await get<{ periods: Period[] }>('/periods')).periods,
  move_period: (
    period_id: number,
    event: PeriodEvent,
    body: { reason?: string; digest?: string; class_id?: number } = {},
  ) => post<unknown>(`/periods/${period_id}/${event}`, body),

  classes: async () => (await get<{ classes: ClassRow[] }>('/classes')).classes,
  class_page: (class_id: number, query: { period?: number; sort?: 'number' | 'name' } = {}) =>
    get<ClassPage>(`/classes/${class_id}`, query),
  reasons: async (class_id: number) => (await get<{ reasons: Reason[] }>('/reasons', { class_id })).reasons,

  portrait: (student_id: Uuid, period?: number) => get<Portrait>(`/students/${student_id}/portrait`, { period }),
  reason_tree: (student_id: Uuid, indicator: string, period?: number) =>
    get<ReasonTree>(`/students/${student_id}/reasons/${indicator}`, { period }),
  records: (
    student_id: Uuid,
    query: { period?: number; content?: string; indicator?: string; before?: string; limit?: number },
  ) => get<RecordPage>(`/students/${student_id}/records`, query),
  report_address: (student_id: Uuid, period: number | undefined, language: Language) =>
    address(`/students/${student_id}/report.pdf`, { period, language }),
  class_book_address: (class_id: number, period: number | undefined) =>
    address(`/classes/${class_id}/report-book.pdf`, { period }),

  record: (evidence: NewEvidence) => post<TakenEvidence>('/evidence', evidence),
  record_batch: (records: NewEvidence[]) =>
    post<{ taken: TakenEvidence[]; problems: { message: string }[] }>('/evidence/batch', { records }),
  void_record: (evidence_id: Uuid, student_id: Uuid, reason: string) =>
    post<void>(`/evidence/${evidence_id}/void`, { student_id, reason }),

  start_import: (kind: ImportKind, file: File) =>
    call<Import>('POST', '/imports', { query: { kind, file: file.name }, raw: file }),
  import: (import_id: Uuid) => get<Import>(`/imports/${import_id}`),
  set_mapping: (import_id: Uuid, mapping: Mapping) => post<Import>(`/imports/${import_id}/mapping`, mapping),
  send_mends: (import_id: Uuid, mends: Mend[]) => post<Import>(`/imports/${import_id}/mends`, { mends }),
  import_rows: (import_id: Uuid, query: { filter: string; from: number; limit: number }) =>
    get<ImportRows>(`/imports/${import_id}/rows`, query),
  commit_import: (
    import_id: Uuid,
    body: { digest: string; take_doubles: number[]; skip_problem_rows: boolean },
  ) => post<Committed>(`/imports/${import_id}/commit`, body),
  left_out_address: (import_id: Uuid) => address(`/imports/${import_id}/left-out.csv`),
  template_address: (name: string) => address(`/templates/${name}.xlsx`),
  fitness_sheet_address: (class_id: number) => address('/exports/fitness.xlsx', { class_id }),
}
