import { ascendingOrder } from '../numeric/ascendingOrder.ts'
import { normalQuantile, normalTwoSided, tTwoSided } from '../numeric/distributions.ts'
import { clipInterval, requireLevel, type Interval } from './interval.ts'
import { newcombeInterval } from './newcombeInterval.ts'
import { splitByOutcome, type SplitScores } from './splitByOutcome.ts'
import { refuse } from './messages.ts'

/** An AUC with DeLong's variance. `variance` and `interval` are NaN when a class has one patient. */
export interface AucEstimate {
  readonly auc: number
  readonly positives: number
  readonly negatives: number
  readonly variance: number
  readonly standardError: number
  /** DeLong's, normal, clipped to [0, 1]. */
  readonly interval: Interval
  readonly level: number
  /** DeLong's variance is 0 or undefined: read `newcombe` in place of `interval`. */
  readonly degenerate: boolean
  /** Newcombe's method 5, which has a width in every case. */
  readonly newcombe: Interval
}

/** First minus second. `df` is null for the paired test, whose statistic is normal. */
export interface AucComparison {
  readonly kind: 'paired' | 'unpaired'
  readonly first: number
  readonly second: number
  readonly difference: number
  readonly standardError: number
  /** Of the difference, clipped to [-1, 1]. */
  readonly interval: Interval
  readonly level: number
  /** pROC's Z (paired) or D (unpaired). */
  readonly statistic: number
  readonly df: number | null
  /** Two-sided; NaN where it is not defined. */
  readonly p: number
  /** The standard error of the difference is 0 or undefined. */
  readonly degenerate: boolean
}

export interface LabelledScores {
  readonly scores: ArrayLike<number>
  readonly outcome: ArrayLike<number>
  readonly clusters?: Clusters
}

/** The patient of each row, where a patient has several rows (lesions): they are not independent. Without, each row is a patient. */
export type Clusters = readonly string[]

/**
 * AUC with DeLong's standard error and normal interval, pROC's `ci.auc(method = "delong")`. One walk over the sorted
 * scores of both classes gives each its placement (how many of the other class it beats, a tie counting half), which is what the
 * midranks of Sun and Xu give.
 * Degenerate cases are pROC's: AUC 1 gives 1 to 1, constant scores give 0.5 to 0.5; one patient in a class gives NaN.
 * Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44, 837-845; Sun and Xu 2014, IEEE Signal Processing Letters 21,
 * 1389-1393. With clusters, variances as in Obuchowski 1997, Biometrics 53, 567-578: the placements of a patient's rows are summed
 * first. Where each patient has one row that is DeLong's variance, and rows that are all repeated alike leave it as it was. Newcombe's
 * interval takes rows for independent in any case.
 * @throws DataError as `splitByOutcome`
 */
export function estimateAuc(
  scores: ArrayLike<number>,
  outcome: ArrayLike<number>,
  level = 0.95,
  clusters?: Clusters,
): AucEstimate {
  requireLevel(level)
  const placed = place(splitByOutcome(scores, outcome))
  const variance = varianceOfAuc(placed, splitClusters(clusters, outcome))
  const standardError = Math.sqrt(variance)
  const { auc } = placed
  const positives = placed.positives.length
  const negatives = placed.negatives.length
  return {
    auc,
    positives,
    negatives,
    variance,
    standardError,
    interval: clipInterval(normalInterval(auc, standardError, level), 0, 1),
    level,
    degenerate: !(variance > 0),
    newcombe: newcombeInterval(auc, positives, negatives, level),
  }
}

/**
 * DeLong's test of two scores of the same patients, pROC's `roc.test(method = "delong", paired = TRUE)`. Curves of equal AUC
 * without variance of the difference (identical ones) give Z = 0 and P = 1; of unequal AUC (1 against constant) Z infinite
 * and P = 0, both as pROC and flagged `degenerate`.
 * @throws DataError as `splitByOutcome`
 */
export function comparePairedAuc(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  outcome: ArrayLike<number>,
  level = 0.95,
  clusters?: Clusters,
): AucComparison {
  requireLevel(level)
  const a = place(splitByOutcome(first, outcome))
  const b = place(splitByOutcome(second, outcome))
  // The variance of the differences of the placements is DeLong's contrast, and exactly 0 for identical curves.
  const difference = a.auc - b.auc
  const contrast = {
    auc: difference,
    positives: differences(a.positives, b.positives),
    negatives: differences(a.negatives, b.negatives),
  }
  const standardError = Math.sqrt(varianceOfAuc(contrast, splitClusters(clusters, outcome)))
  const statistic = difference === 0 && standardError === 0 ? 0 : difference / standardError
  return { kind: 'paired', ...differenceOf(a, b, standardError, level), statistic, df: null, p: normalTwoSided(statistic) }
}

/**
 * DeLong's test of scores of different patients, pROC's `roc.test(method = "delong", paired = FALSE)`: t with Welch's
 * degrees of freedom, (Va + Vb)^2 / (Va^2 / (na - 1) + Vb^2 / (nb - 1)) with the number of patients n of each side (not of rows). The
 * interval of the difference, which pROC does not give, is normal as that of the paired test. Without variance on both
 * sides df and P are NaN as in pROC.
 * @throws DataError as `splitByOutcome`
 */
export function compareUnpairedAuc(first: LabelledScores, second: LabelledScores, level = 0.95): AucComparison {
  requireLevel(level)
  const a = place(splitByOutcome(first.scores, first.outcome))
  const b = place(splitByOutcome(second.scores, second.outcome))
  const varianceA = varianceOfAuc(a, splitClusters(first.clusters, first.outcome))
  const varianceB = varianceOfAuc(b, splitClusters(second.clusters, second.outcome))
  const variance = varianceA + varianceB
  const standardError = Math.sqrt(variance)
  const difference = a.auc - b.auc
  const statistic = difference / standardError
  const df =
    (variance * variance) /
    ((varianceA * varianceA) / (countPatients(first) - 1) + (varianceB * varianceB) / (countPatients(second) - 1))
  const p = Number.isNaN(df) ? NaN : tTwoSided(statistic, df)
  return { kind: 'unpaired', ...differenceOf(a, b, standardError, level), statistic, df, p }
}

/** What both tests give of two AUCs, with the normal interval of their difference. */
function differenceOf(a: Placements, b: Placements, standardError: number, level: number) {
  const difference = a.auc - b.auc
  return {
    first: a.auc,
    second: b.auc,
    difference,
    standardError,
    interval: clipInterval(normalInterval(difference, standardError, level), -1, 1),
    level,
    degenerate: !(standardError > 0),
  }
}

/** DeLong's structural components: the share of the other class that each patient's score is right about. */
interface Placements {
  readonly auc: number
  readonly positives: Float64Array
  readonly negatives: Float64Array
}

function place({ positives, negatives }: SplitScores): Placements {
  const m = positives.length
  const n = negatives.length
  const scores = new Float64Array(m + n)
  scores.set(positives)
  scores.set(negatives, m)
  const order = ascendingOrder(scores)
  const placed = new Float64Array(m + n)
  let allWins = 0
  for (let start = 0, positivesBelow = 0; start < order.length;) {
    const score = scores[order[start]]
    let end = start
    let equalPositives = 0
    for (; end < order.length && scores[order[end]] === score; end++) equalPositives += Number(order[end] < m)
    // Counted in halves, which are whole numbers: the AUC and constant placements come out without rounding.
    const wins = 2 * (start - positivesBelow) + (end - start - equalPositives)
    const losses = 2 * (m - positivesBelow) - equalPositives
    for (let i = start; i < end; i++) placed[order[i]] = order[i] < m ? wins / (2 * n) : losses / (2 * m)
    allWins += equalPositives * wins
    positivesBelow += equalPositives
    start = end
  }
  return { auc: allWins / (2 * m * n), positives: placed.subarray(0, m), negatives: placed.subarray(m) }
}

function varianceOfAuc({ auc, positives, negatives }: Placements, clusters: SplitClusters | null): number {
  if (clusters) return clusteredVariance({ auc, positives, negatives }, clusters)
  return varianceAround(auc, positives) / positives.length + varianceAround(auc, negatives) / negatives.length
}

/** The cluster of each positive and of each negative row, numbered from 0. */
interface SplitClusters {
  readonly count: number
  readonly positives: Int32Array
  readonly negatives: Int32Array
}

/** Null where every row is a patient of its own: nothing is summed then, and the numbers are DeLong's to the last bit. */
function splitClusters(clusters: Clusters | undefined, outcome: ArrayLike<number>): SplitClusters | null {
  if (!clusters) return null
  if (clusters.length !== outcome.length) throw refuse('cluster-lengths', { patients: clusters.length, rows: outcome.length })
  const numbers = new Map([...new Set(clusters)].map((name, i) => [name, i]))
  if (numbers.size === clusters.length) return null
  const of = (label: number) =>
    Int32Array.from(
      clusters.filter((_, row) => outcome[row] === label),
      (name) => numbers.get(name)!,
    )
  return { count: numbers.size, positives: of(1), negatives: of(0) }
}

/**
 * Obuchowski 1997, equations 4 to 7: with the sums over a cluster of its placements less the AUC, the variances between clusters of
 * the positive and of the negative rows, and their covariance, which is there where a patient has rows of both classes.
 */
function clusteredVariance({ auc, positives, negatives }: Placements, clusters: SplitClusters): number {
  const [m, n] = [positives.length, negatives.length]
  const sumsOf = (values: Float64Array, cluster: Int32Array) => {
    const sums = new Float64Array(clusters.count)
    values.forEach((value, i) => (sums[cluster[i]] += value - auc))
    return sums
  }
  const ofPositives = sumsOf(positives, clusters.positives)
  const ofNegatives = sumsOf(negatives, clusters.negatives)
  const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0)
  const correction = (count: number) => count / (count - 1)
  return (
    (correction(new Set(clusters.positives).size) * product(ofPositives, ofPositives)) / (m * m) +
    (correction(new Set(clusters.negatives).size) * product(ofNegatives, ofNegatives)) / (n * n) +
    (2 * correction(clusters.count) * product(ofPositives, ofNegatives)) / (m * n)
  )
}

function countPatients({ scores, clusters }: LabelledScores): number {
  return clusters ? new Set(clusters).size : scores.length
}

function differences(first: Float64Array, second: Float64Array): Float64Array {
  const result = new Float64Array(first.length)
  for (let i = 0; i < result.length; i++) result[i] = first[i] - second[i]
  return result
}

function varianceAround(mean: number, values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] - mean) * (values[i] - mean)
  return sum / (values.length - 1)
}

function normalInterval(estimate: number, standardError: number, level: number): Interval {
  const reach = standardError === 0 ? 0 : normalQuantile((1 + level) / 2) * standardError
  return { lower: estimate - reach, upper: estimate + reach }
}
