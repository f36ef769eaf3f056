import { log } from '../numeric/functions.ts'
import { inverseLogit } from '../statistics/fitGlm.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { foldRows } from '../table/folds.ts'
import { type ElasticNetData, type PathOptions, type ElasticNetPath, fitElasticNetPath, interpolatePath } from './elasticNet.ts'

export type PathMeasure = 'deviance' | 'AUC'

export interface CrossValidatedPath {
  readonly measure: PathMeasure
  readonly lambda: readonly number[]
  /** Over the folds, weighted by their rows' weights. */
  readonly mean: readonly number[]
  readonly standardError: readonly number[]
  /** The lambda of the best mean; the greatest lambda whose mean is within one standard error of it. */
  readonly minimum: number
  readonly oneSe: number
}

/**
 * Cross-validation of a path, as `cv.glmnet`: each fold's path has its own lambdas, unless they are given, and is
 * interpolated at those of `path`. Deviance a row, of probabilities kept within [1e-5, 1 - 1e-5]; AUC within folds (a fold
 * with one class only is left out).
 */
export function crossValidatePath(
  data: ElasticNetData,
  path: ElasticNetPath,
  foldOf: Uint8Array,
  measure: PathMeasure,
  options: PathOptions,
): CrossValidatedPath {
  const folds = [...new Set(foldOf)].sort((a, b) => a - b)
  const results = folds.map((fold) => {
    const { inside, outside } = foldRows(foldOf, fold)
    const learnt = fitElasticNetPath(pickRows(data, inside), options)
    const held = pickRows(data, outside)
    const scores = path.lambda.map((lambda) => scoreRows(held, interpolatePath(learnt, lambda), measure))
    return { scores, weight: held.weights.reduce((sum, weight) => sum + weight, 0) }
  })
  const moments = path.lambda.map((_, k) => foldMoments(results.map(({ scores, weight }) => ({ score: scores[k], weight }))))
  const mean = moments.map((moment) => moment.mean)
  const standardError = moments.map((moment) => moment.standardError)
  const loss = measure === 'AUC' ? mean.map((value) => -value) : mean
  const best = loss.reduce((least, value, k) => (value < loss[least] ? k : least), 0)
  const oneSe = loss.findIndex((value) => value <= loss[best] + standardError[best])
  return { measure, lambda: path.lambda, mean, standardError, minimum: path.lambda[best], oneSe: path.lambda[oneSe] }
}

export function predictRows(
  values: Float64Array,
  rows: number,
  { intercept, coefficients }: { readonly intercept: number; readonly coefficients: ArrayLike<number> },
): Float64Array {
  const eta = new Float64Array(rows).fill(intercept)
  for (let j = 0; j < coefficients.length; j++)
    if (coefficients[j] !== 0) for (let i = 0; i < rows; i++) eta[i] += coefficients[j] * values[j * rows + i]
  return eta.map(inverseLogit)
}

function pickRows({ values, outcome, weights }: ElasticNetData, chosen: readonly number[]): ElasticNetData {
  const rows = outcome.length
  const columns = values.length / rows
  const picked = new Float64Array(chosen.length * columns)
  for (let j = 0; j < columns; j++)
    for (let i = 0; i < chosen.length; i++) picked[j * chosen.length + i] = values[j * rows + chosen[i]]
  return {
    values: picked,
    outcome: chosen.map((i) => outcome[i]),
    weights: Float64Array.from(chosen, (i) => weights[i]),
  }
}

function scoreRows(
  { values, outcome, weights }: ElasticNetData,
  model: { readonly intercept: number; readonly coefficients: Float64Array },
  measure: PathMeasure,
): number {
  const probability = predictRows(values, outcome.length, model)
  if (measure === 'AUC') return rocAuc(probability, outcome)
  let sum = 0
  let total = 0
  for (let i = 0; i < outcome.length; i++) {
    const p = Math.min(Math.max(probability[i], 1e-5), 1 - 1e-5)
    sum -= 2 * weights[i] * log(outcome[i] === 1 ? p : 1 - p)
    total += weights[i]
  }
  return sum / total
}

function foldMoments(all: readonly { readonly score: number; readonly weight: number }[]) {
  const folds = all.filter(({ score }) => !Number.isNaN(score))
  const total = folds.reduce((sum, { weight }) => sum + weight, 0)
  const mean = folds.reduce((sum, { score, weight }) => sum + weight * score, 0) / total
  const variance = folds.reduce((sum, { score, weight }) => sum + weight * (score - mean) * (score - mean), 0) / total
  return { mean, standardError: Math.sqrt(variance / (all.length - 1)) }
}
