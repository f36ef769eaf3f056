import type { Seed } from '../numeric/random.ts'
import type { FeatureTable } from '../table/featureTable.ts'
import { makeFolds } from '../table/folds.ts'
import { patientsOf, type TrainingTable } from '../table/trainingTable.ts'
import { checkTraining, pickFinite, resolveClassWeights, type ClassCounts, type ClassWeights } from './checkTraining.ts'
import { defaultPathOptions, fitElasticNetPath, interpolatePath, type ElasticNetPath } from './elasticNet.ts'
import { crossValidatePath, predictRows, type CrossValidatedPath, type PathMeasure } from './crossValidatePath.ts'
import { refuse } from './messages.ts'

export interface LassoOptions {
  /** 1 LASSO, 0 ridge, between them the elastic net. */
  readonly alpha: number
  /** Strength of the penalty; or chosen by cross-validation: the best, or the greatest within one standard error of it. */
  readonly lambda: number | 'minimum' | 'one SE'
  readonly folds: number
  /** The fold of each training patient, instead of `folds` seeded ones. */
  readonly foldOf?: Uint8Array
  readonly measure: PathMeasure
  readonly classWeights: ClassWeights
  readonly seed: Seed
}

/** Those of `cv.glmnet`, with the best lambda. */
export const defaultLassoOptions: LassoOptions = {
  alpha: 1,
  lambda: 'minimum',
  folds: 10,
  measure: 'deviance',
  classWeights: [1, 1],
  seed: 1,
}

export interface LassoModel {
  readonly kind: 'lasso'
  /** Class weights shift the scores: they are no probabilities until they are recalibrated. */
  readonly score: 'probability' | 'decision'
  readonly columns: readonly string[]
  readonly alpha: number
  readonly lambda: number
  readonly intercept: number
  /** One a column, on the scale of its values; 0 when it was left out. */
  readonly coefficients: readonly number[]
  readonly devianceRatio: number
  readonly nullDeviance: number
  /** How lambda was chosen; null when it was given. */
  readonly choice: (CrossValidatedPath & { readonly rule: 'minimum' | 'one SE'; readonly folds: number }) | null
  readonly classWeights: readonly [number, number]
  readonly patients: ClassCounts
  readonly learntFrom: readonly string[]
}

/**
 * Logistic regression with the LASSO, ridge or elastic net penalty, as R's `glmnet` and `cv.glmnet` (see
 * `fitElasticNetPath`): with fewer patients than columns too. Shrunken coefficients have no standard errors.
 * @throws DataError for one class only, missing or infinite values, options out of range, or too few patients for the folds
 */
export function fitLasso(training: TrainingTable, options: LassoOptions = defaultLassoOptions): LassoModel {
  return fitLassoWithPath(training, options).model
}

/** As `fitLasso`, with the path that the model lies on. */
export function fitLassoWithPath(
  training: TrainingTable,
  options: LassoOptions,
): { readonly model: LassoModel; readonly path: ElasticNetPath } {
  const patients = checkTraining(training, 'penalised logistic')
  checkOptions(options, training.ids.length)
  const { values, outcome, columns, ids } = training
  const classWeights = resolveClassWeights(options.classWeights, patients)
  const data = { values, outcome, weights: Float64Array.from(outcome, (label) => classWeights[label]) }
  const pathOptions = { ...defaultPathOptions, alpha: options.alpha }
  const { lambda: rule } = options
  const path = fitElasticNetPath(data, typeof rule === 'number' ? { ...pathOptions, lambda: [rule] } : pathOptions)
  const choice = typeof rule === 'number' ? null : { ...choose(), rule, folds: new Set(options.foldOf).size || options.folds }
  const lambda = choice ? choice[choice.rule === 'minimum' ? 'minimum' : 'oneSe'] : path.lambda[0]
  const { intercept, coefficients } = interpolatePath(path, lambda)
  const model: LassoModel = {
    kind: 'lasso',
    score: classWeights[0] === classWeights[1] ? 'probability' : 'decision',
    columns,
    alpha: options.alpha,
    lambda,
    intercept,
    coefficients: Array.from(coefficients),
    devianceRatio: path.devianceRatio[path.lambda.indexOf(lambda)],
    nullDeviance: path.nullDeviance,
    choice,
    classWeights,
    patients,
    learntFrom: ids,
  }
  return { model, path }

  function choose(): CrossValidatedPath {
    const foldOf =
      options.foldOf ?? makeFolds({ outcome, patients: patientsOf(training), folds: options.folds, seed: options.seed })
    return crossValidatePath(data, path, foldOf, options.measure, pathOptions)
  }
}

/**
 * Probability of class 1 for each row.
 * @throws DataError that names missing columns, or patients without a value
 */
export function applyLasso(model: LassoModel, table: FeatureTable): Float64Array {
  const { values, ids } = pickFinite(table, model.columns, 'penalised logistic')
  return predictRows(values, ids.length, model)
}

function checkOptions({ alpha, lambda, foldOf }: LassoOptions, rows: number) {
  if (!(alpha >= 0 && alpha <= 1)) throw refuse('lasso-alpha', { given: alpha })
  if (typeof lambda === 'number' && !(lambda >= 0 && lambda < Infinity)) throw refuse('lasso-lambda', { given: lambda })
  if (foldOf && foldOf.length !== rows) throw refuse('lasso-folds', { given: foldOf.length, rows })
}
