import { requireLevel } from './interval.ts'
import { requireProbabilities, type ProbabilityScores } from './probabilityScores.ts'
import { splitByOutcome } from './splitByOutcome.ts'
import { defaultBootstrapOptions, forEachResample, percentileInterval, type BootstrapOptions } from './stratifiedBootstrap.ts'
import { refuse } from './messages.ts'

/** One value a threshold. */
export interface CurveBand {
  readonly estimate: readonly number[]
  readonly lower: readonly number[]
  readonly upper: readonly number[]
}

/** Entry i of each list belongs to `thresholds[i]`. Treat none has net benefit 0 everywhere. */
export interface DecisionCurve {
  readonly thresholds: readonly number[]
  readonly level: number
  /** The share of positives used: the cohort's, or the one set by hand. */
  readonly prevalence: number
  /** Of treating those with probability >= threshold; in true positives a patient. */
  readonly netBenefit: CurveBand
  readonly treatAll: readonly number[]
  /** Interventions avoided a 100 patients, against treating all, at no loss of true positives. */
  readonly netReduction: CurveBand
}

/** Net benefit of the first model minus that of the second, with paired resamples. */
export interface DecisionCurveDifference {
  readonly thresholds: readonly number[]
  readonly level: number
  readonly difference: CurveBand
}

export interface DecisionCurveOptions extends BootstrapOptions {
  /** Ascending, each above 0 and below 1. */
  readonly thresholds: readonly number[]
  /** Share of positives in the population of interest; null takes the cohort's. */
  readonly prevalence: number | null
}

const leastStep = 0.001

/**
 * Thresholds from the first to the last, both included, in equal steps; without the rounding of repeated addition.
 * @throws DataError unless 0 < from <= to < 1, and for steps below 0.001: each threshold keeps a value of every resample
 */
export function spreadThresholds({
  from,
  to,
  step,
}: {
  readonly from: number
  readonly to: number
  readonly step: number
}): number[] {
  if (!(from > 0 && from <= to && to < 1 && step >= leastStep))
    throw refuse('thresholds-spread', { least: leastStep, from, to, step })
  const count = Math.floor((to - from) / step + 1e-9) + 1
  return Array.from({ length: count }, (_, k) => Math.round((from + k * step) * 1e12) / 1e12)
}

export const defaultDecisionCurveOptions: DecisionCurveOptions = {
  ...defaultBootstrapOptions,
  thresholds: spreadThresholds({ from: 0.01, to: 0.99, step: 0.01 }),
  prevalence: null,
}

/**
 * Net benefit over threshold probabilities t: SEN pi - (1 - SPE)(1 - pi) t / (1 - t), which is TP / n - FP / n x t / (1 - t)
 * at the cohort's own prevalence pi. Intervals: stratified percentile bootstrap.
 * Source: Vickers and Elkin 2006, Medical Decision Making 26, 565-574; net reduction: Vickers et al. 2008, BMC Medical
 * Informatics and Decision Making 8, 53; prevalence: Vickers, Calster, Steyerberg 2016, BMJ 352, i6.
 * @throws TypeError for scores not declared as probabilities; DataError as `splitByOutcome`, and for thresholds or a
 *   prevalence outside (0, 1)
 */
export function traceDecisionCurve(
  scores: ProbabilityScores,
  outcome: ArrayLike<number>,
  options: DecisionCurveOptions = defaultDecisionCurveOptions,
): DecisionCurve {
  const { thresholds, level } = options
  const { estimate, resampled, prevalence } = resampleNetBenefit(scores, outcome, options)
  const odds = thresholds.map((t) => t / (1 - t))
  const treatAll = odds.map((w) => prevalence - (1 - prevalence) * w)
  const band = bandOf(estimate, resampled, level)
  const toReduction = (benefit: readonly number[]) => benefit.map((value, k) => ((value - treatAll[k]) / odds[k]) * 100)
  return {
    thresholds,
    level,
    prevalence,
    netBenefit: band,
    treatAll,
    netReduction: { estimate: toReduction(band.estimate), lower: toReduction(band.lower), upper: toReduction(band.upper) },
  }
}

/** @throws as `traceDecisionCurve` */
export function compareDecisionCurves(
  first: ProbabilityScores,
  second: ProbabilityScores,
  outcome: ArrayLike<number>,
  options: DecisionCurveOptions = defaultDecisionCurveOptions,
): DecisionCurveDifference {
  const a = resampleNetBenefit(first, outcome, options)
  const b = resampleNetBenefit(second, outcome, options)
  const difference = bandOf(
    a.estimate.map((value, k) => value - b.estimate[k]),
    a.resampled.map((values, k) => values.map((value, r) => value - b.resampled[k][r])),
    options.level,
  )
  return { thresholds: options.thresholds, level: options.level, difference }
}

interface NetBenefits {
  readonly prevalence: number
  /** One a threshold. */
  readonly estimate: Float64Array
  /** One list a threshold, one value a resample. */
  readonly resampled: readonly Float64Array[]
}

function resampleNetBenefit(scores: ProbabilityScores, outcome: ArrayLike<number>, options: DecisionCurveOptions): NetBenefits {
  requireProbabilities(scores)
  requireLevel(options.level)
  const { thresholds, resamples } = options
  if (thresholds.length === 0 || thresholds.some((t, k) => !(t > (k === 0 ? 0 : thresholds[k - 1]) && t < 1)))
    throw refuse('thresholds-ascend', {})
  const { positives } = splitByOutcome(scores.values, outcome)
  const prevalence = options.prevalence ?? positives.length / outcome.length
  if (!(prevalence > 0 && prevalence < 1)) throw refuse('prevalence', { given: prevalence })
  // A patient is called positive at the first `passed` thresholds.
  const passed = Int32Array.from(scores.values, (p) => countPassed(thresholds, p))
  // Where patients are drawn with all their rows, the share of positives is drawn with them, unless it is set by hand.
  const benefitsOf = (rows: ArrayLike<number>, ones: number): Float64Array => {
    const share = options.prevalence ?? ones / rows.length
    const hits = new Int32Array(thresholds.length + 1)
    const alarms = new Int32Array(thresholds.length + 1)
    for (let i = 0; i < rows.length; i++) (outcome[rows[i]] === 1 ? hits : alarms)[passed[rows[i]]]++
    const benefits = new Float64Array(thresholds.length)
    for (let k = thresholds.length - 1, hit = 0, alarm = 0; k >= 0; k--) {
      hit += hits[k + 1]
      alarm += alarms[k + 1]
      const odds = thresholds[k] / (1 - thresholds[k])
      benefits[k] = (hit / ones) * share - (alarm / (rows.length - ones)) * (1 - share) * odds
    }
    return benefits
  }
  const resampled = thresholds.map(() => new Float64Array(resamples))
  forEachResample(outcome, options, (rows, resample, ones) => {
    benefitsOf(rows, ones).forEach((value, k) => (resampled[k][resample] = value))
  })
  return {
    prevalence,
    estimate: benefitsOf(
      Array.from(outcome, (_, row) => row),
      positives.length,
    ),
    resampled,
  }
}

function countPassed(thresholds: readonly number[], p: number): number {
  const first = thresholds.findIndex((t) => p < t)
  return first < 0 ? thresholds.length : first
}

function bandOf(estimate: Float64Array, resampled: readonly Float64Array[], level: number): CurveBand {
  const intervals = resampled.map((values) => percentileInterval(values, level))
  return {
    estimate: Array.from(estimate),
    lower: intervals.map(({ lower }) => lower),
    upper: intervals.map(({ upper }) => upper),
  }
}
