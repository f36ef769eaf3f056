import { exp, log } from '../numeric/functions.ts'
import { normalQuantile } from '../numeric/distributions.ts'
import { trigamma } from '../numeric/trigamma.ts'
import { meanOverNormal } from './meanOverNormal.ts'
import { greatest, requireAuc, requireCountable, requirePrevalence, z95, type SizeCriterion } from './sizeCriterion.ts'
import { refuse } from './messages.ts'

/** How the model's answers are spread over the patients of the validation cohort. */
export type PredictorDistribution =
  /** The linear predictor (logit of the risk) is normal. */
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  /** The risk has a beta distribution. */
  | { readonly kind: 'beta'; readonly alpha: number; readonly beta: number }
  /** The linear predictor is normal in either class with one variance: the one that has the AUC and the prevalence. */
  | { readonly kind: 'two normals' }

export interface ValidationInput {
  /** Share of patients with the outcome, above 0 and below 1. */
  readonly prevalence: number
  /** Expected in validation, above 0.5 and below 1. */
  readonly auc: number
  readonly predictor: PredictorDistribution
  /** Expected number of events over the number that the model predicts. */
  readonly observedOverExpected: number
}

/** Widths of 95 % intervals. */
export interface ValidationTargets {
  readonly observedOverExpected: number
  readonly slope: number
  readonly auc: number
}

export const defaultValidationTargets: ValidationTargets = { observedOverExpected: 0.2, slope: 0.2, auc: 0.1 }

export interface ValidationCriterion extends SizeCriterion {
  readonly name: 'observed over expected' | 'calibration slope' | 'AUC'
  /** Of the logarithm, for observed over expected. */
  readonly standardError: number
}

export interface ValidationPlan {
  readonly kind: 'validation'
  readonly input: ValidationInput
  readonly targets: ValidationTargets
  /** Mean of the risks that the distribution gives; far from the prevalence, one of the two is wrong. */
  readonly meanRisk: number
  readonly criteria: readonly ValidationCriterion[]
  /** The criterion that needs most patients. */
  readonly needed: ValidationCriterion
}

/** pmvalsampsize raises the standard error in such steps until the interval is as wide as it may be. */
const stepOfStandardError = 1e-4

/**
 * Fewest patients to validate a model with: Riley et al. 2021 (Statistics in Medicine 40:4230, doi 10.1002/sim.9025), for a
 * model that is calibrated (intercept 0, slope 1). The patients are those of the R package pmvalsampsize 0.1.0, which simulates the
 * linear predictor where this integrates.
 * @throws DataError for input that no model can have
 */
export function planValidation(input: ValidationInput, targets: ValidationTargets = defaultValidationTargets): ValidationPlan {
  const { prevalence, auc, observedOverExpected } = input
  requirePrevalence(prevalence)
  requireAuc(auc)
  if (!(observedOverExpected > 0 && Number.isFinite(observedOverExpected)))
    throw refuse('plan-observed-over-expected', { given: observedOverExpected })
  for (const [what, value] of [
    ['observedOverExpected', targets.observedOverExpected],
    ['slope', targets.slope],
    ['auc', targets.auc],
  ] as const)
    // prettier-ignore
    if (!(value > 0 && value < Infinity))
      throw refuse('plan-interval-width', { what, value })
  const spread = spreadOf(input)
  const ratioError = standardErrorOfRatio(observedOverExpected, targets.observedOverExpected)
  const slopeError = targets.slope / (2 * z95)
  const aucPatients = patientsForAuc(auc, prevalence, targets.auc)
  const criteria = [
    { name: 'observed over expected', patients: Math.ceil((1 - prevalence) / (prevalence * ratioError * ratioError)), standardError: ratioError },
    { name: 'calibration slope', patients: Math.ceil(1 / (slopeError * slopeError * spread.information)), standardError: slopeError },
    { name: 'AUC', patients: aucPatients, standardError: standardErrorOfAuc(auc, prevalence, aucPatients) },
  ] as const // prettier-ignore
  const counted = criteria.map((criterion) => ({
    ...criterion,
    patients: requireCountable(criterion.patients),
    events: Math.ceil(criterion.patients * prevalence),
  }))
  return {
    kind: 'validation',
    input,
    targets,
    meanRisk: spread.meanRisk,
    criteria: counted,
    needed: greatest(counted),
  }
}

/** Of its logarithm, in pmvalsampsize's steps: exp(±1.96 SE) around the ratio is as wide as asked for. */
function standardErrorOfRatio(ratio: number, width: number): number {
  const half = width / (2 * ratio)
  const exact = log(half + Math.sqrt(half * half + 1)) / z95
  return Math.max(1, Math.ceil(exact / stepOfStandardError - 1e-9)) * stepOfStandardError
}

/**
 * Newcombe 2006 (Statistics in Medicine 25:559, method 4) for `patients` patients: Hanley and McNeil's variance with the mean
 * number of a class in place of either.
 */
function standardErrorOfAuc(auc: number, prevalence: number, patients: number): number {
  const each = patients / 2 - 1
  const variance = (auc * (1 - auc) * (1 + (each * (1 - auc)) / (2 - auc) + (each * auc) / (1 + auc))) / (patients * patients * prevalence * (1 - prevalence)) // prettier-ignore
  return Math.sqrt(variance)
}

/** The standard error falls with the patients; the quadratic that it solves gives their number, to rounding. */
function patientsForAuc(auc: number, prevalence: number, width: number): number {
  const target = width / (2 * z95)
  const pairs = (1 - auc) / (2 - auc) + auc / (1 + auc)
  const scale = (auc * (1 - auc)) / (prevalence * (1 - prevalence) * target * target)
  const linear = (scale * pairs) / 2
  const root = Math.floor((linear + Math.sqrt(linear * linear + 4 * scale * (1 - pairs))) / 2)
  const isEnough = (patients: number) => 2 * z95 * standardErrorOfAuc(auc, prevalence, patients) <= width
  return [root - 1, root, root + 1, root + 2].find((patients) => patients >= 2 && isEnough(patients)) ?? Infinity
}

interface Spread {
  readonly meanRisk: number
  /** That one patient gives on the slope, the intercept being estimated too: (I00 I11 - I01²) / I00. */
  readonly information: number
}

function spreadOf({ predictor, prevalence, auc }: ValidationInput): Spread {
  if (predictor.kind === 'beta') return spreadOfBeta(predictor.alpha, predictor.beta)
  if (predictor.kind === 'normal') {
    const { mean, sd } = predictor
    if (!(Number.isFinite(mean) && sd > 0 && Number.isFinite(sd))) throw refuse('plan-normal-predictor', { mean, sd })
    return spreadOfLogits((f) => meanOverNormal((z) => f(mean + sd * z)))
  }
  // In this model the logit of the risk is the predictor itself, so its means follow from the prevalence.
  const sd = Math.SQRT2 * normalQuantile(auc)
  const variance = sd * sd
  const mean = log(prevalence / (1 - prevalence)) - variance / 2
  return spreadOfLogits(
    (f) =>
      (1 - prevalence) * meanOverNormal((z) => f(mean + sd * z)) +
      prevalence * meanOverNormal((z) => f(mean + variance + sd * z)),
  )
}

function spreadOfLogits(meanOf: (f: (logit: number) => number) => number): Spread {
  const meanRisk = meanOf((logit) => 1 / (1 + exp(-logit)))
  const weight = (logit: number) => {
    const odds = exp(-Math.abs(logit))
    return odds / ((1 + odds) * (1 + odds))
  }
  const total = meanOf(weight)
  const centre = meanOf((logit) => logit * weight(logit)) / total
  return { meanRisk, information: meanOf((logit) => (logit - centre) * (logit - centre) * weight(logit)) }
}

/** Weighted by risk (1 - risk), a beta's logits are those of the beta with both parameters one greater, whose variance is known. */
function spreadOfBeta(alpha: number, beta: number): Spread {
  if (!(alpha > 0 && beta > 0 && Number.isFinite(alpha) && Number.isFinite(beta)))
    throw refuse('plan-beta-risks', { alpha, beta })
  const sum = alpha + beta
  const weight = ((alpha / sum) * (beta / sum) * sum) / (sum + 1)
  return { meanRisk: alpha / sum, information: weight * (trigamma(alpha + 1) + trigamma(beta + 1)) }
}
