// SPDX-License-Identifier: Apache-2.0
// The HTTP API, version 1, as the front reads it. One word for one thing, as on the server.

export type Uuid = string
/** A local date, "2026-09-01". */
export type Day = string

export interface ErrorBody {
  code: string
  message: string
  mend?: string
  reference?: string
}

export type RoleCode =
  | 'student' | 'guardian' | 'class_teacher' | 'subject_teacher' | 'pe_teacher' | 'academic_office'
  | 'moral_education_office' | 'principal' | 'system_administrator' | (string & {})

export interface AccountRole {
  role: RoleCode
  role_name: string
  org_id: number
  org_name: string
}

export interface Child {
  person_id: Uuid
  name: string
}

export type Language = 'zh' | 'en'

export interface Account {
  login: string
  person_id?: Uuid | null
  person_name: string
  language: Language
  roles: AccountRole[]
  children: Child[]
  second_factor_on: boolean
  /** A role is held only with a second factor, and there is none yet. */
  second_factor_missing?: boolean
}

export interface Session {
  account: Account
  csrf: string
  today: Day
  school_name: string
  district_name: string
  is_demo: boolean
  demo_code?: string
}

export interface SignInAnswer {
  account: Account | null
  second_factor?: 'totp'
  /** In a demonstration: the code to enter. */
  demo_code?: string
  csrf?: string
}

export interface Totp {
  secret_base32: string
  uri: string
}

export type PeriodState =
  | 'planned' | 'recording' | 'reviewing' | 'evaluating' | 'class_approved' | 'grade_approved'
  | 'school_approved' | 'on_notice' | 'deciding' | 'decided' | 'signed' | 'sealed'

export type PeriodEvent =
  | 'open' | 'close_recording' | 'evaluate' | 'approve' | 'post_notice' | 'publish' | 'end_notice'
  | 'all_decided' | 'sign' | 'seal'

export interface Period {
  period_id: number
  name: string
  from: Day
  to: Day
  state: PeriodState
  state_name: string
  is_current: boolean
  week: number
  weeks: number
  digest?: string | null
  open_events?: PeriodEvent[]
  approved?: { classes: number; of: number }
}

export interface Content {
  code: string
  name: string
  mark: string
}

export interface Band {
  index: number
  code: string
  name: string
}

export type ClassRelation = 'class_teacher' | 'pe_teacher' | 'office' | 'principal' | (string & {})

export interface ClassRow {
  class_id: number
  name: string
  grade: string | number
  campus_name: string
  school_name: string
  student_count: number
  /** null: fewer than five, not shown. */
  thin_count?: number | null
  record_count: number
  relation: ClassRelation
}

export interface StudentBand {
  content: string
  band: Band | null
  coverage: number
  is_thin: boolean
  records: number
}

export interface ClassStudent {
  student_id: Uuid
  number: string
  name: string
  name_pinyin: string
  bands: StudentBand[]
  records: number
  last_record_day?: Day | null
}

export interface CountCell {
  count: number | null
  suppressed: boolean
}

export interface Distribution {
  content: string
  cells: (CountCell & { band: string })[]
  no_result: CountCell
}

export interface ClassPage {
  class: { class_id: number; name: string; grade: string | number; campus_name: string }
  period: Period
  sentence: string
  /** False where the role records but does not read results. */
  sees_bands?: boolean
  contents: Content[]
  bands: Band[]
  students: ClassStudent[]
  distribution: Distribution[]
  coverage: number
}

export type Change = 'up' | 'down' | 'same' | 'near_line' | 'too_thin' | 'first' | (string & {})

export interface Position {
  value: number
  low: number
  high: number
}

export interface ContentStanding extends Content {
  band: Band | null
  coverage: number
  is_thin: boolean
  position: Position | null
  previous: { band: Band; position: number } | null
  change: Change
  change_words: string
  records: number
}

export interface Strength {
  content: string
  text: string
  detail: string
}

export interface WeekLayer {
  week: number
  from: Day
  counts: Record<string, number>
  holiday: string | null
}

export interface Highlight {
  week: number
  text: string
  content: string
}

export interface RecordRow {
  evidence_id: Uuid
  day: Day
  week: number
  content: string | null
  content_mark: string | null
  indicator: string | null
  indicator_name: string | null
  reason: string
  reason_name: string
  value: number | null
  unit: string | null
  label: string | null
  note: string | null
  rater_kind: string
  rater_kind_name: string
  author_name: string | null
  state: string
  state_name: string
  recorded_at: string
  is_late: boolean
  voided: { day: Day; reason: string } | null
  credited: number | null
}

export interface Portrait {
  student: {
    student_id: Uuid
    name: string
    class_name: string
    grade: string | number
    school_name: string
    number: string
  }
  period: Period
  standing: 'standing' | 'result'
  framework: { name: string; version: string; layers: string[] }
  sentence: string
  contents: ContentStanding[]
  bands: Band[]
  strengths: Strength[]
  weeks: WeekLayer[]
  highlights: Highlight[]
  recent: RecordRow[]
  record_total: number
  viewer: { can_print: boolean; can_object: boolean; is_own: boolean }
}

export interface ReasonNote {
  code: string
  text: string
  evidence_ids: Uuid[]
}

export interface ReasonInput {
  label: string
  given: number | string | null
  credited: number | string | null
  weight: number | null
  evidence_ids: Uuid[]
}

export interface ReasonTree {
  indicator: {
    code: string
    name: string
    official_name: string
    text: string
    is_verified_wording: boolean
    layer: string
    maps_to: string | null
  }
  sentence: string
  score: number | null
  score_decimals: number
  band: Band | null
  computed_band: Band | null
  coverage: number
  weight?: number | null
  rule: string
  range: { low: number; high: number } | null
  thresholds: { band: string; from: number }[]
  notes: ReasonNote[]
  inputs: ReasonInput[]
  children: (ReasonTree | ReasonStub)[]
  records: RecordRow[]
  versions: { framework: string; digest: string; run_id: Uuid | number | null; as_of_sequence: number }
}

export interface ReasonStub {
  code: string
  has_more: true
}

export interface RecordPage {
  records: RecordRow[]
  next: string | null
  total: number
}

export type ReasonKind = 'points' | 'rating' | 'completion' | 'award' | 'measurement' | 'mark'

export interface Reason {
  reason: string
  name: string
  content: string
  default_value: number | null
  value_low: number | null
  value_high: number | null
  unit?: string | null
  kind: ReasonKind
  labels?: { label: string; name: string }[]
}

export interface NewEvidence {
  client_id: Uuid
  student_id: Uuid
  reason: string
  day: Day
  value?: number
  label?: string
  activity?: string
  note?: string
}

export interface TakenEvidence {
  evidence_id: Uuid
  sequence?: number
  state?: string
}

export interface Problem {
  where: {
    file: string
    sheet: string
    row: number
    column: number
    column_letters: string
    column_name: string
  }
  code: string
  message: string
  mend: string
  severity: 'error' | 'warning'
  value: string
  suggestion: string | null
}

export type ImportKind = 'roster' | 'evidence' | 'fitness'

export interface ImportColumn {
  letters: string
  header: string
  field: string | null
  field_name?: string | null
}

export interface ImportField {
  field: string
  name: string
  required: boolean
}

export interface ImportCause {
  code: string
  message: string
  mend: string
  count: number
  cells: { row: number; column_letters: string }[]
  suggestion: boolean
}

export interface ImportCounts {
  rows: number
  ready: number
  problem: number
  blank_cells: number
  doubles: number
  taken_before: number
  /** Rows a person left out. */
  skipped?: number
}

export interface Committed {
  taken: number
  left_out: number
  doubles: number
}

export interface Import {
  import_id: Uuid
  kind: ImportKind
  file: string
  sheet: string
  sheets: string[]
  header_row: number
  digest: string
  state: 'dry_run_done' | 'committed' | 'refused'
  columns: ImportColumn[]
  fields: ImportField[]
  counts: ImportCounts
  causes: ImportCause[]
  problems: Problem[]
  committed: Committed | null
}

export type RowState = 'ready' | 'problem' | 'double' | 'skipped' | 'taken_before'

export interface ImportRow {
  row: number
  cells: string[]
  state: RowState
  problems: Problem[]
  mended?: string[]
}

export interface ImportRows {
  columns: ImportColumn[]
  rows: ImportRow[]
  total: number
}

export interface Mend {
  row: number
  /** Letters, as the sheet shows them. */
  column?: string
  value?: string | null
  skip_row?: boolean
}

export interface Mapping {
  sheet?: string
  header_row?: number
  columns: Record<string, string | null>
  options?: Record<string, boolean>
}
