import { chiSquareProbability, normalQuantile } from '../numeric/distributions.ts'
import { log } from '../numeric/functions.ts'
import { invertGram, solveLeastSquares, type LeastSquares } from '../numeric/leastSquares.ts'
import { binomialDeviance, inverseLogit, linearPredictor } from '../statistics/fitGlm.ts'

export interface FirthFit {
  readonly coefficients: Float64Array
  /** The inverse information at the estimates, row by row, and the roots of its diagonal. */
  readonly covariance: Float64Array
  readonly standardErrors: Float64Array
  /** One a column: where twice the drop of the profile penalised likelihood is the chi-square quantile. */
  readonly intervals: readonly (readonly [number, number])[]
  /** Penalised likelihood ratio test of 0, one a column. */
  readonly chiSquare: Float64Array
  readonly p: Float64Array
  readonly probability: Float64Array
  /** Minus twice the log-likelihood, without the penalty. */
  readonly deviance: number
  readonly penalisedLogLikelihood: number
  readonly iterations: number
  readonly converged: boolean
}

interface FirthData {
  readonly design: Float64Array
  readonly outcome: Float64Array
  readonly weights: Float64Array
  readonly columns: number
}

interface Point {
  readonly coefficients: Float64Array
  readonly probability: Float64Array
  readonly penalised: number
  readonly decomposition: LeastSquares
  readonly iterations: number
  readonly converged: boolean
}

const maximumIterations = 200
const tolerance = 1e-10

/**
 * Firth's logistic regression (Firth 1993, Biometrika 80:27; Heinze and Schemper 2002, Stat Med 21:2409): maximises the
 * log-likelihood plus half the log determinant of the information, which is finite for separated classes too. Steps of
 * Fisher scoring on the modified score, sum of (w (y - p) + h (1/2 - p)) x with h the leverages, halved until the penalised
 * likelihood rises. Tests and intervals from its profile; the penalty is always that of the whole design, as in `logistf`.
 * @param design rows by columns, column-major, with the intercept
 * @param weights what a row counts
 * @returns null when the columns of the design depend on each other
 */
export function fitFirth(
  design: Float64Array,
  outcome: Float64Array,
  weights: Float64Array,
  confidence: number,
): FirthFit | null {
  const rows = outcome.length
  const columns = design.length / rows
  const scale = Float64Array.from({ length: columns }, (_, j) => spread(design.subarray(j * rows, (j + 1) * rows)))
  const data = { design: design.map((value, at) => value / scale[Math.floor(at / rows)]), outcome, weights, columns }
  const all = Array.from({ length: columns }, (_, j) => j)
  const best = maximise(data, new Float64Array(columns), all)
  if (best.decomposition.pivots.length < columns) return null
  const gram = invertGram(best.decomposition.triangle, columns)
  const errors = Float64Array.from(all, (j) => Math.sqrt(gram[j * columns + j]))
  const drop = (point: Point) => Math.max(0, 2 * (best.penalised - point.penalised))
  // Each maximisation starts on the line through the best point and the last one inside: between separated classes the
  // profile has other, lower maxima to fall into.
  const profile = (j: number) => {
    let direction = Float64Array.from(all, (k) => gram[j * columns + k] / gram[j * columns + j])
    return (value: number) => {
      const distance = value - best.coefficients[j]
      const start = moved(best.coefficients, direction, distance)
      start[j] = value
      const point = maximise(data, start, all.filter((k) => k !== j)) // prettier-ignore
      if (distance !== 0) direction = point.coefficients.map((b, k) => (b - best.coefficients[k]) / distance)
      return drop(point)
    }
  }
  const chiSquare = Float64Array.from(all, (j) => profile(j)(0))
  const z = normalQuantile((1 + confidence) / 2)
  const bound = (j: number, side: -1 | 1) => {
    const dropAt = profile(j)
    return findRoot((value) => Math.sqrt(dropAt(value)) - z, best.coefficients[j], side * z * errors[j], -z) / scale[j]
  }
  return {
    coefficients: best.coefficients.map((value, j) => value / scale[j]),
    covariance: gram.map((value, at) => value / (scale[Math.floor(at / columns)] * scale[at % columns])),
    standardErrors: errors.map((value, j) => value / scale[j]),
    intervals: all.map((j) => [bound(j, -1), bound(j, 1)] as const),
    chiSquare,
    p: chiSquare.map((value) => chiSquareProbability(value, 1, true)),
    probability: best.probability,
    deviance: binomialDeviance(outcome, best.probability, weights),
    penalisedLogLikelihood: best.penalised - all.reduce((sum, j) => sum - log(scale[j]), 0),
    iterations: best.iterations,
    converged: best.converged,
  }
}

/** The highest penalised likelihood over the free coefficients; the others stay as in `start`. */
function maximise(data: FirthData, start: Float64Array, free: readonly number[]): Point {
  let point = evaluate(data, start)
  for (let iterations = 1; iterations <= maximumIterations; iterations++) {
    if (point.decomposition.pivots.length < data.columns) return { ...point, iterations, converged: false }
    const step = scoringStep(data, point, free)
    let next = evaluate(data, moved(point.coefficients, step, 1))
    // At the maximum rounding may let it fall by a little.
    for (let share = 0.5; !(next.penalised > point.penalised - 1e-9) && share > 1e-6; share /= 2)
      next = evaluate(data, moved(point.coefficients, step, share))
    point = next
    if (step.every((value) => Math.abs(value) < tolerance)) return { ...point, iterations, converged: true }
  }
  return { ...point, iterations: maximumIterations, converged: false }
}

function evaluate({ design, outcome, weights, columns }: FirthData, coefficients: Float64Array): Point {
  const probability = linearPredictor(design, coefficients, new Float64Array(outcome.length)).map(inverseLogit)
  const weighted = rootWeighted(design, probability, weights)
  const decomposition = solveLeastSquares(weighted, new Float64Array(outcome.length), columns)
  let penalised = -binomialDeviance(outcome, probability, weights) / 2
  const { triangle, pivots } = decomposition
  for (let k = 0; k < pivots.length; k++) penalised += log(Math.abs(triangle[k * pivots.length + k]))
  return { coefficients, probability, penalised, decomposition, iterations: 0, converged: false }
}

function scoringStep(data: FirthData, point: Point, free: readonly number[]): Float64Array {
  const { design, outcome, weights, columns } = data
  const rows = outcome.length
  const { probability, decomposition } = point
  const root = probability.map((p, i) => Math.sqrt(weights[i] * p * (1 - p)))
  const leverage = leverages(rootWeighted(design, probability, weights), decomposition.triangle, rows)
  const response = root.map((value, i) =>
    value > 0 ? (weights[i] * (outcome[i] - probability[i]) + leverage[i] * (0.5 - probability[i])) / value : 0,
  )
  const chosen = new Float64Array(rows * free.length)
  free.forEach((j, k) => chosen.set(design.subarray(j * rows, (j + 1) * rows), k * rows))
  const solved = solveLeastSquares(rootWeighted(chosen, probability, weights), response, free.length)
  const step = new Float64Array(columns)
  free.forEach((j, k) => (step[j] = solved.coefficients[k]))
  // Far steps overshoot where the likelihood is flat (logistf's maxstep is 5).
  const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return longest > 5 ? step.map((value) => (value * 5) / longest) : step
}

function rootWeighted(design: Float64Array, probability: Float64Array, weights: Float64Array): Float64Array {
  const rows = probability.length
  const root = probability.map((p, i) => Math.sqrt(weights[i] * p * (1 - p)))
  return design.map((value, at) => value * root[at % rows])
}

/** Squared lengths of the rows of X R^-1. */
function leverages(matrix: Float64Array, triangle: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows
  const leverage = new Float64Array(rows)
  for (let k = 0; k < columns; k++)
    for (let i = 0; i < rows; i++) {
      let value = matrix[k * rows + i]
      for (let l = 0; l < k; l++) value -= triangle[k * columns + l] * matrix[l * rows + i]
      value /= triangle[k * columns + k]
      matrix[k * rows + i] = value
      leverage[i] += value * value
    }
  return leverage
}

/**
 * Where a function that grows with the distance from `centre` crosses 0 (Illinois variant of the regula falsi).
 * @param stride first guess of the distance, with its sign
 * @param atCentre the function at `centre`, below 0
 * @returns an infinite value when it stays below 0
 */
function findRoot(excess: (value: number) => number, centre: number, stride: number, atCentre: number): number {
  let [inside, below] = [centre, atCentre]
  let outside = centre + stride
  let above = excess(outside)
  for (let doublings = 0; above < 0; doublings++) {
    if (doublings === 30) return stride * Infinity
    ;[inside, below] = [outside, above]
    outside = centre + (outside - centre) * 2
    above = excess(outside)
  }
  for (let i = 0; i < 100 && Math.abs(outside - inside) > 1e-9 * Math.max(1, Math.abs(outside)); i++) {
    const between = outside - (above * (outside - inside)) / (above - below)
    const value = excess(between)
    if (Math.abs(value) < 1e-9) return between
    if (value < 0 === above < 0) below /= 2
    else [inside, below] = [outside, above]
    outside = between
    above = value
  }
  return outside
}

function moved(from: Float64Array, step: Float64Array, share: number): Float64Array {
  return from.map((value, j) => value + share * step[j])
}

/** Root mean square about the mean; of a constant column, its size. */
function spread(column: Float64Array): number {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length
  const variance = column.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / column.length
  return Math.sqrt(variance) || Math.abs(mean) || 1
}
