import { exp, log } from '../numeric/functions.ts'
import { logit } from '../statistics/fitGlm.ts'
import { type Problem, type State, descend, greatestGradient, meanDeviance } from './descend.ts'

/** Plain numbers; everything finite. */
export interface ElasticNetData {
  /** Rows by columns, column-major. */
  readonly values: Float64Array
  /** 0 or 1 a row, both of them present. */
  readonly outcome: ArrayLike<number>
  /** What a row counts, greater than 0. */
  readonly weights: Float64Array
}

export interface PathOptions {
  /** 1 LASSO, 0 ridge, between them the elastic net. */
  readonly alpha: number
  /** Descending; without them `lambdas` of them, evenly spaced on the log scale, from the least one that gives no column. */
  readonly lambda?: readonly number[]
  readonly lambdas: number
}

export const defaultPathOptions: PathOptions = { alpha: 1, lambdas: 100 }

/** Coefficients on the scale of the values, for each lambda. */
export interface ElasticNetPath {
  readonly lambda: readonly number[]
  readonly intercept: readonly number[]
  readonly coefficients: readonly Float64Array[]
  /** 1 - deviance / null deviance. */
  readonly devianceRatio: readonly number[]
  readonly nullDeviance: number
}

// glmnet.control(): where a path ends by itself.
const leastRise = 1e-5
const greatestRatio = 0.999
const fewestLambdas = 5

/**
 * Path of penalised logistic regressions (Friedman, Hastie and Tibshirani 2010, J Stat Softw 33(1), sections 2 and 3): minimises
 * the mean of the negative log-likelihood + lambda ((1 - alpha) / 2 |b|^2 + alpha |b|_1), the columns scaled to SD 1 (n below
 * the fraction) and the intercept free, as R's `glmnet(family = "binomial")`. Coordinate descent
 * on Newton's quadratic finds the active columns from the last solution, Newton's method finishes on them; the strong rule
 * (Tibshirani et al. 2012) sets columns aside and the optimality conditions bring them back.
 *
 * A path that was not given ends, as glmnet's, when the deviance explained exceeds 0.999 or rises by less than 1e-5.
 * Degenerate: constant columns have coefficient 0. For alpha below 0.001 the first lambda is that of 0.001; glmnet gives the
 * fit of an infinite lambda in its place there.
 */
export function fitElasticNetPath(data: ElasticNetData, options: PathOptions): ElasticNetPath {
  const problem = scaleProblem(data)
  const { alpha } = options
  const state = startState(problem)
  const first = problem.columns === 0 ? 1 : greatestGradient(problem, state) / Math.max(alpha, 1e-3)
  const lambda = options.lambda ?? spacedLambdas(first, options.lambdas, problem.rows < problem.columns ? 0.01 : 1e-4)
  const path = { lambda: [] as number[], intercept: [] as number[], coefficients: [] as Float64Array[], devianceRatio: [] as number[] } // prettier-ignore
  const null_ = meanDeviance(problem, state)
  let previous = Infinity
  for (const value of lambda) {
    descend(problem, state, { lambda: value, alpha }, options.lambda ? Infinity : previous, null_)
    previous = value
    const ratio = 1 - meanDeviance(problem, state) / null_
    const last = path.devianceRatio.at(-1) ?? 0
    path.lambda.push(value)
    path.devianceRatio.push(ratio)
    const coefficients = state.beta.map((beta, j) => (problem.sd[j] > 0 ? beta / problem.sd[j] : 0))
    path.coefficients.push(coefficients)
    path.intercept.push(coefficients.reduce((sum, beta, j) => sum - beta * problem.mean[j], state.intercept))
    const ended = ratio > greatestRatio || ratio - last < leastRise
    if (!options.lambda && ended && path.lambda.length >= fewestLambdas) break
  }
  const total = data.weights.reduce((sum, weight) => sum + weight, 0)
  return { ...path, nullDeviance: null_ * total }
}

/** Coefficients between the path's lambdas by linear interpolation, beyond them those of the end; as R's `coef(fit, s)`. */
export function interpolatePath(path: ElasticNetPath, lambda: number): { intercept: number; coefficients: Float64Array } {
  const right = path.lambda.findIndex((value) => value <= lambda)
  const at = right < 0 ? path.lambda.length - 1 : right
  if (right <= 0 || path.lambda[at] === lambda) return { intercept: path.intercept[at], coefficients: path.coefficients[at] }
  const share = (lambda - path.lambda[at]) / (path.lambda[at - 1] - path.lambda[at])
  const between = (a: number, b: number) => share * a + (1 - share) * b
  return {
    intercept: between(path.intercept[at - 1], path.intercept[at]),
    coefficients: path.coefficients[at].map((value, j) => between(path.coefficients[at - 1][j], value)),
  }
}

function scaleProblem({ values, outcome, weights }: ElasticNetData): Problem {
  const rows = outcome.length
  const columns = values.length / rows
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const share = weights.map((weight) => weight / total)
  const mean = new Float64Array(columns)
  const sd = new Float64Array(columns)
  const x = new Float64Array(values.length)
  for (let j = 0; j < columns; j++) {
    const column = values.subarray(j * rows, (j + 1) * rows)
    if (column.every((value) => value === column[0])) continue
    for (let i = 0; i < rows; i++) mean[j] += share[i] * column[i]
    let variance = 0
    for (let i = 0; i < rows; i++) variance += share[i] * (column[i] - mean[j]) * (column[i] - mean[j])
    sd[j] = Math.sqrt(variance)
    for (let i = 0; i < rows; i++) x[j * rows + i] = (column[i] - mean[j]) / sd[j]
  }
  return { rows, columns, x, y: Float64Array.from(outcome), weights: share, mean, sd }
}

function startState({ rows, columns, y, weights }: Problem): State {
  const prevalence = y.reduce((sum, label, i) => sum + weights[i] * label, 0)
  const intercept = logit(prevalence)
  return {
    intercept,
    beta: new Float64Array(columns),
    eta: new Float64Array(rows).fill(intercept),
    probability: new Float64Array(rows).fill(prevalence),
    residual: y.map((label, i) => weights[i] * (label - prevalence)),
    curvature: null,
  }
}

function spacedLambdas(first: number, count: number, ratio: number): number[] {
  return Array.from({ length: count }, (_, k) => (k === 0 ? first : first * exp((k / (count - 1)) * log(ratio))))
}
