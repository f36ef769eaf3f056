import { refuse } from './messages.ts'

/**
 * Ranks from 1 upwards; equal values share the mean of their ranks (R's `rank`). A NaN is left out and has the rank NaN
 * (`na.last = "keep"`); -0 equals 0; infinite values rank first and last.
 */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  const sorted = sortPresent(values)
  const rankAt = sharedRanks(sorted)
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? NaN : rankAt[countBelow(sorted, value)]))
}

/** The values that are not NaN, in ascending order. */
export function sortPresent(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort()
  let present = sorted.length
  while (present > 0 && Number.isNaN(sorted[present - 1])) present--
  return sorted.subarray(0, present)
}

/** How many times each value occurs that occurs more than once; `sorted` ascends. */
export function tieGroups(sorted: Float64Array): number[] {
  const sizes: number[] = []
  for (let start = 0; start < sorted.length;) {
    const end = endOfTie(sorted, start)
    if (end - start > 1) sizes.push(end - start)
    start = end
  }
  return sizes
}

/** The sum of t^3 - t over the tie groups, by which the variance of rank statistics shrinks; `sorted` ascends. */
export function tieSum(sorted: Float64Array): number {
  return tieGroups(sorted).reduce((sum, size) => sum + size * (size * size - 1), 0)
}

/**
 * Area under the ROC curve: the probability that a patient of class 1 has a higher score than one of class 0, ties counted half.
 * @param scores finite or infinite
 * @param outcome 0 or 1 a score
 * @returns NaN when a class has no patient
 * @throws DataError when a score is NaN or the lengths differ
 */
export function rocAuc(scores: ArrayLike<number>, outcome: ArrayLike<number>): number {
  if (scores.length !== outcome.length) throw refuse('scores-and-outcomes', { scores: scores.length, outcomes: outcome.length })
  let positives = 0
  for (let i = 0; i < outcome.length; i++) if (outcome[i] === 1) positives++
  const high = new Float64Array(positives)
  const low = new Float64Array(scores.length - positives)
  for (let i = 0, h = 0, l = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i])) throw refuse('score-missing', { row: i + 1, rows: scores.length })
    if (outcome[i] === 1) high[h++] = scores[i]
    else low[l++] = scores[i]
  }
  return pairsAbove(high.sort(), low.sort()) / (high.length * low.length)
}

/** Pairs in which the value of `high` is the greater, plus half of the equal ones: Mann and Whitney's U. Both ascend. */
function pairsAbove(high: Float64Array, low: Float64Array): number {
  let pairs = 0
  for (let i = 0, below = 0, upTo = 0; i < high.length; i++) {
    const value = high[i]
    while (below < low.length && low[below] < value) below++
    if (upTo < below) upTo = below
    while (upTo < low.length && low[upTo] === value) upTo++
    pairs += below + upTo
  }
  return pairs / 2
}

function sharedRanks(sorted: Float64Array): Float64Array {
  const ranks = new Float64Array(sorted.length)
  for (let start = 0; start < sorted.length;) {
    const end = endOfTie(sorted, start)
    ranks.fill((start + 1 + end) / 2, start, end)
    start = end
  }
  return ranks
}

function endOfTie(sorted: Float64Array, start: number): number {
  let end = start + 1
  while (end < sorted.length && sorted[end] === sorted[start]) end++
  return end
}

/** How many are below a value. @param sorted ascending */
export function countBelow(sorted: ArrayLike<number>, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle] < value) from = middle + 1
    else to = middle
  }
  return from
}
