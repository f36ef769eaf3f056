import { normalProbability, normalTwoSided } from '../numeric/distributions.ts'
import { sortPresent } from '../numeric/ranks.ts'
import { refuse } from './messages.ts'

export interface RankSumOptions {
  /** 'auto' is R's rule: exact when both groups have fewer than 50 values and no two values are equal. */
  readonly exact: boolean | 'auto'
  /** Continuity correction of the normal approximation. */
  readonly correct: boolean
  /** Whether the first group is greater or less than the second. */
  readonly alternative: 'two.sided' | 'less' | 'greater'
}

export const defaultRankSumOptions: RankSumOptions = { exact: 'auto', correct: true, alternative: 'two.sided' }

export interface RankSumResult {
  /** Mann and Whitney's U of the first group, R's W: pairs in which it has the greater value, ties half. */
  readonly statistic: number
  /** NaN when all values are equal, as in R. */
  readonly p: number
  readonly exact: boolean
  readonly ties: boolean
}

/**
 * Wilcoxon's rank-sum test (Mann and Whitney 1947), as R's `wilcox.test`: missing values are left out; with ties always the
 * normal approximation with the variance corrected for ties.
 * @throws DataError when a group has no value
 */
export function rankSumTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: Partial<RankSumOptions> = {},
): RankSumResult {
  return rankSumOfSorted(sortPresent(first), sortPresent(second), { ...defaultRankSumOptions, ...options })
}

/** As `rankSumTest`, of groups that ascend and have no missing values. */
export function rankSumOfSorted(first: Float64Array, second: Float64Array, options: RankSumOptions): RankSumResult {
  const m = first.length
  const n = second.length
  if (m === 0 || n === 0) throw refuse('rank-sum-empty-group', { first: m, second: n })
  const { statistic, tieSum } = mergeRanks(first, second)
  const ties = tieSum > 0
  const exact = !ties && (options.exact === 'auto' ? m < 50 && n < 50 : options.exact)
  const p = exact ? exactP(statistic, m, n, options.alternative) : approximateP(statistic, tieSum, m, n, options)
  return { statistic, p, exact, ties }
}

/**
 * The probability, where nothing tells two groups of m and n distinct values apart, of a statistic at least as far from m n / 2 as this
 * one: exact up to 40,000 pairs, by the normal approximation above.
 * @param statistic Mann and Whitney's U, 0 to m n
 */
export function rankSumProbability(statistic: number, m: number, n: number): number {
  const low = Math.min(statistic, m * n - statistic)
  return m * n <= mostExactPairs
    ? exactP(Math.floor(low), m, n, 'two.sided')
    : approximateP(low, 0, m, n, { ...defaultRankSumOptions })
}

/** One walk along both groups: pairs in which the first is greater (ties half), and the sum of t^3 - t over the tie groups. */
function mergeRanks(first: Float64Array, second: Float64Array): { statistic: number; tieSum: number } {
  let pairs = 0
  let tieSum = 0
  let j = 0
  for (let i = 0; i < first.length;) {
    const value = first[i]
    const start = i
    while (j < second.length && second[j] < value) {
      const from = j
      do j++
      while (j < second.length && second[j] === second[from])
      if (j - from > 1) tieSum += cubeLess(j - from)
    }
    const below = j
    do i++
    while (i < first.length && first[i] === value)
    while (j < second.length && second[j] === value) j++
    pairs += (i - start) * (below + j)
    const size = i - start + j - below
    if (size > 1) tieSum += cubeLess(size)
  }
  while (j < second.length) {
    const from = j
    do j++
    while (j < second.length && second[j] === second[from])
    if (j - from > 1) tieSum += cubeLess(j - from)
  }
  return { statistic: pairs / 2, tieSum }
}

function cubeLess(size: number): number {
  return size * (size * size - 1)
}

function approximateP(statistic: number, tieSum: number, m: number, n: number, options: RankSumOptions): number {
  const { correct, alternative } = options
  const all = m + n
  const distance = statistic - (m * n) / 2
  const deviation = Math.sqrt(((m * n) / 12) * (all + 1 - tieSum / (all * (all - 1))))
  const towards = alternative === 'two.sided' ? Math.sign(distance) : alternative === 'greater' ? 1 : -1
  const z = (distance - (correct ? towards / 2 : 0)) / deviation
  return alternative === 'two.sided' ? normalTwoSided(z) : normalProbability(z, alternative === 'greater')
}

function exactP(statistic: number, m: number, n: number, alternative: RankSumOptions['alternative']): number {
  const cumulative = rankSumDistribution(Math.min(m, n), Math.max(m, n))
  const upTo = (value: number) => (value < 0 ? 0 : cumulative[Math.min(value, m * n)])
  // The distribution is symmetric: the upper tail is read from the lower end, where small numbers keep their digits.
  const lower = upTo(statistic)
  const upper = upTo(m * n - statistic)
  if (alternative === 'two.sided') return Math.min(1, 2 * Math.min(lower, upper))
  return alternative === 'less' ? lower : upper
}

/** 40 000 pairs take about half a second. */
const mostExactPairs = 40_000

let latest: { readonly m: number; readonly n: number; readonly cumulative: Float64Array } | undefined

/**
 * P(U <= u) for u from 0 to mn, without ties. The greatest value belongs to one group or the other (Mann and Whitney 1947):
 * P(m, n, u) = m / (m + n) P(m - 1, n, u - n) + n / (m + n) P(m, n - 1, u). The latest one is kept, as features share sizes.
 */
function rankSumDistribution(m: number, n: number): Float64Array {
  if (latest?.m === m && latest.n === n) return latest.cumulative
  if (m * n > mostExactPairs) throw refuse('rank-sum-exact-size', { most: mostExactPairs, first: m, second: n })
  const rows = Array.from({ length: m + 1 }, (_, i) => Float64Array.of(1, ...new Float64Array(i * n)))
  for (let second = 1; second <= n; second++)
    for (let first = 1; first <= m; first++) {
      const [shorter, row] = [rows[first - 1], rows[first]]
      const [greatestFirst, greatestSecond] = [first / (first + second), second / (first + second)]
      for (let u = first * second; u >= second; u--) row[u] = greatestSecond * row[u] + greatestFirst * shorter[u - second]
      for (let u = second - 1; u >= 0; u--) row[u] *= greatestSecond
    }
  const cumulative = rows[m]
  for (let u = 1; u < cumulative.length; u++) cumulative[u] += cumulative[u - 1]
  latest = { m, n, cumulative }
  return cumulative
}
