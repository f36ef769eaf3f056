import type { ClinicalVariable } from '../../core/cohort/table1.ts'
import { isMessage, type Message } from '../../core/messages/message.ts'
import { refuse } from './messages.ts'
import { isDecimalComma, parseNumber, readColumn, type TextTable } from './tableFile.ts'

export interface ClinicalChoice {
  /** Columns that are no variables: the groups, a free text. */
  readonly leaveOut?: readonly string[]
  /** Columns of numbers that stand for categories. */
  readonly categorical?: readonly string[]
  /** Columns of few different numbers that are measurements all the same. */
  readonly continuous?: readonly string[]
}

/** Up to so many different numbers are categories: yes and no, grades, TIC types. */
const mostNumericLevels = 5
/** More different texts are names or remarks. */
const mostLevels = 20

/**
 * The columns of a clinical table as variables. A column of numbers with more than 5 different ones is continuous, any other
 * categorical, unless `choice` says otherwise; levels stand in ascending or alphabetical order.
 * @returns the variables, and the columns that are none because they hold more than 20 different texts
 * @throws DataError for columns that are not there, and for cells of a continuous column that are no numbers
 */
export function readClinicalVariables(
  table: TextTable,
  choice: ClinicalChoice = {},
): { readonly variables: readonly ClinicalVariable[]; readonly leftOut: readonly string[] } {
  for (const name of [...(choice.categorical ?? []), ...(choice.continuous ?? []), ...(choice.leaveOut ?? [])]) readColumn(table, name) // prettier-ignore
  const variables: ClinicalVariable[] = []
  const leftOut: string[] = []
  for (const name of table.columns) {
    if (choice.leaveOut?.includes(name)) continue
    const variable = readVariable(table, name, choice)
    if (variable) variables.push(variable)
    else leftOut.push(name)
  }
  return { variables, leftOut }
}

function readVariable(table: TextTable, name: string, choice: ClinicalChoice): ClinicalVariable | undefined {
  const texts = readColumn(table, name)
  const values = texts.map(parseNumber)
  const numeric = values.every((value) => typeof value === 'number')
  const different = new Set(values.filter((value) => !Number.isNaN(value)))
  const asNumbers = choice.continuous?.includes(name) || (numeric && different.size > mostNumericLevels)
  if (asNumbers && !choice.categorical?.includes(name))
    return { name, kind: 'continuous', values: requireNumbers(table, name, values) }
  const decimalComma = values[texts.findIndex(isDecimalComma)]
  if (isMessage(decimalComma)) throw refuse('column-unusable', { path: table.path, column: name, problem: decimalComma })
  const levelled = texts.map((text, i) => (Number.isNaN(values[i]) ? null : text))
  const levels = [...new Set(levelled)].filter((level) => level !== null)
  if (levels.length > mostLevels && !choice.categorical?.includes(name)) return undefined
  return { name, kind: 'categorical', values: levelled, levels: levels.sort(numeric ? (a, b) => Number(a) - Number(b) : undefined) } // prettier-ignore
}

function requireNumbers(table: TextTable, name: string, values: readonly (number | Message)[]): Float64Array {
  return Float64Array.from(values, (value, i) => {
    if (typeof value === 'number') return value
    throw refuse('cell-unusable', { path: table.path, row: table.rowNumbers[i], id: table.ids[i], column: name, problem: value })
  })
}
