import { splitByOutcome } from './splitByOutcome.ts'

/**
 * An empirical ROC curve. A patient is called positive when the score is at least the threshold: the direction is fixed and
 * never guessed from the data, so an AUC below 0.5 is possible and means that the score is wrong in this cohort. Entry i of
 * every list belongs to `thresholds[i]`. Thresholds ascend from -Infinity (all called positive) over the midpoints of
 * neighbouring distinct scores to Infinity (none).
 */
export interface RocCurve {
  readonly positives: number
  readonly negatives: number
  readonly thresholds: readonly number[]
  readonly truePositives: readonly number[]
  readonly trueNegatives: readonly number[]
  readonly sensitivity: readonly number[]
  readonly specificity: readonly number[]
  /** P(score of a positive > score of a negative) + P(equal) / 2. */
  readonly auc: number
}

/**
 * All points of the ROC curve, with the thresholds of pROC (`coords(x = "all")`). Source: Fawcett 2006, Pattern Recognition
 * Letters 27, algorithm 1; the area is the trapezoids' = Mann and Whitney's U / (positives x negatives).
 * @param outcome 0 or 1 a score; 1 is positive, and a higher score speaks for it
 * @throws DataError as `splitByOutcome`
 */
export function traceRoc(scores: ArrayLike<number>, outcome: ArrayLike<number>): RocCurve {
  const split = splitByOutcome(scores, outcome)
  const positives = split.positives.sort()
  const negatives = split.negatives.sort()
  const thresholds = [-Infinity]
  const truePositives = [positives.length]
  const trueNegatives = [0]
  let twiceWins = 0
  let below = -Infinity
  for (let p = 0, n = 0; p < positives.length || n < negatives.length;) {
    const score = Math.min(positives[p] ?? Infinity, negatives[n] ?? Infinity)
    if (p + n > 0) {
      thresholds.push(middle(below, score))
      truePositives.push(positives.length - p)
      trueNegatives.push(n)
    }
    below = score
    const firstPositive = p
    const firstNegative = n
    while (positives[p] === score) p++
    while (negatives[n] === score) n++
    twiceWins += (p - firstPositive) * (firstNegative + n)
  }
  thresholds.push(Infinity)
  truePositives.push(0)
  trueNegatives.push(negatives.length)
  return {
    positives: positives.length,
    negatives: negatives.length,
    thresholds,
    truePositives,
    trueNegatives,
    sensitivity: truePositives.map((count) => count / positives.length),
    specificity: trueNegatives.map((count) => count / negatives.length),
    auc: twiceWins / (2 * positives.length * negatives.length),
  }
}

/** Of two neighbours; never the lower one, which must stay negative, and without overflow. */
function middle(lower: number, upper: number): number {
  const half = Math.abs(lower + upper) === Infinity ? lower / 2 + upper / 2 : (lower + upper) / 2
  return half > lower ? half : upper
}
