import { adjustP } from '../statistics/adjustP.ts'
import { rankSumOfSorted, defaultRankSumOptions } from '../statistics/rankSumTest.ts'
import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import type { Message } from '../messages/message.ts'
import { refuse, tell } from './messages.ts'

export interface RankSumFilterOptions {
  /** A column is kept when its P lies below. */
  readonly alpha: number
  /** How P is adjusted for the number of columns before it is compared. */
  readonly adjust: 'none' | 'BH' | 'bonferroni' | 'holm'
}

const defaultRankSumFilterOptions: RankSumFilterOptions = { alpha: 0.05, adjust: 'none' }

export interface ColumnRankSum {
  readonly column: string
  /** R's W with the patients of outcome 1 as first group; over the number of pairs it is the AUC. */
  readonly statistic: number
  readonly auc: number
  /** NaN when undefined; `reason` says why. */
  readonly p: number
  readonly adjusted: number
  readonly exact: boolean
  readonly kept: boolean
  readonly reason?: Message
}

export interface RankSumSelection extends RankSumFilterOptions {
  readonly method: 'rankSum'
  readonly kept: readonly string[]
  readonly learntFrom: readonly string[]
  /** Columns with a P, and how many of them would lie below alpha if no column told the outcome. */
  readonly tested: number
  readonly expectedByChance: number
  /** Columns whose P lies below alpha after Benjamini and Hochberg's adjustment. */
  readonly keptAfterBh: number
  readonly columns: readonly ColumnRankSum[]
}

/**
 * Keeps the columns whose values differ between the two outcomes by Wilcoxon's rank-sum test, as R's `wilcox.test` decides it.
 * Missing values are left out of their column; a column that does not vary, or has no value in one class, has no P and goes.
 * @throws DataError when the training patients are of one class only
 */
export function filterByRankSum(training: TrainingTable, options: Partial<RankSumFilterOptions> = {}): RankSumSelection {
  requireTraining(training)
  const { alpha, adjust } = { ...defaultRankSumFilterOptions, ...options }
  const tests = testColumns(training, training.outcome)
  const p = tests.map((test) => test.p)
  const adjusted = adjustP(p, adjust)
  const columns = tests.map((test, j) => ({ ...test, adjusted: adjusted[j], kept: adjusted[j] < alpha }))
  const tested = p.filter((value) => !Number.isNaN(value)).length
  return {
    method: 'rankSum',
    alpha,
    adjust,
    kept: columns.filter(({ kept }) => kept).map(({ column }) => column),
    learntFrom: training.ids,
    tested,
    expectedByChance: alpha * tested,
    keptAfterBh: adjustP(p, 'BH').filter((value) => value < alpha).length,
    columns,
  }
}

/** The test of every column; the two groups are sorted in buffers that all columns share. */
export function testColumns(table: FeatureTable, outcome: Uint8Array): Omit<ColumnRankSum, 'adjusted' | 'kept'>[] {
  const positives = outcome.reduce((sum, label) => sum + label, 0)
  const negatives = outcome.length - positives
  if (positives === 0 || negatives === 0) throw refuse('rank-sum-one-class', { positives, negatives })
  const [ones, zeros] = [new Float64Array(positives), new Float64Array(negatives)]
  return table.columns.map((column, j) => {
    const values = columnAt(table, j)
    let [first, second] = [0, 0]
    for (let i = 0; i < values.length; i++) {
      if (Number.isNaN(values[i])) continue
      if (outcome[i] === 1) ones[first++] = values[i]
      else zeros[second++] = values[i]
    }
    const nothing = { column, statistic: NaN, auc: NaN, p: NaN, exact: false }
    if (first === 0 || second === 0) return { ...nothing, reason: tell('class-without-value', { outcome: first === 0 ? 1 : 0 }) }
    const { statistic, p, exact } = rankSumOfSorted(ones.subarray(0, first).sort(), zeros.subarray(0, second).sort(), defaultRankSumOptions) // prettier-ignore
    const test = { column, statistic, auc: statistic / (first * second), p, exact }
    return Number.isNaN(p) ? { ...test, reason: tell('values-equal', {}) } : test
  })
}
