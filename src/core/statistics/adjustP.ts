import { refuse } from './messages.ts'

/** R's `p.adjust.methods`; 'fdr' is another name of 'BH'. */
export type AdjustmentMethod = 'holm' | 'hochberg' | 'hommel' | 'bonferroni' | 'BH' | 'BY' | 'fdr' | 'none'

/**
 * P values adjusted for their number, as R's `p.adjust`; a NaN stays NaN and does not count.
 * @throws DataError when a P is outside [0, 1]
 */
export function adjustP(p: ArrayLike<number>, method: AdjustmentMethod): Float64Array {
  const adjusted = Float64Array.from(p)
  const wrong = adjusted.find((value) => value < 0 || value > 1)
  if (wrong !== undefined) throw refuse('p-value', { wrong })
  const order = [...adjusted.keys()].filter((i) => !Number.isNaN(adjusted[i])).sort((a, b) => adjusted[a] - adjusted[b])
  const ascending = Float64Array.from(order, (i) => adjusted[i])
  if (ascending.length > 1) adjustAscending(ascending, method).forEach((value, k) => (adjusted[order[k]] = value))
  return adjusted
}

function adjustAscending(p: Float64Array, method: AdjustmentMethod): Float64Array {
  const n = p.length
  switch (method) {
    case 'none':
      return p
    case 'bonferroni':
      return p.map((value) => Math.min(1, n * value))
    case 'holm':
      return stepDown(p.map((value, k) => (n - k) * value))
    case 'hochberg':
      return stepUp(p.map((value, k) => (n - k) * value))
    case 'BH':
    case 'fdr':
      return stepUp(p.map((value, k) => (n / (k + 1)) * value))
    case 'BY': {
      const harmonic = p.reduce((sum, _, k) => sum + 1 / (k + 1), 0)
      return stepUp(p.map((value, k) => ((harmonic * n) / (k + 1)) * value))
    }
    case 'hommel':
      return adjustHommel(p)
  }
}

/** No P falls below that of a smaller one. */
function stepDown(p: Float64Array): Float64Array {
  let greatest = 0
  return p.map((value) => (greatest = Math.max(greatest, Math.min(1, value))))
}

/** No P rises above that of a greater one. */
function stepUp(p: Float64Array): Float64Array {
  let least = 1
  return p.reverse().map((value) => (least = Math.min(least, value))).reverse() // prettier-ignore
}

/** Hommel (1988) by Wright's algorithm (1992, appendix): the greatest of the bounds from subsets of every size. */
function adjustHommel(p: Float64Array): Float64Array {
  const n = p.length
  const adjusted = p.map((value) => Math.max(value, leastSimes(p, n, 1)))
  for (let size = n - 1; size >= 2; size--) {
    const least = leastSimes(p, size, 2)
    for (let i = 0; i < n; i++) adjusted[i] = Math.max(adjusted[i], Math.min(size * p[Math.min(i, n - size)], least))
  }
  return adjusted
}

/** Simes's bound of the `size` greatest P values, from the k-th of them on. */
function leastSimes(p: Float64Array, size: number, from: number): number {
  let least = Infinity
  for (let k = from; k <= size; k++) least = Math.min(least, (size * p[p.length - size + k - 1]) / k)
  return least
}
