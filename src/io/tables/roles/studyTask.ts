import type { ColumnFacts } from './columnFacts.ts'
import type { StudyChoice, StudyRole } from './studyChoice.ts'

/** A question that is put to a study: the column that is its outcome, and what of it is positive. */
export interface StudyTask {
  /** Of one study no two are the same, whatever was taken out. */
  readonly id: number
  /** `statuses`: made by a rule. */
  readonly table: 'features' | 'clinical' | 'statuses'
  readonly column: string
  readonly positive: string
}

type TaskColumn = Pick<ColumnFacts, 'name' | 'values' | 'distinct'>

/** The columns of the tables, in the order of their roles. */
export type TaskTables = Readonly<Record<StudyTask['table'], readonly TaskColumn[]>>

const tableNames = ['features', 'clinical', 'statuses'] as const

const rolesOf = ({ roles, clinicalRoles, statuses }: StudyChoice) => ({ features: roles, clinical: clinicalRoles, statuses: statuses?.roles ?? [] }) // prettier-ignore

/** Every column with its role. */
function listColumns(tables: TaskTables, choice: StudyChoice) {
  const roles = rolesOf(choice)
  return tableNames.flatMap((table) => tables[table].map((column, at) => ({ table, ...column, role: roles[table][at] })))
}

/** Which column is the outcome now; undefined where none is, or several. */
export function outcomeColumn(tables: TaskTables, choice: StudyChoice): Pick<StudyTask, 'table' | 'column'> | undefined {
  const found = listColumns(tables, choice).filter(({ role }) => role === 'outcome')
  return found.length === 1 ? { table: found[0].table, column: found[0].name } : undefined
}

/**
 * The same tables with the outcome of another task. The column that was the outcome before is none of the predictors: it is ignored.
 * Who learns stays who learns: a split that was stratified by the outcome goes on by that of the first task.
 */
export function chooseTask(choice: StudyChoice, tables: TaskTables, task: Omit<StudyTask, 'id'>): StudyChoice {
  const before = outcomeColumn(tables, choice)
  const { cohorts, positive, statuses } = choice
  const isSame = before?.table === task.table && before.column === task.column
  const roles = rolesOf(choice)
  const give = (table: StudyTask['table']) =>
    roles[table].map((role, at): StudyRole => (table === task.table && tables[table][at].name === task.column ? 'outcome' : role === 'outcome' ? 'ignored' : role)) // prettier-ignore
  return {
    ...choice,
    roles: give('features'),
    clinicalRoles: give('clinical'),
    ...(statuses && { statuses: { ...statuses, roles: give('statuses') } }),
    positive: task.positive,
    ...(cohorts?.kind === 'split' && cohorts.stratified && !cohorts.by && before && !isSame && positive !== null && { cohorts: { ...cohorts, by: { column: before.column, positive } } }), // prettier-ignore
  }
}

/**
 * Columns that may be the outcome of another task: of two values, and nothing else in this study. One that is a feature here would be
 * learnt from in the other tasks.
 */
export function taskColumns(tables: TaskTables, choice: StudyChoice): (Pick<StudyTask, 'table' | 'column'> & { readonly values: readonly string[] })[] {
  return listColumns(tables, choice).flatMap(({ table, name, values, distinct, role }) =>
    distinct === 2 && (role === 'clinical' || role === 'ignored') ? [{ table, column: name, values }] : [],
  )
} // prettier-ignore
