// SPDX-License-Identifier: Apache-2.0
import type { Import, ImportCause, ImportRow, Mend, Problem } from '@/api/types'

/** "A" -> 1, "AA" -> 27. */
export function column_number(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0)
}

/** "A1" style name of a cell. */
export function cell_name(row: number, letters: string): string {
  return `${letters}${row}`
}

export function missing_fields(value: Import): string[] {
  const taken = new Set(value.columns.map((column) => column.field))
  return value.fields.filter((field) => field.required && !taken.has(field.field)).map((field) => field.name)
}

/** The mend that takes a problem's own suggestion. */
export function mend_of(problem: Problem): Mend {
  return { row: problem.where.row, column: problem.where.column_letters, value: problem.suggestion }
}

/** The fault to show first on a cell: an error before a warning. */
export function problem_at(row: ImportRow, letters: string): Problem | undefined {
  const here = row.problems.filter((problem) => problem.where.column_letters === letters)
  return here.find((problem) => problem.severity === 'error') ?? here[0]
}

/** Causes in the order of work: what suggests a mend first, then by how many cells it holds. */
export function in_order_of_work(causes: readonly ImportCause[]): ImportCause[] {
  return [...causes].sort((a, b) => Number(b.suggestion) - Number(a.suggestion) || b.count - a.count)
}
