import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { patientsOf, type TrainingTable } from '../table/trainingTable.ts'
import { refuse } from './messages.ts'

/** A training table as a forest takes it. */
export function forestData(training: TrainingTable): ForestData {
  const { ids, columns, values, outcome } = training
  const data = { rows: ids.length, columns: columns.length, values, outcome }
  const patients = patientsOf(training)
  return new Set(patients).size === ids.length ? data : { ...data, patients }
}

/** @throws DataError that tells how many rows have which outcome */
export function requireTwoClasses(outcome: Uint8Array): void {
  const positives = outcome.reduce((sum, label) => sum + label, 0)
  if (positives === 0 || positives === outcome.length) throw refuse('forest-one-class', { positives, rows: outcome.length })
}

/** @throws DataError that names the first column and patient without a finite value */
export function requireFinite(table: FeatureTable): void {
  requireValues(table, Number.isFinite)
}

/** @throws DataError that names the first column and patient without a value */
export function requirePresent(table: FeatureTable): void {
  requireValues(table, (value) => !Number.isNaN(value))
}

/** @throws DataError unless `value` is a whole number from 1 to `greatest` */
export function requireCount(name: string, value: number, greatest: number): void {
  if (!Number.isInteger(value) || value < 1 || value > greatest)
    throw refuse('forest-count', { name, most: greatest, given: value })
}

function requireValues(table: FeatureTable, allowed: (value: number) => boolean) {
  table.columns.forEach((name, j) => {
    const column = columnAt(table, j)
    const wrong = column.findIndex((value) => !allowed(value))
    if (wrong >= 0)
      throw refuse('forest-value', {
        column: name,
        id: table.ids[wrong],
        found: Number.isNaN(column[wrong]) ? 'missing' : 'infinite',
      })
  })
}

/**
 * Plain data: `values` column-major, finite; `outcome` 0 or 1 a row. `patients`, where some have several rows: whose each row is;
 * a patient's rows are then in or out of a tree's bag together.
 */
export interface ForestData {
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
  readonly outcome: Uint8Array
  readonly patients?: readonly string[]
}
