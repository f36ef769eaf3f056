import { refuse } from './messages.ts'

/** R's `type`: 7 interpolates between (n - 1)p + 1 (R's default), 6 between (n + 1)p (Minitab's and SPSS's). */
export type QuantileType = 7 | 6

/**
 * Sample quantile, as R's `quantile` (Hyndman and Fan 1996).
 * @param p in [0, 1]
 * @returns NaN when there is no value
 * @throws DataError when a value is NaN or `p` is outside [0, 1]
 */
export function quantile(values: ArrayLike<number>, p: number, type: QuantileType = 7): number {
  return quantileOfSorted(Float64Array.from(values).sort(), p, type)
}

/** As `quantile`, of values that ascend already. */
export function quantileOfSorted(sorted: Float64Array, p: number, type: QuantileType = 7): number {
  if (!(p >= 0 && p <= 1)) throw refuse('quantile-probability', { given: p })
  const count = sorted.length
  if (count === 0) return NaN
  if (Number.isNaN(sorted[count - 1])) throw refuse('quantile-of-missing', {})
  const position = type === 7 ? 1 + (count - 1) * p : (count + 1) * p
  // R's fuzz, with which (n + 1)p that should be whole is taken as whole.
  const fuzz = type === 7 ? 0 : 4 * Number.EPSILON
  const whole = Math.floor(position + fuzz)
  const part = position - whole
  const below = sorted[Math.min(Math.max(whole, 1), count) - 1]
  const above = sorted[Math.min(Math.max(whole + 1, 1), count) - 1]
  // Neighbours that are equal are not mixed: a rounding error would make a value that is not there, and infinity a NaN.
  return Math.abs(part) <= fuzz || below === above ? below : (1 - part) * below + part * above
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5)
}
