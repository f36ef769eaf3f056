import { mean, standardDeviation } from '../numeric/moments.ts'

export interface BlandAltman {
  /** Second less first, a patient each. */
  readonly differences: readonly number[]
  readonly means: readonly number[]
  /** Mean of the differences. */
  readonly bias: number
  readonly sd: number
  /** Between them 95 % of differences are expected. */
  readonly limits: readonly [lower: number, upper: number]
}

/**
 * Limits of agreement: bias -+ 1.96 SD (Bland and Altman 1986, Lancet 327(8476), 307-310). Pairs with a value that is not finite are left out.
 * @returns null for fewer than 2 pairs
 */
export function blandAltman(first: ArrayLike<number>, second: ArrayLike<number>): BlandAltman | null {
  const pairs = Array.from(first, (a, i) => [a, second[i]] as const).filter((pair) => pair.every(Number.isFinite))
  if (pairs.length < 2) return null
  const differences = pairs.map(([a, b]) => b - a)
  const [bias, sd] = [mean(differences), standardDeviation(differences)]
  return { differences, means: pairs.map(([a, b]) => (a + b) / 2), bias, sd, limits: [bias - 1.96 * sd, bias + 1.96 * sd] }
}
