import type { VariableSpec } from '../../../core/cohort/clinical/variables.ts'
import { foldCell } from '../../../core/cohort/clinical/readCell.ts'
import { knownVariables, type ClinicalColumns } from './guessVariables.ts'

/** What the columns of a clinical table are, as far as it was guessed or said. */
export type VariableChoice = Pick<ClinicalColumns, 'id' | 'variables'>

/** What one column is: nothing, the IDs, the hybridisation of HER2, another number or category, or a variable by its ID. */
export type ColumnUse = 'none' | 'ids' | 'ish' | 'number' | 'category' | `variable ${string}`

export function columnUse({ id, variables }: VariableChoice, column: string): ColumnUse {
  if (column === id) return 'ids'
  if (variables.some(({ ishColumn }) => ishColumn === column)) return 'ish'
  const spec = variables.find((one) => one.column === column)
  if (!spec) return 'none'
  if (knownVariables.some((known) => known.id === spec.id)) return `variable ${spec.id}`
  return spec.kind === 'number' ? 'number' : 'category'
}

/** A column becomes what a person says; what another column was before in its place is nothing then. */
export function chooseVariable(choice: VariableChoice, column: string, use: ColumnUse): VariableChoice {
  const without = choice.variables
    .filter((spec) => spec.column !== column)
    .map(({ ishColumn, ...spec }): VariableSpec => (ishColumn === undefined || ishColumn === column ? spec : { ...spec, ishColumn })) // prettier-ignore
  const id = choice.id === column ? null : choice.id
  switch (use) {
    case 'none':
      return { id, variables: without }
    case 'ids':
      return { id: column, variables: without }
    case 'ish':
      return { id, variables: without.map((spec) => (spec.kind === 'her2' ? { ...spec, ishColumn: column } : spec)) }
    case 'number':
    case 'category':
      return { id, variables: [...without, { id: foldCell(column).replaceAll(' ', '_'), kind: use, column }] }
    default: {
      const known = knownVariables.find((one) => use === `variable ${one.id}`)!
      const before = choice.variables.find((spec) => spec.id === known.id)
      const ish = before?.ishColumn === undefined || before.ishColumn === column ? {} : { ishColumn: before.ishColumn }
      return { id, variables: [...without.filter((spec) => spec.id !== known.id), { ...known, column, ...ish }] }
    }
  }
}
