import { normalQuantile, normalTwoSided } from '../numeric/distributions.ts'
import { exp } from '../numeric/functions.ts'
import { fitGlm, inverseLogit, nullDeviance } from '../statistics/fitGlm.ts'
import type { FeatureTable } from '../table/featureTable.ts'
import { applyStandardise, fitStandardise, type Standardisation } from '../table/standardise.ts'
import { withFeatures, type TrainingTable } from '../table/trainingTable.ts'
import { checkTraining, pickFinite, resolveClassWeights, type ClassCounts, type ClassWeights } from './checkTraining.ts'
import { fitFirth } from './fitFirth.ts'
import { findSeparatingColumns, findSeparation, type Separation } from './separation.ts'
import type { Message } from '../messages/message.ts'
import { refuse, tell } from './messages.ts'

export interface LogisticOptions {
  /** Firth's penalty keeps estimates finite when classes are separated and takes bias out of small samples. */
  readonly method: 'maximum likelihood' | 'firth'
  readonly classWeights: ClassWeights
  /** Coefficients and odds ratios a training SD instead of a unit; the scores are the same. */
  readonly standardise: boolean
  /** Of the intervals, between 0 and 1. */
  readonly confidence: number
  /** Whether the columns were chosen by looking at the outcome. */
  readonly selected: boolean
}

export const defaultLogisticOptions: LogisticOptions = {
  method: 'maximum likelihood',
  classWeights: [1, 1],
  standardise: false,
  confidence: 0.95,
  selected: false,
}

/** NaN throughout for a column that the columns before it determine. */
export interface LogisticTerm {
  readonly name: string
  readonly coefficient: number
  readonly standardError: number
  /** Wald's z; with Firth's method the signed root of the penalised likelihood ratio. */
  readonly z: number
  readonly p: number
  readonly interval: readonly [number, number]
  readonly oddsRatio: number
  readonly oddsRatioInterval: readonly [number, number]
}

export interface LogisticModel {
  readonly kind: 'logistic'
  /** Class weights shift the scores: they are no probabilities until they are recalibrated. */
  readonly score: 'probability' | 'decision'
  readonly columns: readonly string[]
  readonly method: LogisticOptions['method']
  readonly standardisation: Standardisation | null
  readonly intercept: LogisticTerm
  /** One a column. */
  readonly terms: readonly LogisticTerm[]
  readonly intervals: 'Wald' | 'profile penalised likelihood'
  readonly confidence: number
  /** Of the intercept and the terms, row by row, on their scale; NaN for aliased columns. Files of earlier versions lack it. */
  readonly covariance?: readonly number[]
  /** Minus twice the log-likelihood (without Firth's penalty), and that of the intercept alone. */
  readonly deviance: number
  readonly nullDeviance: number
  readonly aic: number
  readonly iterations: number
  readonly converged: boolean
  /** Names of the columns without finite estimates, when the classes are separated. */
  readonly separation: { readonly kind: Separation['kind']; readonly columns: readonly string[] } | null
  readonly classWeights: readonly [number, number]
  readonly patients: ClassCounts
  /** What a reader of the coefficients must know, a sentence each. */
  readonly notes: readonly Message[]
  readonly learntFrom: readonly string[]
}

/** Fitted probabilities nearer to 0 or 1 than this are looked into: separated classes drive them there. */
const extreme = 1e-3

/**
 * Logistic regression of the outcome on all columns: by maximum likelihood as R's `glm(family = binomial)` (coefficients,
 * Wald tests and intervals), or by Firth's penalised likelihood as R's `logistf` (profile intervals and tests). A class weight
 * multiplies the likelihood of the class's patients.
 *
 * Degenerate: separated classes are found by linear programming and reported with the columns that cause them; aliased
 * columns have NaN coefficients and count 0 in scores.
 * @throws DataError for one class only, missing or infinite values, or as many columns as patients (it names the options)
 */
export function fitLogistic(training: TrainingTable, options: LogisticOptions = defaultLogisticOptions): LogisticModel {
  const patients = checkTraining(training, 'logistic')
  const { columns, ids } = training
  const rows = ids.length
  if (columns.length >= rows) throw refuse('logistic-columns', { columns: columns.length, rows })
  const standardisation = options.standardise ? fitStandardise(training) : null
  const { values } = standardisation ? withFeatures(training, applyStandardise(standardisation, training)) : training
  const classWeights = resolveClassWeights(options.classWeights, patients)
  const data = {
    design: joinIntercept(values, rows),
    outcome: Float64Array.from(training.outcome),
    weights: Float64Array.from(training.outcome, (label) => classWeights[label]),
  }
  const fit = options.method === 'firth' ? fitByFirth(data, columns, options) : fitByLikelihood(data, columns, options)
  const near = fit.probability.some((p) => p < extreme || p > 1 - extreme)
  const separation = near || !fit.converged ? findSeparation(values, training.outcome) : null
  const separatingNames = separation ? findSeparatingColumns(values, training.outcome, separation).map((j) => columns[j]) : []
  return {
    kind: 'logistic',
    score: classWeights[0] === classWeights[1] ? 'probability' : 'decision',
    columns,
    method: options.method,
    standardisation,
    intercept: fit.terms[0],
    terms: fit.terms.slice(1),
    intervals: options.method === 'firth' ? 'profile penalised likelihood' : 'Wald',
    confidence: options.confidence,
    covariance: Array.from(fit.covariance),
    deviance: fit.deviance,
    nullDeviance: nullDeviance(data),
    aic: fit.aic,
    iterations: fit.iterations,
    converged: fit.converged,
    separation: separation && { kind: separation.kind, columns: separation.columns.map((j) => columns[j]) },
    classWeights,
    patients,
    notes: describe(fit.terms.slice(1), separatingNames, classWeights, options),
    learntFrom: ids,
  }
}

/**
 * Probability of class 1 for each row.
 * @throws DataError that names missing columns, or patients without a value
 */
export function applyLogistic(model: LogisticModel, table: FeatureTable): Float64Array {
  const picked = pickFinite(table, model.columns, 'logistic')
  const { values } = model.standardisation ? applyStandardise(model.standardisation, picked) : picked
  const rows = table.ids.length
  const eta = new Float64Array(rows).fill(model.intercept.coefficient)
  model.terms.forEach(({ coefficient }, j) => {
    if (Number.isNaN(coefficient)) return
    for (let i = 0; i < rows; i++) eta[i] += coefficient * values[j * rows + i]
  })
  return eta.map(inverseLogit)
}

interface FittedTerms {
  readonly terms: readonly LogisticTerm[]
  readonly covariance: Float64Array
  readonly probability: Float64Array
  readonly deviance: number
  readonly aic: number
  readonly iterations: number
  readonly converged: boolean
}

interface LogisticData {
  readonly design: Float64Array
  readonly outcome: Float64Array
  readonly weights: Float64Array
}

const interceptName = '(Intercept)'

function fitByLikelihood(data: LogisticData, columns: readonly string[], { confidence }: LogisticOptions): FittedTerms {
  const fit = fitGlm(data)
  const reach = normalQuantile((1 + confidence) / 2)
  const names = [interceptName, ...columns]
  const terms = names.map((name, j) => {
    const coefficient = fit.coefficients[j]
    const standardError = Math.sqrt(fit.covariance[j * names.length + j])
    const z = coefficient / standardError
    return makeTerm(name, coefficient, standardError, z, normalTwoSided(z), [
      coefficient - reach * standardError,
      coefficient + reach * standardError,
    ])
  })
  return { ...fit, terms }
}

function fitByFirth(data: LogisticData, columns: readonly string[], { confidence }: LogisticOptions): FittedTerms {
  const fit = fitFirth(data.design, data.outcome, data.weights, confidence)
  if (!fit) throw refuse('firth-columns', { columns })
  const terms = [interceptName, ...columns].map((name, j) => {
    const coefficient = fit.coefficients[j]
    const z = Math.sign(coefficient) * Math.sqrt(fit.chiSquare[j])
    return makeTerm(name, coefficient, fit.standardErrors[j], z, fit.p[j], fit.intervals[j])
  })
  return { ...fit, terms, aic: fit.deviance + 2 * terms.length }
}

function makeTerm(
  name: string,
  coefficient: number,
  standardError: number,
  z: number,
  p: number,
  interval: readonly [number, number],
): LogisticTerm {
  const oddsRatioInterval = [exp(interval[0]), exp(interval[1])] as const
  return { name, coefficient, standardError, z, p, interval, oddsRatio: exp(coefficient), oddsRatioInterval }
}

function joinIntercept(values: Float64Array, rows: number): Float64Array {
  const design = new Float64Array(rows + values.length).fill(1, 0, rows)
  design.set(values, rows)
  return design
}

function describe(
  terms: readonly LogisticTerm[],
  separating: readonly string[],
  [weight0, weight1]: readonly [number, number],
  { method, selected }: LogisticOptions,
): Message[] {
  const aliased = terms.filter(({ coefficient }) => Number.isNaN(coefficient)).map(({ name }) => name)
  return [
    ...(selected ? [tell('selected-not-corrected', {})] : []),
    ...(separating.length > 0 && method !== 'firth' ? [tell('classes-separated', { columns: separating })] : []),
    ...(aliased.length > 0 ? [tell('columns-determined', { columns: aliased })] : []),
    ...(weight0 !== weight1 ? [tell('class-weights-shift', {})] : []),
  ]
}
