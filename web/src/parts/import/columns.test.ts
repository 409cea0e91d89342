// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { column_number, in_order_of_work, mend_of, problem_at } from './columns'
import type { ImportRow, Problem } from '@/api/types'

const problem = (letters: string, severity: 'error' | 'warning', code: string): Problem => ({
  where: { file: 'a.csv', sheet: '', row: 23, column: column_number(letters), column_letters: letters, column_name: '身高' },
  code, message: code, mend: '', severity, value: '1.42', suggestion: '142.0',
})

describe('columns', () => {
  it.each([['A', 1], ['J', 10], ['Z', 26], ['AA', 27], ['BC', 55]])('%s is column %i', (letters, number) => {
    expect(column_number(letters)).toBe(number)
  })

  it('shows an error before a warning on one cell', () => {
    const row: ImportRow = { row: 23, cells: [], state: 'problem', problems: [problem('J', 'warning', 'odd'), problem('J', 'error', 'metres'), problem('K', 'error', 'other')] }
    expect(problem_at(row, 'J')?.code).toBe('metres')
    expect(problem_at(row, 'A')).toBeUndefined()
  })

  it('mends with the suggestion at the place of the fault', () => {
    expect(mend_of(problem('J', 'error', 'metres'))).toEqual({ row: 23, column: 'J', value: '142.0' })
  })

  it('puts what mends itself first, then the larger', () => {
    const cause = (code: string, count: number, suggestion: boolean) => ({ code, message: '', mend: '', count, cells: [], suggestion })
    expect(in_order_of_work([cause('a', 9, false), cause('b', 2, true), cause('c', 4, true)]).map((c) => c.code)).toEqual(['c', 'b', 'a'])
  })
})
