import { chiSquareProbability } from '../numeric/distributions.ts'
import { averageRanks, sortPresent, tieSum } from '../numeric/ranks.ts'
import { refuse } from './messages.ts'

export interface KruskalResult {
  /** NaN when all values are equal. */
  readonly statistic: number
  readonly df: number
  readonly p: number
}

/**
 * Kruskal and Wallis's rank-sum test (1952) of two groups or more with the correction for ties, as R's `kruskal.test`.
 * Missing values are left out.
 * @throws DataError when there are fewer than two groups or one has no value
 */
export function kruskalTest(groups: readonly ArrayLike<number>[]): KruskalResult {
  if (groups.length < 2) throw refuse('kruskal-few-groups', { groups: groups.length })
  const present = groups.map(sortPresent)
  const empty = present.findIndex((group) => group.length === 0)
  if (empty >= 0) throw refuse('kruskal-empty-group', { group: empty + 1, groups: groups.length })
  const all = Float64Array.from(present.flatMap((group) => [...group]))
  const n = all.length
  const ranks = averageRanks(all)
  let start = 0
  let between = 0
  for (const { length } of present) {
    const excess = ranks.subarray(start, start + length).reduce((sum, rank) => sum + rank - (n + 1) / 2, 0)
    between += (excess * excess) / length
    start += length
  }
  const statistic = (12 * between) / (n * (n + 1)) / (1 - tieSum(all.sort()) / (n * n * n - n))
  const df = groups.length - 1
  return { statistic, df, p: Number.isNaN(statistic) ? NaN : chiSquareProbability(statistic, df, true) }
}
