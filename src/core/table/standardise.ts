import { columnAt, makeFeatureTable, pickColumns, type FeatureTable } from './featureTable.ts'
import { requireTraining, type TrainingTable } from './trainingTable.ts'
import { refuse } from './messages.ts'

/** What `fitStandardise` learnt: one mean and SD a column. */
export interface Standardisation {
  readonly columns: readonly string[]
  readonly mean: readonly number[]
  /** n - 1 below the fraction; 1 for a constant column. */
  readonly sd: readonly number[]
  /** Columns with a single value in training: they are centred and not scaled. */
  readonly constant: readonly string[]
  readonly learntFrom: readonly string[]
}

/**
 * Mean and standard deviation (n - 1) of every training column, as R's `scale`. Missing values are left out. A column whose
 * present values are all equal (or that has fewer than two) is listed in `constant` and gets an SD of 1; a column without
 * any value gets a mean of 0.
 * @throws DataError that names the first patient and column with an infinite value
 */
export function fitStandardise(training: TrainingTable): Standardisation {
  requireTraining(training)
  const moments = training.columns.map((name, j) => columnMoments(columnAt(training, j), name, training.ids))
  return {
    columns: training.columns,
    mean: moments.map(({ mean }) => mean),
    sd: moments.map(({ sd }) => sd || 1),
    constant: training.columns.filter((_, j) => moments[j].sd === 0),
    learntFrom: training.ids,
  }
}

/**
 * (value - mean) / SD for the columns of the record, in its order; other columns of the table are left out and missing
 * values stay missing. The table comes back as a plain one: `withFeatures` makes a training table of it again.
 * @throws DataError that names the columns that are not in the table
 */
export function applyStandardise(record: Standardisation, table: FeatureTable): FeatureTable {
  const { ids, columns, values } = pickColumns(table, record.columns)
  const rows = ids.length
  return makeFeatureTable(
    ids,
    columns,
    values.map((value, at) => {
      const j = Math.floor(at / rows)
      return (value - record.mean[j]) / record.sd[j]
    }),
  )
}

function columnMoments(values: Float64Array, name: string, ids: readonly string[]): { mean: number; sd: number } {
  const present = values.filter((value) => !Number.isNaN(value))
  const infinite = values.findIndex((value) => Math.abs(value) === Infinity)
  if (infinite >= 0) throw refuse('standardise-infinite', { column: name, id: ids[infinite] })
  if (present.length === 0) return { mean: 0, sd: 0 }
  // A sum of equal values, divided, may miss the value by a bit and leave a spread that is not there.
  if (present.every((value) => value === present[0])) return { mean: present[0], sd: 0 }
  const mean = refinedMean(present)
  let squares = 0
  for (const value of present) squares += (value - mean) * (value - mean)
  return { mean, sd: Math.sqrt(squares / (present.length - 1)) }
}

/** R's mean: the sum's rounding is taken out by a second pass. */
function refinedMean(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let rest = 0
  for (const value of values) rest += value - mean
  return mean + rest / values.length
}
