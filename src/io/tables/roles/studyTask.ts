import type { ColumnFacts } from './columnFacts.ts'
import type { StudyChoice, StudyRole } from './studyChoice.ts'

/** A question that is put to a study: the column that is its outcome, and what of it is positive. */
export interface StudyTask {
  /** Of one study no two are the same, whatever was taken out. */
  readonly id: number
  readonly table: 'features' | 'clinical'
  readonly column: string
  readonly positive: string
}

/** The columns of both tables, in the order of their roles. */
export interface TaskTables {
  readonly features: readonly Pick<ColumnFacts, 'name' | 'values' | 'distinct'>[]
  readonly clinical: readonly Pick<ColumnFacts, 'name' | 'values' | 'distinct'>[]
}

/** Which column is the outcome now; undefined where none is, or one in each table. */
export function outcomeColumn({ features, clinical }: TaskTables, { roles, clinicalRoles }: StudyChoice): Pick<StudyTask, 'table' | 'column'> | undefined {
  const of = (table: StudyTask['table'], columns: TaskTables['features'], given: readonly StudyRole[]) =>
    columns.flatMap(({ name }, at) => (given[at] === 'outcome' ? [{ table, column: name }] : []))
  const found = [...of('features', features, roles), ...of('clinical', clinical, clinicalRoles)]
  return found.length === 1 ? found[0] : undefined
} // prettier-ignore

/**
 * The same tables with the outcome of another task. The column that was the outcome before is none of the predictors: it is ignored.
 * Who learns stays who learns: a split that was stratified by the outcome goes on by that of the first task.
 */
export function chooseTask(choice: StudyChoice, tables: TaskTables, task: Omit<StudyTask, 'id'>): StudyChoice {
  const before = outcomeColumn(tables, choice)
  const { cohorts, positive } = choice
  const isSame = before?.table === task.table && before.column === task.column
  const give = (table: StudyTask['table'], columns: TaskTables['features'], roles: readonly StudyRole[]) =>
    roles.map((role, at): StudyRole => (table === task.table && columns[at].name === task.column ? 'outcome' : role === 'outcome' ? 'ignored' : role)) // prettier-ignore
  return {
    ...choice,
    roles: give('features', tables.features, choice.roles),
    clinicalRoles: give('clinical', tables.clinical, choice.clinicalRoles),
    positive: task.positive,
    ...(cohorts?.kind === 'split' && cohorts.stratified && !cohorts.by && before && !isSame && positive !== null && { cohorts: { ...cohorts, by: { column: before.column, positive } } }), // prettier-ignore
  }
}

/**
 * Columns that may be the outcome of another task: of two values, and nothing else in this study. One that is a feature here would be
 * learnt from in the other tasks.
 */
export function taskColumns(tables: TaskTables, { roles, clinicalRoles }: StudyChoice): (Pick<StudyTask, 'table' | 'column'> & { readonly values: readonly string[] })[] {
  const of = (table: StudyTask['table'], columns: TaskTables['features'], given: readonly StudyRole[]) =>
    columns.flatMap(({ name, values, distinct }, at) =>
      distinct === 2 && (given[at] === 'clinical' || given[at] === 'ignored') ? [{ table, column: name, values }] : [],
    )
  return [...of('features', tables.features, roles), ...of('clinical', tables.clinical, clinicalRoles)]
} // prettier-ignore
