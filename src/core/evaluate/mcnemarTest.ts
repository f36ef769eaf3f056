import { chiSquareProbability } from '../numeric/distributions.ts'

/** Two models' calls of the same patients, where they differ. */
export interface McNemarTest {
  /** Patients whom only the first, and only the second, calls positive. */
  readonly onlyFirst: number
  readonly onlySecond: number
  /** (|b - c| - 1)^2 / (b + c), as R's `mcnemar.test`; NaN where the calls agree. */
  readonly statistic: number
  readonly p: number
  /** Two-sided binomial test of b in b + c at 1/2; 1 where the calls agree. */
  readonly exactP: number
}

/**
 * McNemar's test of two models' calls. Source: McNemar 1947, Psychometrika 12, 153-157, with Edwards's continuity correction (1948).
 * @param first, second whether each patient is called positive, in the same order
 */
export function mcnemarTest(first: ArrayLike<boolean>, second: ArrayLike<boolean>): McNemarTest {
  let [onlyFirst, onlySecond] = [0, 0]
  for (let i = 0; i < first.length; i++) {
    if (first[i] && !second[i]) onlyFirst++
    if (!first[i] && second[i]) onlySecond++
  }
  const differing = onlyFirst + onlySecond
  const distance = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1)
  const statistic = (distance * distance) / differing
  return {
    onlyFirst,
    onlySecond,
    statistic,
    p: chiSquareProbability(statistic, 1, true),
    exactP: Math.min(1, 2 * chanceOfAtMost(Math.min(onlyFirst, onlySecond), differing)),
  }
}

/** Of a fair coin, from its middle outwards: no term underflows before it is too small to count. */
function chanceOfAtMost(hits: number, tosses: number): number {
  const middle = Math.floor(tosses / 2)
  const terms = [1]
  for (let k = middle; k > 0; k--) terms.push((terms.at(-1)! * k) / (tosses - k + 1))
  // terms[d] belongs to middle - d hits, over that of the middle.
  const below = terms.reduce((sum, term) => sum + term, 0)
  const all = tosses % 2 === 0 ? 2 * below - 1 : 2 * below
  return terms.slice(middle - hits).reduce((sum, term) => sum + term, 0) / all
}
