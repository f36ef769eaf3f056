import { exp, expm1, log, log1p } from '../numeric/functions.ts'
import { normalQuantile } from '../numeric/distributions.ts'
import { meanOverNormal } from './meanOverNormal.ts'
import {
  greatest,
  requireAuc,
  requireCount,
  requireCountable,
  requirePrevalence,
  z95,
  type SizeCriterion,
} from './sizeCriterion.ts'
import { refuse } from './messages.ts'

/** What the model is expected to reach, as a model of the same kind did in patients that it was not learnt from. */
export type ExpectedFit =
  | { readonly coxSnell: number }
  /** Cox and Snell's over its greatest possible value. */
  | { readonly nagelkerke: number }
  | { readonly auc: number }

export interface DevelopmentInput {
  /** Coefficients that are estimated, all that selection may choose from among them; from 1. */
  readonly parameters: number
  /** Share of patients with the outcome, above 0 and below 1. */
  readonly prevalence: number
  readonly expected: ExpectedFit
}

export interface DevelopmentTargets {
  /** Least factor that the coefficients shrink by, above 0 and below 1. */
  readonly shrinkage: number
  /** Greatest difference of Nagelkerke's R² as seen on training and as expected. */
  readonly optimism: number
  /** Half the width of the 95 % interval of the overall risk. */
  readonly riskMargin: number
}

/** Those of Riley et al. 2020. */
export const defaultDevelopmentTargets: DevelopmentTargets = { shrinkage: 0.9, optimism: 0.05, riskMargin: 0.05 }

export interface DevelopmentPlan {
  readonly kind: 'development'
  readonly input: DevelopmentInput
  readonly targets: DevelopmentTargets
  readonly coxSnell: number
  /** The greatest R² of Cox and Snell at this prevalence. */
  readonly greatestCoxSnell: number
  readonly nagelkerke: number
  readonly criteria: readonly DevelopmentCriterion[]
  /** The criterion that needs most patients. */
  readonly needed: DevelopmentCriterion
  /** By which the coefficients are expected to shrink with the patients needed. */
  readonly expectedShrinkage: number
}

export interface DevelopmentCriterion extends SizeCriterion {
  readonly name: 'shrinkage' | 'optimism' | 'overall risk'
  readonly eventsPerParameter: number
}

/**
 * Fewest patients to develop a logistic prediction model from: Riley et al. 2019 (Statistics in Medicine 38:1276, equations 11,
 * 14 and 23; doi 10.1002/sim.7992) and 2020 (BMJ 368:m441). The patients are those of the R package pmsampsize 1.1.3.
 * @throws DataError for input that no model can have
 */
export function planDevelopment(
  input: DevelopmentInput,
  targets: DevelopmentTargets = defaultDevelopmentTargets,
): DevelopmentPlan {
  const { parameters, prevalence } = input
  requireCount('parameters', parameters)
  const fit = checkFit(input, targets)
  const z = z95 / targets.riskMargin
  const criteria = ([
    { name: 'shrinkage', patients: Math.ceil(parameters / parametersPerPatient(fit.coxSnell, targets.shrinkage)) },
    { name: 'optimism', patients: Math.ceil(parameters / parametersPerPatient(fit.coxSnell, fit.shrinkageOfOptimism)) },
    { name: 'overall risk', patients: Math.ceil(z * z * prevalence * (1 - prevalence)) },
  ] as const).map(({ name, patients }) => ({
    name,
    patients: requireCountable(patients),
    events: Math.ceil(patients * prevalence),
    eventsPerParameter: (patients * prevalence) / parameters,
  })) // prettier-ignore
  return {
    kind: 'development',
    input,
    targets,
    coxSnell: fit.coxSnell,
    greatestCoxSnell: fit.greatestCoxSnell,
    nagelkerke: fit.coxSnell / fit.greatestCoxSnell,
    criteria,
    needed: greatest(criteria),
    expectedShrinkage: Math.max(targets.shrinkage, fit.shrinkageOfOptimism),
  }
}

/**
 * How many candidate parameters `patients` patients carry: the same criteria, the other way round.
 * @returns 0 where even one parameter would need more patients
 * @throws DataError for input that no model can have
 */
export function mostParameters(
  patients: number,
  input: Omit<DevelopmentInput, 'parameters'>,
  targets: DevelopmentTargets = defaultDevelopmentTargets,
): { readonly parameters: number; readonly riskMargin: number } {
  requireCount('patients', patients)
  const { coxSnell, shrinkageOfOptimism } = checkFit(input, targets)
  const perPatient = Math.min(
    ...[targets.shrinkage, shrinkageOfOptimism].map((shrinkage) => parametersPerPatient(coxSnell, shrinkage)),
  )
  const riskMargin = z95 * Math.sqrt((input.prevalence * (1 - input.prevalence)) / patients)
  return { parameters: Math.floor(patients * perPatient), riskMargin }
}

/** Inverse of the patients that each parameter needs for this shrinkage. */
function parametersPerPatient(coxSnell: number, shrinkage: number): number {
  return (shrinkage - 1) * log1p(-coxSnell / shrinkage)
}

function checkFit(input: Omit<DevelopmentInput, 'parameters'>, targets: DevelopmentTargets) {
  requirePrevalence(input.prevalence)
  for (const [what, value] of [
    ['shrinkage', targets.shrinkage],
    ['optimism', targets.optimism],
    ['riskMargin', targets.riskMargin],
  ] as const)
    // prettier-ignore
    if (!(value > 0 && value < 1)) throw refuse('plan-share', { what, value })
  const greatestCoxSnell = -expm1(2 * nullLogLikelihood(input.prevalence))
  const coxSnell = expectedCoxSnell(input, greatestCoxSnell)
  if (!(targets.shrinkage > coxSnell)) throw refuse('plan-shrinkage', { coxSnell, shrinkage: targets.shrinkage })
  return { coxSnell, greatestCoxSnell, shrinkageOfOptimism: coxSnell / (coxSnell + targets.optimism * greatestCoxSnell) }
}

/** Of one patient, by the prevalence alone. */
function nullLogLikelihood(prevalence: number): number {
  return prevalence * log(prevalence) + (1 - prevalence) * log1p(-prevalence)
}

function expectedCoxSnell({ expected, prevalence }: Omit<DevelopmentInput, 'parameters'>, greatest: number): number {
  if ('auc' in expected) return coxSnellOfAuc(expected.auc, prevalence)
  if ('nagelkerke' in expected) {
    if (!(expected.nagelkerke > 0 && expected.nagelkerke < 1)) throw refuse('plan-nagelkerke', { given: expected.nagelkerke })
    return expected.nagelkerke * greatest
  }
  if (!(expected.coxSnell > 0 && expected.coxSnell < greatest))
    throw refuse('plan-cox-snell', { prevalence, greatest, given: expected.coxSnell })
  return expected.coxSnell
}

/**
 * The R² of Cox and Snell of a model with this AUC: Riley, Van Calster and Collins 2021 (Statistics in Medicine 40:859,
 * doi 10.1002/sim.8806), whose linear predictors are normal in either class with one variance. They simulate a million patients;
 * here the expected log likelihood is integrated, so nothing scatters. It is that of the true model, as the logit of the risk is
 * linear in such a predictor.
 * @param auc above 0.5 and below 1
 */
export function coxSnellOfAuc(auc: number, prevalence: number): number {
  requirePrevalence(prevalence)
  requireAuc(auc)
  const distance = Math.SQRT2 * normalQuantile(auc)
  const logOdds = log(prevalence / (1 - prevalence))
  const half = (distance * distance) / 2
  const logRisk = (logit: number) => (logit > 0 ? -log1p(exp(-logit)) : logit - log1p(exp(logit)))
  const ofPositives = meanOverNormal((z) => logRisk(logOdds + half + distance * z))
  const ofNegatives = meanOverNormal((z) => logRisk(-(logOdds - half + distance * z)))
  const logLikelihood = prevalence * ofPositives + (1 - prevalence) * ofNegatives
  return -expm1(2 * (nullLogLikelihood(prevalence) - logLikelihood))
}
