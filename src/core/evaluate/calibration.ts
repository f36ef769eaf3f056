import { normalQuantile } from '../numeric/distributions.ts'
import { exp, log } from '../numeric/functions.ts'
import { fitGlm, logit, type GlmFit } from '../statistics/fitGlm.ts'
import { quantile } from '../numeric/quantile.ts'
import { groupByRisk, testHosmerLemeshow, type HosmerLemeshow, type RiskGroup } from './hosmerLemeshow.ts'
import type { Interval } from './interval.ts'
import { smoothLoess } from './loess.ts'
import { smoothLowess, type SmoothCurve } from './lowess.ts'
import { requireProbabilities, type ProbabilityScores } from './probabilityScores.ts'
import { splitByOutcome } from './splitByOutcome.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

/** A coefficient with Wald's interval; NaN where it cannot be estimated. */
export interface Coefficient {
  readonly estimate: number
  readonly standardError: number
  readonly interval: Interval
}

/** How far observed shares lie from predicted ones, over the patients: mean, median, 90th percentile, maximum. */
export interface Distances {
  readonly mean: number
  readonly median: number
  readonly p90: number
  readonly maximum: number
}

export interface Calibration {
  /** Shown with every figure: the patients the model learnt from calibrate themselves. */
  readonly note: Message | null
  readonly patients: number
  readonly events: number
  readonly meanPredicted: number
  /** Patients with a probability of exactly 0 or 1. They have no logit and are left out of the four figures below, as in rms. */
  readonly zeroOrOne: number
  /** Calibration in the large: intercept of glm(y ~ offset(logit p)); 0 is ideal. */
  readonly inTheLarge: Coefficient
  /** Intercept of glm(y ~ logit p), rms's Intercept. */
  readonly jointIntercept: Coefficient
  /** Slope of glm(y ~ logit p), rms's Slope; 1 is ideal. NaN when all probabilities are equal. */
  readonly slope: Coefficient
  /** Nagelkerke's R2 of the probabilities as they are, rms's R2. */
  readonly r2: number
  /** Mean squared distance of probability and outcome. */
  readonly brier: number
  /** 1 - brier / (share (1 - share)): 1 is perfect, 0 as good as the cohort's share of events. */
  readonly brierScaled: number
  /** Tenths by predicted probability; tied quantiles are merged. */
  readonly deciles: readonly RiskGroup[]
  readonly hosmerLemeshow: HosmerLemeshow
  /** The calibration curve, R's `lowess(p, y, iter = 0)` as rms draws it. */
  readonly curve: SmoothCurve
  /** Distances from that curve: rms's Eavg, (its median), E90 and Emax. */
  readonly lowessDistances: Distances
  /** ICI, E50, E90 and Emax of Austin and Steyerberg, from R's `loess`; null when it cannot be fitted. */
  readonly loessDistances: Distances | null
}

export interface CalibrationOptions {
  /** Whether these are the patients that the model was fitted on. */
  readonly role: 'training' | 'validation'
  /** Apparent calibration of an unpenalised logistic model (or recalibration) holds by construction, and is labelled so. */
  readonly apparentLogistic: boolean
  readonly groups: number
  readonly level: number
}

export const defaultCalibrationOptions: CalibrationOptions = {
  role: 'validation',
  apparentLogistic: false,
  groups: 10,
  level: 0.95,
}

/**
 * Agreement of predicted probabilities and outcomes. Sources: Cox 1958, Biometrika 45, 562-565 (intercept and slope); Harrell,
 * rms `val.prob`; Steyerberg et al. 2010, Epidemiology 21, 128-138; Austin and Steyerberg 2019, Statistics in Medicine 38,
 * 4051-4065 (ICI).
 * @throws TypeError for scores not declared as probabilities; DataError as `splitByOutcome`
 */
export function calibrate(
  scores: ProbabilityScores,
  outcome: ArrayLike<number>,
  options: CalibrationOptions = defaultCalibrationOptions,
): Calibration {
  requireProbabilities(scores)
  const p = scores.values
  const { positives } = splitByOutcome(p, outcome)
  const events = positives.length
  const share = events / p.length
  const brier = meanOf(p, (value, i) => (value - outcome[i]) * (value - outcome[i]))
  const deciles = groupByRisk(p, outcome, options.groups, options.level)
  const curve = smoothLowess(p, outcome)
  const local = smoothLoess(p, outcome)
  return {
    note: options.apparentLogistic ? tell('calibrated-by-construction', {}) : null,
    patients: p.length,
    events,
    meanPredicted: meanOf(p, (value) => value),
    ...calibrateLogits(p, outcome, options.level),
    brier,
    brierScaled: 1 - brier / (share * (1 - share)),
    deciles,
    hosmerLemeshow: testHosmerLemeshow(deciles, options.role),
    curve,
    lowessDistances: summarise(curve.x.map((x, i) => Math.abs(x - curve.y[i]))),
    loessDistances: local && summarise(Array.from(local, (value, i) => Math.abs(value - p[i]))),
  }
}

type LogitFigures = Pick<Calibration, 'zeroOrOne' | 'inTheLarge' | 'jointIntercept' | 'slope' | 'r2'>

function calibrateLogits(p: Float64Array, outcome: ArrayLike<number>, level: number): LogitFigures {
  const rows = Array.from(p, (_, i) => i).filter((i) => p[i] > 0 && p[i] < 1)
  const zeroOrOne = p.length - rows.length
  const y = rows.map((i) => outcome[i])
  const events = y.reduce((sum, value) => sum + value, 0)
  if (events === 0 || events === y.length)
    return { zeroOrOne, inTheLarge: unknown, jointIntercept: unknown, slope: unknown, r2: NaN }
  const logits = Float64Array.from(rows, (i) => logit(p[i]))
  const ones = new Float64Array(rows.length).fill(1)
  const large = fitGlm({ design: ones, outcome: y, offset: logits })
  const joint = fitGlm({ design: Float64Array.of(...ones, ...logits), outcome: y })
  const deviance = -2 * rows.reduce((sum, i) => sum + log(outcome[i] === 1 ? p[i] : 1 - p[i]), 0)
  const share = events / y.length
  const nullDeviance = -2 * (events * log(share) + (y.length - events) * log(1 - share))
  return {
    zeroOrOne,
    inTheLarge: coefficientOf(large, 0, level),
    jointIntercept: coefficientOf(joint, 0, level),
    slope: coefficientOf(joint, 1, level),
    r2: (1 - exp((deviance - nullDeviance) / y.length)) / (1 - exp(-nullDeviance / y.length)),
  }
}

const unknown: Coefficient = { estimate: NaN, standardError: NaN, interval: { lower: NaN, upper: NaN } }

function coefficientOf({ coefficients, covariance, converged, zeroOrOne }: GlmFit, at: number, level: number): Coefficient {
  // Where the classes are separated there is no maximum of the likelihood.
  if (!converged || zeroOrOne) return unknown
  const standardError = Math.sqrt(covariance[at * coefficients.length + at])
  const reach = normalQuantile((1 + level) / 2) * standardError
  return {
    estimate: coefficients[at],
    standardError,
    interval: { lower: coefficients[at] - reach, upper: coefficients[at] + reach },
  }
}

function summarise(distances: readonly number[]): Distances {
  return {
    mean: distances.reduce((sum, x) => sum + x, 0) / distances.length,
    median: quantile(distances, 0.5),
    p90: quantile(distances, 0.9),
    maximum: distances.reduce((a, b) => Math.max(a, b)),
  }
}

function meanOf(p: Float64Array, of: (value: number, i: number) => number): number {
  return p.reduce((sum, value, i) => sum + of(value, i), 0) / p.length
}
