import { exp, log } from '../numeric/functions.ts'
import { invertGram, solveLeastSquares, type LeastSquares } from '../numeric/leastSquares.ts'
import { refuse } from './messages.ts'

/** Plain numbers of a logistic regression. */
export interface GlmProblem {
  /** Rows by columns, column-major; a column of ones is the intercept and stands first if there is one. */
  readonly design: Float64Array
  /** One a row, from 0 to 1. */
  readonly outcome: ArrayLike<number>
  /** Prior weights, one a row, 0 or greater; all 1 if left out. */
  readonly weights?: ArrayLike<number>
  /** Added to the linear predictor, one a row; all 0 if left out. */
  readonly offset?: ArrayLike<number>
}

export interface GlmFit {
  /** One a column; NaN for a column that the columns before it determine ("aliased", NA in R). */
  readonly coefficients: Float64Array
  /** Columns by columns, the inverse of the information; NaN in the rows and columns of aliased ones. */
  readonly covariance: Float64Array
  readonly linearPredictor: Float64Array
  readonly probability: Float64Array
  readonly deviance: number
  /** Deviance plus twice the rank: R's AIC where the outcome is 0 or 1 and weights are whole. */
  readonly aic: number
  readonly rank: number
  readonly iterations: number
  readonly converged: boolean
  /** R's "fitted probabilities numerically 0 or 1 occurred": a sign of separation. */
  readonly zeroOrOne: boolean
}

export interface GlmOptions {
  /** Stops when the deviance changes by less than this share of (deviance + 0.1). */
  readonly epsilon: number
  readonly maximumIterations: number
}

/** R's `glm.control`. */
const defaultGlmOptions: GlmOptions = { epsilon: 1e-8, maximumIterations: 25 }

/**
 * Maximum likelihood logistic regression by iteratively reweighted least squares (McCullagh and Nelder 1989, section 2.5),
 * with the start, the stopping rule and the treatment of aliased columns of R's `glm.fit(family = binomial())`. Covariance,
 * as in R, from the weights of the last step.
 *
 * Degenerate: with separated classes the likelihood has no maximum; the fit ends with huge coefficients, `zeroOrOne` or
 * `converged: false`. An outcome of one class alone drives the intercept to +-infinity in the same way.
 * @throws DataError when the lengths do not fit or the design has a value that is not finite
 */
export function fitGlm(problem: GlmProblem, options: GlmOptions = defaultGlmOptions): GlmFit {
  const { design, outcome, weights, offset } = checkProblem(problem)
  const rows = outcome.length
  const columns = design.length / rows
  let eta: Float64Array = Float64Array.from(outcome, (y, i) => logit((weights[i] * y + 0.5) / (weights[i] + 1)))
  let mu: Float64Array = eta.map(inverseLogit)
  let deviance = binomialDeviance(outcome, mu, weights)
  let coefficients: Float64Array = new Float64Array(columns)
  let step: LeastSquares = { coefficients, pivots: [], triangle: new Float64Array(0) }
  let converged = false
  let iterations = 0
  while (!converged && iterations < options.maximumIterations) {
    iterations++
    step = solveWeightedStep(design, outcome, weights, offset, eta, mu)
    let next = step.coefficients
    eta = linearPredictor(design, next, offset)
    let nextDeviance = binomialDeviance(outcome, (mu = eta.map(inverseLogit)), weights)
    for (let halving = 0; !Number.isFinite(nextDeviance) && halving < options.maximumIterations; halving++) {
      next = next.map((value, j) => (value + coefficients[j]) / 2)
      eta = linearPredictor(design, next, offset)
      nextDeviance = binomialDeviance(outcome, (mu = eta.map(inverseLogit)), weights)
    }
    converged = Math.abs(nextDeviance - deviance) / (0.1 + Math.abs(nextDeviance)) < options.epsilon
    coefficients = next
    deviance = nextDeviance
  }
  const { pivots, triangle } = step
  const rank = pivots.length
  const estimated = new Set(pivots)
  return {
    coefficients: coefficients.map((value, j) => (estimated.has(j) ? value : NaN)),
    covariance: spreadCovariance(invertGram(triangle, rank), pivots, columns),
    linearPredictor: eta,
    probability: mu,
    deviance,
    aic: deviance + 2 * rank,
    rank,
    iterations,
    converged,
    zeroOrOne: mu.some((p) => p < 10 * Number.EPSILON || p > 1 - 10 * Number.EPSILON),
  }
}

/**
 * Deviance of the model without features: the intercept alone, beside the offset if there is one.
 */
export function nullDeviance({ outcome, weights, offset }: Omit<GlmProblem, 'design'>): number {
  const design = new Float64Array(outcome.length).fill(1)
  if (offset) return fitGlm({ design, outcome, offset, ...(weights && { weights }) }).deviance
  const weight = Float64Array.from(outcome, (_, i) => weights?.[i] ?? 1)
  let total = 0
  let positive = 0
  for (let i = 0; i < weight.length; i++) {
    total += weight[i]
    positive += weight[i] * outcome[i]
  }
  return binomialDeviance(Float64Array.from(outcome), design.fill(positive / total), weight)
}

/** 2 sum w (y log(y / mu) + (1 - y) log((1 - y) / (1 - mu))), a term of y or 1 - y = 0 being 0. */
export function binomialDeviance(outcome: Float64Array, mu: Float64Array, weights: Float64Array): number {
  let sum = 0
  for (let i = 0; i < outcome.length; i++) {
    const y = outcome[i]
    if (y > 0) sum += weights[i] * y * log(y / mu[i])
    if (y < 1) sum += weights[i] * (1 - y) * log((1 - y) / (1 - mu[i]))
  }
  return 2 * sum
}

export function logit(p: number): number {
  return log(p / (1 - p))
}

/** 1 / (1 + exp(-eta)). Beyond +-30 it stays at 2^-52 from 0 and 1, as R's binomial family does. */
export function inverseLogit(eta: number): number {
  const odds = eta < -30 ? Number.EPSILON : eta > 30 ? 1 / Number.EPSILON : exp(eta)
  return odds / (1 + odds)
}

export function linearPredictor(design: Float64Array, coefficients: ArrayLike<number>, offset: Float64Array): Float64Array {
  const eta = offset.slice()
  const rows = eta.length
  for (let j = 0; j < coefficients.length; j++) for (let i = 0; i < rows; i++) eta[i] += design[j * rows + i] * coefficients[j]
  return eta
}

/** d mu / d eta, which for the logit is the variance too. */
function logitSlope(eta: number): number {
  if (Math.abs(eta) > 30) return Number.EPSILON
  const odds = exp(eta)
  return odds / ((1 + odds) * (1 + odds))
}

function checkProblem({ design, outcome, weights, offset }: GlmProblem) {
  const rows = outcome.length
  for (const [name, list] of Object.entries({ weights, offset }))
    if (list && list.length !== rows) throw refuse('glm-lengths', { rows, name, given: list.length })
  if (rows === 0 || design.length % rows !== 0) throw refuse('glm-design-size', { values: design.length, rows })
  if (!design.every(Number.isFinite)) throw refuse('glm-design-missing', {})
  return {
    design,
    outcome: Float64Array.from(outcome),
    weights: weights ? Float64Array.from(weights) : new Float64Array(rows).fill(1),
    offset: offset ? Float64Array.from(offset) : new Float64Array(rows),
  }
}

function solveWeightedStep(
  design: Float64Array,
  outcome: Float64Array,
  weights: Float64Array,
  offset: Float64Array,
  eta: Float64Array,
  mu: Float64Array,
) {
  const rows = outcome.length
  const columns = design.length / rows
  const root = new Float64Array(rows)
  const response = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const derivative = logitSlope(eta[i])
    root[i] = Math.sqrt((weights[i] * derivative * derivative) / (mu[i] * (1 - mu[i])))
    response[i] = root[i] * (eta[i] - offset[i] + (outcome[i] - mu[i]) / derivative)
  }
  const matrix = Float64Array.from(design, (value, at) => value * root[at % rows])
  return solveLeastSquares(matrix, response, columns)
}

function spreadCovariance(small: Float64Array, pivots: readonly number[], columns: number): Float64Array {
  const covariance = new Float64Array(columns * columns).fill(NaN)
  pivots.forEach((j, a) => pivots.forEach((k, b) => (covariance[j * columns + k] = small[a * pivots.length + b])))
  return covariance
}
