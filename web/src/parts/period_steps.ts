// SPDX-License-Identifier: Apache-2.0
// The states of a period in order, what moves it on, and who may. The server decides; this says it
// in words before one asks.
import type { PeriodEvent, PeriodState } from '@/api/types'

export interface PeriodStep {
  state: PeriodState
  event: PeriodEvent | null
  /** Empty: the program itself, when its time has come. */
  roles: readonly string[]
  needs_class?: boolean
  shows_digest?: boolean
}

const offices = ['moral_education_office', 'academic_office'] as const

export const period_steps: readonly PeriodStep[] = [
  { state: 'planned', event: 'open', roles: ['principal'] },
  { state: 'recording', event: 'close_recording', roles: offices },
  { state: 'reviewing', event: 'evaluate', roles: offices },
  { state: 'evaluating', event: 'approve', roles: ['class_teacher'], needs_class: true, shows_digest: true },
  { state: 'class_approved', event: 'approve', roles: ['grade_head'], shows_digest: true },
  { state: 'grade_approved', event: 'approve', roles: ['principal'], shows_digest: true },
  { state: 'school_approved', event: 'publish', roles: ['principal'] },
  { state: 'on_notice', event: 'end_notice', roles: [] },
  { state: 'deciding', event: 'all_decided', roles: [] },
  { state: 'decided', event: 'sign', roles: ['principal'], shows_digest: true },
  { state: 'signed', event: 'seal', roles: ['principal'] },
  { state: 'sealed', event: null, roles: [] },
]

export function step_of(state: string): number {
  return Math.max(0, period_steps.findIndex((step) => step.state === state))
}
