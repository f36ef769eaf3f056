import { exp, log } from '../numeric/functions.ts'
import { normalQuantile } from '../numeric/distributions.ts'
import { countBelow } from '../numeric/ranks.ts'
import type { Counts } from './classification.ts'
import { undefinedInterval, type Interval } from './interval.ts'
import { clopperPearsonInterval } from './proportionIntervals.ts'
import type { RocCurve } from './roc.ts'

export interface Share {
  readonly hits: number
  readonly trials: number
  /** NaN for 0 of 0. */
  readonly estimate: number
  /** Clopper and Pearson's. */
  readonly interval: Interval
}

export interface Ratio {
  /** NaN or Infinity where it is divided by 0. */
  readonly estimate: number
  /** NaN where a cell of the table is 0. */
  readonly interval: Interval
}

/** What the four counts of a table say. */
export interface CountFigures {
  readonly counts: Counts
  readonly sensitivity: Share
  readonly specificity: Share
  readonly accuracy: Share
  /** Of the cohort, and so NaN with another prevalence set by hand: see `ppvAt`. */
  readonly ppv: Share
  readonly npv: Share
  /** Sensitivity + specificity - 1. */
  readonly youden: number
  readonly positiveRatio: Ratio
  readonly negativeRatio: Ratio
}

/** What a threshold does to the patients of a curve. */
export interface ThresholdFigures extends CountFigures {
  readonly index: number
  /** Positive is score >= threshold; infinite at both ends of the curve. */
  readonly threshold: number
}

/**
 * All that one threshold of a ROC curve says, from its counts alone.
 * @param index of `curve.thresholds`
 */
export function readThreshold(curve: RocCurve, index: number, level: number): ThresholdFigures {
  return { index, threshold: curve.thresholds[index], ...readCounts(countsAt(curve, index), level) }
}

/**
 * The figures of a table of calls by outcome. Intervals of the likelihood ratios are Simel's: ln LR +- z sqrt(1/TP -
 * 1/P + 1/FP - 1/N). Source: Simel, Samsa, Matchar 1991, J Clin Epidemiol 44, 763-770.
 * @param counts whole numbers from 0 @param level of the intervals, above 0 and below 1
 */
export function readCounts(counts: Counts, level: number): CountFigures {
  const { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn } = counts
  const [positives, negatives] = [tp + fn, tn + fp]
  const share = (hits: number, trials: number): Share => ({
    hits,
    trials,
    estimate: hits / trials,
    interval: clopperPearsonInterval(hits, trials, level),
  })
  const sensitivity = tp / positives
  const specificity = tn / negatives
  return {
    counts,
    sensitivity: share(tp, positives),
    specificity: share(tn, negatives),
    accuracy: share(tp + tn, positives + negatives),
    ppv: share(tp, tp + fp),
    npv: share(tn, tn + fn),
    youden: sensitivity + specificity - 1,
    positiveRatio: ratio(sensitivity / (1 - specificity), tp, positives, fp, negatives, level),
    negativeRatio: ratio((1 - sensitivity) / specificity, fn, positives, tn, negatives, level),
  }
}

export function countsAt({ truePositives, trueNegatives, positives, negatives }: RocCurve, index: number): Counts {
  return {
    truePositives: truePositives[index],
    falsePositives: negatives - trueNegatives[index],
    trueNegatives: trueNegatives[index],
    falseNegatives: positives - truePositives[index],
  }
}

function ratio(estimate: number, hits: number, ofHits: number, others: number, ofOthers: number, level: number): Ratio {
  if (hits === 0 || others === 0) return { estimate, interval: undefinedInterval }
  const error = Math.sqrt(1 / hits - 1 / ofHits + 1 / others - 1 / ofOthers)
  const reach = normalQuantile((1 + level) / 2) * error
  const middle = log(estimate)
  return { estimate, interval: { lower: exp(middle - reach), upper: exp(middle + reach) } }
}

/** Predictive values in a population of prevalence pi, by Bayes: SEN pi / (SEN pi + (1 - SPE)(1 - pi)), and alike. */
export function predictiveValues(sensitivity: number, specificity: number, prevalence: number) {
  const [found, missed] = [sensitivity * prevalence, (1 - sensitivity) * prevalence]
  const [spared, alarmed] = [specificity * (1 - prevalence), (1 - specificity) * (1 - prevalence)]
  return { ppv: found / (found + alarmed), npv: spared / (spared + missed) }
}

/** Each score once, ascending: vertex `i` of the curve calls the patients from `distinct[i]` on positive. */
export function distinctScores(scores: ArrayLike<number>): Float64Array {
  return Float64Array.from(new Set(Array.from(scores))).sort()
}

/** The vertex of the curve that calls the same patients positive as the threshold: it has as many distinct scores below it. */
export const vertexAt = (distinct: Float64Array, threshold: number): number => countBelow(distinct, threshold)
