import { requireProbabilities, type ProbabilityScores } from './probabilityScores.ts'
import { splitByOutcome } from './splitByOutcome.ts'
import {
  defaultBootstrapOptions,
  forEachResample,
  percentileInterval,
  type BootstrapInterval,
  type BootstrapOptions,
} from './stratifiedBootstrap.ts'

export interface Improvement {
  readonly estimate: number
  readonly bootstrap: BootstrapInterval
}

/**
 * NRI and IDI of a new model against an old one. Given on request only, and without P: NRI rises with models that add noise,
 * and its usual tests are wrong (Pepe et al. 2015, Statistics in Biosciences 7, 282-295). Read it beside net benefit.
 */
export interface Reclassification {
  /** Net share moved up, counting every change (category free) or changes of risk class. -2 to 2. */
  readonly nri: Improvement
  readonly nriPositives: Improvement
  readonly nriNegatives: Improvement
  /** Difference of the models' mean probability in positives minus that in negatives. */
  readonly idi: Improvement
  readonly level: number
}

export interface ReclassificationOptions extends BootstrapOptions {
  /** Borders of risk classes, a class holding its lower border; none for the category-free NRI. */
  readonly borders: readonly number[]
}

export const defaultReclassificationOptions: ReclassificationOptions = { ...defaultBootstrapOptions, borders: [] }

/**
 * Source: Pencina et al. 2008, Statistics in Medicine 27, 157-172; category free: Pencina, D'Agostino, Steyerberg 2011,
 * Statistics in Medicine 30, 11-21.
 * @throws TypeError for scores not declared as probabilities; DataError as `splitByOutcome`
 */
export function compareReclassification(
  old: ProbabilityScores,
  better: ProbabilityScores,
  outcome: ArrayLike<number>,
  options: ReclassificationOptions = defaultReclassificationOptions,
): Reclassification {
  requireProbabilities(old)
  requireProbabilities(better)
  const own = splitByOutcome(old.values, outcome).positives.length
  splitByOutcome(better.values, outcome)
  const { borders, level, resamples } = options
  const classOf = (p: number) => borders.filter((border) => p >= border).length
  const placeOf = borders.length > 0 ? classOf : (p: number) => p
  const moves = old.values.map((p, i) => Math.sign(placeOf(better.values[i]) - placeOf(p)))
  const gains = old.values.map((p, i) => better.values[i] - p)
  /** Positives come first in `rows`. */
  const figures = (rows: ArrayLike<number>, positives: number) => {
    const up = meanOver(moves, rows, 0, positives)
    const down = -meanOver(moves, rows, positives, rows.length)
    return [up + down, up, down, meanOver(gains, rows, 0, positives) - meanOver(gains, rows, positives, rows.length)]
  }
  const all = Array.from(outcome, (_, row) => row)
  const estimates = figures([...all.filter((row) => outcome[row] === 1), ...all.filter((row) => outcome[row] !== 1)], own)
  const resampled = estimates.map(() => new Float64Array(resamples))
  forEachResample(outcome, options, (rows, resample, positives) => {
    figures(rows, positives).forEach((value, k) => (resampled[k][resample] = value))
  })
  const [nri, nriPositives, nriNegatives, idi] = estimates.map((estimate, k) => ({
    estimate,
    bootstrap: percentileInterval(resampled[k], level),
  }))
  return { nri, nriPositives, nriNegatives, idi, level }
}

function meanOver(values: Float64Array, rows: ArrayLike<number>, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[rows[i]]
  return sum / (to - from)
}
