import { normalProbability, normalQuantile, tTwoSided } from '../numeric/distributions.ts'
import { exp, expm1, log1p } from '../numeric/functions.ts'
import { mean } from '../numeric/moments.ts'
import { averageRanks, sortPresent, tieGroups } from '../numeric/ranks.ts'
import { refuse } from './messages.ts'

/** Pearson's correlation of two columns without missing values; NaN when one does not vary. */
export function pearsonCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  requirePairs(x, y)
  const [dx, dy] = [scaledDeviations(x), scaledDeviations(y)]
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < dx.length; i++) {
    xx += dx[i] * dx[i]
    yy += dy[i] * dy[i]
    xy += dx[i] * dy[i]
  }
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)))
}

/** The greatest is 1 in size, so that no square overflows or vanishes. All are NaN in a column that does not vary. */
function scaledDeviations(values: ArrayLike<number>): Float64Array {
  const centre = mean(values)
  const deviations = Float64Array.from(values, (value) => value - centre)
  const greatest = deviations.reduce((size, deviation) => Math.max(size, Math.abs(deviation)), 0)
  return deviations.map((deviation) => deviation / greatest)
}

/** Spearman's rank correlation of two columns without missing values; NaN when one does not vary. */
export function spearmanCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return pearsonCorrelation(averageRanks(x), averageRanks(y))
}

export interface PearsonResult {
  readonly correlation: number
  readonly statistic: number
  readonly df: number
  /** Two-sided. */
  readonly p: number
  /** Fisher's z interval of 95 %; NaN for three pairs. */
  readonly lower: number
  readonly upper: number
}

/**
 * Pearson's correlation with its t test and interval, as R's `cor.test`. Pairs with a missing value are left out; NaN when a
 * column does not vary.
 * @throws DataError when there are fewer than three pairs
 */
export function pearsonTest(x: ArrayLike<number>, y: ArrayLike<number>): PearsonResult {
  const pairs = completePairs(x, y)
  const n = pairs.x.length
  if (n < 3) throw refuse('pearson-few-pairs', { pairs: n })
  const correlation = pearsonCorrelation(pairs.x, pairs.y)
  const df = n - 2
  const statistic = (Math.sqrt(df) * correlation) / Math.sqrt(1 - correlation * correlation)
  const z = (log1p(correlation) - log1p(-correlation)) / 2
  const reach = n > 3 ? normalQuantile(0.975) / Math.sqrt(n - 3) : NaN
  return { correlation, statistic, df, p: tTwoSided(statistic, df), lower: tanh(z - reach), upper: tanh(z + reach) }
}

export interface SpearmanResult {
  readonly rho: number
  /** R's S: the sum of squared rank differences where there are no ties. */
  readonly statistic: number
  /** Two-sided. */
  readonly p: number
  /** Whether P comes from the distribution of S (all orders for up to 9 pairs, then its Edgeworth series), not from t. */
  readonly exact: boolean
}

/** R's bound for the distribution of S. */
const mostExactPairs = 1290

/**
 * Spearman's rank correlation, as R's `cor.test`: without ties and up to 1290 pairs by the distribution of S (Best and Roberts
 * 1975, AS 89), else by t with n - 2 degrees of freedom. Pairs with a missing value are left out; NaN when a column does not vary.
 * @throws DataError when there are fewer than two pairs
 */
export function spearmanTest(x: ArrayLike<number>, y: ArrayLike<number>): SpearmanResult {
  const pairs = completePairs(x, y)
  const n = pairs.x.length
  if (n < 2) throw refuse('spearman-few-pairs', { pairs: n })
  const rho = spearmanCorrelation(pairs.x, pairs.y)
  const statistic = ((n * n * n - n) * (1 - rho)) / 6
  const exact = n <= mostExactPairs && !hasTies(pairs.x) && !hasTies(pairs.y)
  if (Number.isNaN(rho)) return { rho, statistic, p: NaN, exact: false }
  const p = exact ? distributionP(Math.round(statistic), n) : tTwoSided(rho / Math.sqrt((1 - rho * rho) / (n - 2)), n - 2)
  return { rho, statistic, p, exact }
}

function distributionP(statistic: number, n: number): number {
  const largest = (n * n * n - n) / 3
  // S and its mirror image are equally likely, so one tail serves both.
  const farther = Math.max(statistic, largest - statistic)
  return Math.min(1, 2 * (n <= 9 ? countedTail(farther, n) : edgeworthTail(farther, n)))
}

/** P(S >= statistic), counted over all n! orders. */
function countedTail(statistic: number, n: number): number {
  let [hits, orders] = [0, 0]
  const order = Array.from({ length: n }, (_, i) => i)
  const visit = (at: number, sum: number) => {
    if (at === n) {
      orders++
      if (sum >= statistic) hits++
      return
    }
    for (let i = at; i < n; i++) {
      ;[order[at], order[i]] = [order[i], order[at]]
      visit(at + 1, sum + (order[at] - at) * (order[at] - at))
      ;[order[at], order[i]] = [order[i], order[at]]
    }
  }
  visit(0, 0)
  return hits / orders
}

/** P(S >= statistic) by the Edgeworth series of AS 89, with its printed coefficients. */
function edgeworthTail(statistic: number, n: number): number {
  const b = 1 / n
  const x = ((6 * (statistic - 1) * b) / (n * n - 1) - 1) * Math.sqrt(n - 1)
  const y = x * x
  const inner = 0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y)
  const outer = -0.0758 + b * (0.1033 + 0.3932 * b) - y * b * (0.0879 + 0.0151 * b - y * inner)
  const series = x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + y * outer)
  return Math.max(0, Math.min(1, series / exp(y / 2) + normalProbability(x, true)))
}

function hasTies(values: ArrayLike<number>): boolean {
  return tieGroups(sortPresent(values)).length > 0
}

function completePairs(x: ArrayLike<number>, y: ArrayLike<number>): { x: number[]; y: number[] } {
  requirePairs(x, y)
  const rows = Array.from(x, (_, i) => i).filter((i) => !Number.isNaN(x[i]) && !Number.isNaN(y[i]))
  return { x: rows.map((i) => x[i]), y: rows.map((i) => y[i]) }
}

function requirePairs(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length !== y.length) throw refuse('correlation-lengths', { first: x.length, second: y.length })
}

function tanh(z: number): number {
  if (Math.abs(z) > 20) return Math.sign(z)
  const grown = expm1(2 * z)
  return grown / (grown + 2)
}
