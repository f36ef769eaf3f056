import { forEachResample, percentileInterval, type BootstrapOptions } from './stratifiedBootstrap.ts'
import { splitByOutcome } from './splitByOutcome.ts'

/** Pointwise intervals of the sensitivity at fixed specificities. Entry i of each list belongs to `specificities[i]`. */
export interface RocBand {
  readonly level: number
  readonly resamples: number
  /** Ascending, 0 to 1. */
  readonly specificities: readonly number[]
  readonly lower: readonly number[]
  readonly upper: readonly number[]
}

/** Every hundredth: the band is drawn, not read. */
const bandSpecificities: readonly number[] = Array.from({ length: 101 }, (_, k) => k / 100)

/**
 * The band of an empirical ROC curve, as pROC's `ci.se`: percentile intervals over stratified resamples of the sensitivity at each
 * specificity, which between two points of a resample's curve is interpolated.
 * @throws as `splitByOutcome` and `forEachResample`
 */
export function traceRocBand(
  scores: ArrayLike<number>,
  outcome: ArrayLike<number>,
  options: BootstrapOptions,
  specificities: readonly number[] = bandSpecificities,
): RocBand {
  splitByOutcome(scores, outcome)
  const distinct = [...new Set(Array.from(scores))].sort((a, b) => a - b)
  const place = new Map(distinct.map((score, k) => [score, k]))
  const placeOf = Int32Array.from(scores, (score) => place.get(score)!)
  const drawn = specificities.map(() => new Float64Array(options.resamples))
  const ones = new Int32Array(distinct.length)
  const zeros = new Int32Array(distinct.length)
  forEachResample(outcome, options, (rows, resample, positives) => {
    ones.fill(0)
    zeros.fill(0)
    for (let i = 0; i < rows.length; i++) (i < positives ? ones : zeros)[placeOf[rows[i]]]++
    sensitivitiesAt(specificities, ones, zeros, positives, rows.length - positives).forEach(
      (value, k) => (drawn[k][resample] = value),
    )
  })
  const intervals = drawn.map((values) => percentileInterval(values, options.level))
  return {
    level: options.level,
    resamples: options.resamples,
    specificities,
    lower: intervals.map(({ lower }) => lower),
    upper: intervals.map(({ upper }) => upper),
  }
}

/** Walks a curve from specificity 0, where all are called positive; NaN where a resample of whole patients lacks a class. */
function sensitivitiesAt(
  specificities: readonly number[],
  ones: Int32Array,
  zeros: Int32Array,
  positives: number,
  negatives: number,
): Float64Array {
  const found = new Float64Array(specificities.length).fill(NaN)
  if (positives === 0 || negatives === 0) return found
  let before = { specificity: 0, sensitivity: 1 }
  let missed = 0
  let spared = 0
  let next = specificities.findIndex((specificity) => specificity > 0)
  if (next < 0) next = specificities.length
  // A point that is met has the sensitivity it is reached with: the highest of a vertical step.
  found.fill(1, 0, next)
  for (let k = 0; k < ones.length && next < specificities.length; k++) {
    missed += ones[k]
    spared += zeros[k]
    const after = { specificity: spared / negatives, sensitivity: 1 - missed / positives }
    for (; next < specificities.length && specificities[next] < after.specificity; next++)
      found[next] = between(before, after, specificities[next])
    before = after
    for (; next < specificities.length && specificities[next] === after.specificity; next++) found[next] = after.sensitivity
  }
  return found
}

interface RocPoint {
  readonly specificity: number
  readonly sensitivity: number
}

function between(before: RocPoint, after: RocPoint, specificity: number): number {
  const share = (specificity - before.specificity) / (after.specificity - before.specificity)
  return before.sensitivity + share * (after.sensitivity - before.sensitivity)
}
