import { forEachResample, percentileInterval, type BootstrapInterval, type BootstrapOptions } from './stratifiedBootstrap.ts'
import { splitByOutcome } from './splitByOutcome.ts'

export const defaultBootstrapAucOptions: BootstrapOptions = { resamples: 10_000, seed: 1, level: 0.95 }

/**
 * Stratified percentile bootstrap of the AUC, pROC's `ci.auc(method = "bootstrap")` with an interval of type 7.
 * @throws DataError as `splitByOutcome`
 */
export function bootstrapAuc(
  scores: ArrayLike<number>,
  outcome: ArrayLike<number>,
  options: BootstrapOptions = defaultBootstrapAucOptions,
): BootstrapInterval {
  return percentileInterval(resampleAuc(scores, outcome, options), options.level)
}

/**
 * The AUC of every resample. Scores of two models with the same outcome and options meet the same patients in each, so that
 * the differences are paired. No resample is sorted: the patients' places are, once, and a resample counts them.
 */
export function resampleAuc(scores: ArrayLike<number>, outcome: ArrayLike<number>, options: BootstrapOptions): Float64Array {
  splitByOutcome(scores, outcome)
  const { place, places } = placesOf(scores)
  const count = new Int32Array(places)
  const twiceBelow = new Int32Array(places)
  const aucs = new Float64Array(options.resamples)
  forEachResample(outcome, options, (rows, resample, positives) => {
    count.fill(0)
    for (let i = positives; i < rows.length; i++) count[place[rows[i]]]++
    let below = 0
    for (let k = 0; k < places; k++) {
      twiceBelow[k] = 2 * below + count[k]
      below += count[k]
    }
    let twiceWins = 0
    for (let i = 0; i < positives; i++) twiceWins += twiceBelow[place[rows[i]]]
    aucs[resample] = twiceWins / (2 * positives * (rows.length - positives))
  })
  return aucs
}

/** Each score's place among the distinct ones, from 0 upwards. */
function placesOf(scores: ArrayLike<number>): { place: Int32Array; places: number } {
  const distinct = [...new Set(Float64Array.from(scores).sort())]
  const placeOf = new Map(distinct.map((score, i) => [score, i]))
  return { place: Int32Array.from(scores, (score) => placeOf.get(score)!), places: distinct.length }
}
