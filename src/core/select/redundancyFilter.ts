import { spearmanCorrelation } from '../statistics/correlation.ts'
import { averageRanks } from '../numeric/ranks.ts'
import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { testColumns } from './rankSumFilter.ts'

export interface RedundancyOptions {
  /** Two columns are redundant when the size of their Spearman correlation exceeds it. */
  readonly limit: number
  /** Which of two redundant columns stays: that with the smaller rank-sum P, or that which is listed first. */
  readonly keep: 'smaller P' | 'listed first'
}

const defaultRedundancyOptions: RedundancyOptions = { limit: 0.9, keep: 'smaller P' }

export interface ColumnRedundancy {
  readonly column: string
  readonly kept: boolean
  /** The kept column that this one repeats, and their correlation. */
  readonly repeats?: string
  readonly correlation?: number
}

export interface RedundancySelection extends RedundancyOptions {
  readonly method: 'redundancy'
  readonly kept: readonly string[]
  readonly learntFrom: readonly string[]
  readonly columns: readonly ColumnRedundancy[]
}

/**
 * Drops columns that repeat another. The columns are visited in order of their P (equal and undefined ones as listed, undefined
 * last), or as listed; one goes when its |Spearman| with any column kept so far exceeds the limit, and names the first such.
 * Missing values leave out the pair of values; a column that does not vary repeats nothing.
 */
export function filterByRedundancy(training: TrainingTable, options: Partial<RedundancyOptions> = {}): RedundancySelection {
  requireTraining(training)
  const { limit, keep } = { ...defaultRedundancyOptions, ...options }
  const ranked = training.columns.map((_, j) => rankColumn(training, j))
  const order = keep === 'listed first' ? [...ranked.keys()] : orderByP(training)
  const staying: number[] = []
  const columns: ColumnRedundancy[] = training.columns.map((column) => ({ column, kept: true }))
  for (const j of order) {
    const column = training.columns[j]
    const like = staying.find((other) => Math.abs(correlate(ranked[j], ranked[other])) > limit)
    if (like === undefined) staying.push(j)
    else columns[j] = { column, kept: false, repeats: training.columns[like], correlation: correlate(ranked[j], ranked[like]) }
  }
  const kept = columns.filter((column) => column.kept).map(({ column }) => column)
  return { method: 'redundancy', limit, keep, kept, learntFrom: training.ids, columns }
}

function orderByP(training: TrainingTable): number[] {
  const p = testColumns(training, training.outcome).map((test) => (Number.isNaN(test.p) ? Infinity : test.p))
  // Infinity less infinity is no number; sort is stable.
  return [...p.keys()].sort((a, b) => (p[a] === p[b] ? 0 : p[a] - p[b]))
}

interface RankedColumn {
  readonly values: Float64Array
  /** Ranks centred and of length 1, so that a product of two columns is their correlation; without missing values only. */
  readonly unit?: Float64Array
}

function rankColumn(table: FeatureTable, column: number): RankedColumn {
  const values = columnAt(table, column)
  if (values.includes(NaN)) return { values }
  const centre = (values.length + 1) / 2
  const ranks = averageRanks(values).map((rank) => rank - centre)
  const length = Math.sqrt(ranks.reduce((sum, rank) => sum + rank * rank, 0))
  return { values, unit: ranks.map((rank) => rank / length) }
}

function correlate(first: RankedColumn, second: RankedColumn): number {
  if (!first.unit || !second.unit) return correlateComplete(first.values, second.values)
  let sum = 0
  for (let i = 0; i < first.unit.length; i++) sum += first.unit[i] * second.unit[i]
  return sum
}

function correlateComplete(first: Float64Array, second: Float64Array): number {
  const complete = (_: number, i: number) => !Number.isNaN(first[i]) && !Number.isNaN(second[i])
  return spearmanCorrelation(first.filter(complete), second.filter(complete))
}
