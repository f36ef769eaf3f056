import { log } from '../numeric/functions.ts'
import { traceRoc } from './roc.ts'
import { splitByOutcome } from './splitByOutcome.ts'
import { forEachResample, percentileInterval, type BootstrapInterval, type BootstrapOptions } from './stratifiedBootstrap.ts'

/** Entry i belongs to `thresholds[i]`; they descend over the distinct scores, so that recall ascends to 1. */
export interface PrecisionRecallCurve {
  readonly thresholds: readonly number[]
  readonly recall: readonly number[]
  readonly precision: readonly number[]
  /** Sum of precision x step of recall, scikit-learn's `average_precision_score`. */
  readonly averagePrecision: number
  /** Area under the curve, interpolated between points as counts are (not by straight lines, which flatter). */
  readonly area: number
  /** Share of positives: the precision of a score without information. */
  readonly prevalence: number
}

/**
 * Precision and recall at every distinct score (positive is score >= threshold).
 * The area interpolates between neighbouring points with false positives linear in true positives, of which the integral has
 * a closed form; from the first point back to recall 0 its precision is kept.
 * Source: Davis and Goadrich 2006, ICML, 233-240; Keilwagen, Grosse, Grau 2014, PLoS ONE 9, e92209, eq. 5.
 * @throws DataError as `splitByOutcome`
 */
export function tracePrecisionRecall(scores: ArrayLike<number>, outcome: ArrayLike<number>): PrecisionRecallCurve {
  const { positives, negatives, truePositives, trueNegatives } = traceRoc(scores, outcome)
  const distinct = [...new Set(Float64Array.from(scores).sort())].reverse()
  const hits = truePositives.slice(0, -1).reverse()
  const alarms = trueNegatives
    .slice(0, -1)
    .reverse()
    .map((count) => negatives - count)
  const precision = hits.map((count, i) => count / (count + alarms[i]))
  let averagePrecision = 0
  let area = 0
  for (let i = 0; i < hits.length; i++) {
    const from = i === 0 ? 0 : hits[i - 1]
    averagePrecision += ((hits[i] - from) / positives) * precision[i]
    if (hits[i] === from) continue
    const slope = (alarms[i] - (i === 0 ? 0 : alarms[i - 1])) / (hits[i] - from)
    const shift = (i === 0 ? 0 : alarms[i - 1]) - slope * from
    area += integratePrecision(from, hits[i], slope, shift) / positives
  }
  return {
    thresholds: distinct,
    recall: hits.map((count) => count / positives),
    precision,
    averagePrecision,
    area,
    prevalence: positives / (positives + negatives),
  }
}

/**
 * Percentile interval of the average precision over stratified resamples, in which the prevalence is the cohort's.
 * @throws DataError as `splitByOutcome` and `forEachResample`
 */
export function bootstrapAveragePrecision(
  scores: ArrayLike<number>,
  outcome: ArrayLike<number>,
  options: BootstrapOptions,
): BootstrapInterval {
  splitByOutcome(scores, outcome)
  const descending = [...new Set(Float64Array.from(scores).sort())].reverse()
  const placeOf = new Map(descending.map((score, k) => [score, k]))
  const place = Int32Array.from(scores, (score) => placeOf.get(score)!)
  const hits = new Int32Array(descending.length)
  const calls = new Int32Array(descending.length)
  const drawn = new Float64Array(options.resamples)
  forEachResample(outcome, options, (rows, resample, positives) => {
    hits.fill(0)
    calls.fill(0)
    for (let i = 0; i < rows.length; i++) {
      calls[place[rows[i]]]++
      if (i < positives) hits[place[rows[i]]]++
    }
    let [found, called, sum] = [0, 0, 0]
    for (let k = 0; k < hits.length; k++) {
      found += hits[k]
      called += calls[k]
      if (hits[k] > 0) sum += (hits[k] * found) / called
    }
    drawn[resample] = sum / positives
  })
  return percentileInterval(drawn, options.level)
}

/** Of x / (x + slope x + shift) over x. */
function integratePrecision(from: number, to: number, slope: number, shift: number): number {
  const a = 1 + slope
  const straight = (to - from) / a
  return shift === 0 ? straight : straight - (shift / (a * a)) * log((a * to + shift) / (a * from + shift))
}
