import { exp, pow } from './functions.ts'
import { standardDeviation } from './moments.ts'
import { quantile } from './quantile.ts'

export interface Density {
  readonly x: readonly number[]
  /** Per unit of `x`; 1 in all. */
  readonly y: readonly number[]
  readonly bandwidth: number
}

/**
 * Gaussian kernel density at equal steps from 3 bandwidths below the least value to 3 above the greatest, with Silverman's rule of thumb
 * (1986, Density Estimation, eq. 3.31) for the bandwidth, as R's `density`. R sums on a grid of 512 and interpolates; here the sum is exact.
 * @param values finite
 * @returns null for fewer than 2 values, or values that are all equal
 */
export function kernelDensity(values: ArrayLike<number>, points: number): Density | null {
  const sd = standardDeviation(values)
  if (!(sd > 0)) return null
  const middle = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.34
  const bandwidth = 0.9 * (middle > 0 ? Math.min(sd, middle) : sd) * pow(values.length, -0.2)
  const sorted = Float64Array.from(values).sort()
  const [from, to] = [sorted[0] - 3 * bandwidth, sorted[sorted.length - 1] + 3 * bandwidth]
  const x = Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1))
  const height = 1 / (values.length * bandwidth * Math.sqrt(2 * Math.PI))
  const y = x.map((at) => height * sorted.reduce((sum, value) => sum + bell((at - value) / bandwidth), 0))
  return { x, y, bandwidth }
}

const bell = (z: number) => exp((-z * z) / 2)
