// SPDX-License-Identifier: Apache-2.0
import type { ClassRow } from '@/api/types'

const relations: Record<string, string> = {
  class_teacher: 'class_teacher',
  pe_teacher: 'pe_teacher',
  academic_office: 'office',
  moral_education_office: 'office',
  principal: 'principal',
}

/** The classes seen in one role; all of them where the server names the relation differently. */
export function classes_of_role(classes: ClassRow[], role: string): ClassRow[] {
  const relation = relations[role]
  const own = classes.filter((row) => row.relation === relation)
  return own.length > 0 ? own : classes
}
