import { mean } from '../numeric/moments.ts'
import { median } from '../numeric/quantile.ts'
import { columnAt, makeFeatureTable, type FeatureTable } from './featureTable.ts'
import { requireTraining, type TrainingTable } from './trainingTable.ts'
import { refuse } from './messages.ts'

export type ImputationMethod = 'median' | 'mean'

export interface MissingCount {
  readonly column: string
  readonly count: number
}

/** What stands in for a missing value, learnt on the training patients. */
export interface Imputation {
  readonly method: ImputationMethod
  readonly columns: readonly string[]
  /** A value a column. */
  readonly values: readonly number[]
  /** Missing values among the training patients, columns without any left out. */
  readonly missing: readonly MissingCount[]
  readonly learntFrom: readonly string[]
}

/**
 * The median or mean of every training column, over the values present.
 * @throws DataError that names columns without any value, or the first infinite value
 */
export function fitImputation(training: TrainingTable, { method }: { readonly method: ImputationMethod }): Imputation {
  requireTraining(training)
  const present = training.columns.map((_, j) => columnAt(training, j).filter((value) => value === value))
  const empty = training.columns.filter((_, j) => present[j].length === 0)
  if (empty.length > 0) throw refuse('impute-empty', { columns: empty })
  training.columns.forEach((column, j) => {
    const infinite = columnAt(training, j).findIndex((value) => Math.abs(value) === Infinity)
    if (infinite >= 0) throw refuse('impute-infinite', { column, id: training.ids[infinite] })
  })
  return {
    method,
    columns: training.columns,
    values: present.map((values) => (method === 'median' ? median(values) : mean(values))),
    missing: countMissing(training),
    learntFrom: training.ids,
  }
}

/**
 * Fills missing values of the record's columns; other columns are left as they are.
 * @returns the table, and what was filled in, by column
 * @throws DataError that names columns of the record that the table lacks
 */
export function applyImputation(
  record: Imputation,
  table: FeatureTable,
): { table: FeatureTable; imputed: readonly MissingCount[] } {
  const valueOf = new Map(record.columns.map((column, j) => [column, record.values[j]]))
  const known = new Set(table.columns)
  const lacking = record.columns.filter((column) => !known.has(column))
  if (lacking.length > 0) throw refuse('imputed-lacking', { columns: lacking })
  const rows = table.ids.length
  const values = table.values.slice()
  table.columns.forEach((column, j) => {
    const value = valueOf.get(column)
    if (value === undefined) return
    for (let at = j * rows; at < (j + 1) * rows; at++) if (values[at] !== values[at]) values[at] = value
  })
  return {
    table: makeFeatureTable(table.ids, table.columns, values),
    imputed: countMissing(table).filter(({ column }) => valueOf.has(column)),
  }
}

/** The part of a record that is of some columns, as far as it has them. */
export function pickImputation(record: Imputation, columns: readonly string[]): Imputation {
  const wanted = new Set(columns)
  const isKept = (column: string) => wanted.has(column)
  return {
    ...record,
    columns: record.columns.filter(isKept),
    values: record.values.filter((_, j) => isKept(record.columns[j])),
    missing: record.missing.filter(({ column }) => isKept(column)),
  }
}

function countMissing(table: FeatureTable): MissingCount[] {
  return table.columns.flatMap((column, j) => {
    const count = columnAt(table, j).reduce((sum, value) => sum + (value !== value ? 1 : 0), 0)
    return count > 0 ? [{ column, count }] : []
  })
}
