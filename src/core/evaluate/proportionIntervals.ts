import { betaQuantile, normalQuantile } from '../numeric/distributions.ts'
import { undefinedInterval, type Interval } from './interval.ts'

/**
 * Clopper and Pearson's exact interval of a proportion, R's `binom.test`. NaN for 0 of 0.
 * Source: Clopper and Pearson 1934, Biometrika 26, 404-413.
 */
export function clopperPearsonInterval(hits: number, trials: number, level: number): Interval {
  if (trials === 0) return undefinedInterval
  const tail = (1 - level) / 2
  return {
    lower: hits === 0 ? 0 : betaQuantile(tail, hits, trials - hits + 1),
    upper: hits === trials ? 1 : betaQuantile(1 - tail, hits + 1, trials - hits),
  }
}

/**
 * Wilson's score interval of a proportion, without continuity correction. NaN for 0 of 0.
 * Source: Wilson 1927, JASA 22, 209-212.
 */
export function wilsonInterval(hits: number, trials: number, level: number): Interval {
  if (trials === 0) return undefinedInterval
  const z = normalQuantile((1 + level) / 2)
  const share = hits / trials
  const square = (z * z) / trials
  const centre = (share + square / 2) / (1 + square)
  const reach = (z * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials))) / (1 + square)
  return { lower: hits === 0 ? 0 : centre - reach, upper: hits === trials ? 1 : centre + reach }
}
