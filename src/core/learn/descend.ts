import { log } from '../numeric/functions.ts'
import { factorisePositiveDefinite, solveFactorised } from '../numeric/solvePositiveDefinite.ts'
import { inverseLogit } from '../statistics/fitGlm.ts'

/* From one solution of a path to the next one; what is minimised stands in elasticNet.ts. */

/** glmnet.control(): how near to 0 and 1 a probability counts as such. */
const nearCertain = 1e-9

export interface Problem {
  readonly rows: number
  readonly columns: number
  /** Scaled, column-major; 0 in constant columns. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** With a sum of 1. */
  readonly weights: Float64Array
  readonly mean: Float64Array
  readonly sd: Float64Array
}

export interface State {
  intercept: number
  readonly beta: Float64Array
  readonly eta: Float64Array
  readonly probability: Float64Array
  /** weight x (y - probability) */
  readonly residual: Float64Array
  /** Newton's equations as they were solved last. */
  curvature: Curvature | null
}

/** Of the null deviance: a step of coordinate descent, which looks for the active columns only, that is small enough. */
const coarse = 1e-5

const mostSweeps = 100

/** Of lambda: a gradient beyond it by less is rounding, as at the first lambda of a path. */
const negligible = 1e-12

/** Of lambda, and at least: how far the gradient of an active column may end from lambda. */
const finest = 1e-9

const finestGradient = 1e-14

/** Fall of the loss (at most 0.7 at the start) after which Newton's method has arrived too. */
const leastGain = 1e-12

/** A step with older curvature must leave at most this share of the distance to the solution; else it is measured anew. */
const goodStep = 0.3

/** Keeps Newton's equations solvable when columns repeat each other; where it ends is not changed. */
const proximity = 1e-10

/** The loss may rise by it between equal points. */
const rounding = 1e-14

const mostRounds = 50

interface Penalty {
  readonly lambda: number
  readonly alpha: number
}

/**
 * Brings the state to the solution for one lambda. The active columns of the last one are moved first, which is often all; then
 * columns that break the optimality conditions come in by coordinate descent, until there is none.
 */
export function descend(problem: Problem, state: State, penalty: Penalty, previous: number, scale: number) {
  const { columns, x, sd } = problem
  const { beta, residual } = state
  const limit = penalty.alpha * (2 * penalty.lambda - previous)
  const strong = (j: number) => previous === Infinity || Math.abs(product(x, j, residual)) >= limit
  const varying = Array.from({ length: columns }, (_, j) => j).filter((j) => sd[j] > 0)
  const suspects = varying.filter((j) => beta[j] !== 0 || strong(j))
  const beyond = penalty.lambda * penalty.alpha * (1 + 10 * finest)
  const violating = (j: number) => beta[j] === 0 && Math.abs(product(x, j, residual)) > beyond
  finishActive(problem, state, penalty)
  for (let round = 0; round < mostRounds; round++) {
    const some = suspects.filter(violating)
    const added = some.length > 0 ? some : varying.filter(violating)
    if (added.length === 0) return
    const active = varying.filter((j) => beta[j] !== 0)
    descendByCoordinate(
      problem,
      state,
      penalty,
      [...active, ...added].sort((a, b) => a - b),
      coarse * scale,
    )
    finishActive(problem, state, penalty)
  }
}

/** Sweeps over the candidates on the quadratic at the present point. */
function descendByCoordinate(
  problem: Problem,
  state: State,
  { lambda, alpha }: Penalty,
  candidates: readonly number[],
  tolerance: number,
) {
  const { rows, x } = problem
  const { beta, residual } = state
  const ofColumn = new Float64Array(problem.columns)
  const curvature = curvatures(problem, state)
  const total = sumOf(curvature)
  for (const j of candidates) ofColumn[j] = squares(x, j, curvature)
  const update = (j: number): number => {
    const old = beta[j]
    const pull = product(x, j, residual) + ofColumn[j] * old
    const beyond = Math.abs(pull) - lambda * alpha
    const next = beyond > negligible * lambda ? (Math.sign(pull) * beyond) / (ofColumn[j] + lambda * (1 - alpha)) : 0
    if (next === old) return 0
    const step = next - old
    beta[j] = next
    for (let i = 0, at = j * rows; i < rows; i++, at++) residual[i] -= step * curvature[i] * x[at]
    return ofColumn[j] * step * step
  }
  const updateIntercept = (): number => {
    const step = sumOf(residual) / total
    state.intercept += step
    for (let i = 0; i < rows; i++) residual[i] -= step * curvature[i]
    return total * step * step
  }
  const sweep = (set: readonly number[]) => {
    let most = updateIntercept()
    for (const j of set) most = Math.max(most, update(j))
    return most
  }
  for (let sweeps = 0; sweeps < mostSweeps && sweep(candidates) >= tolerance; sweeps++) {
    const active = candidates.filter((j) => beta[j] !== 0)
    while (sweep(active) >= tolerance && ++sweeps < mostSweeps);
  }
  refresh(problem, state)
}

/**
 * Newton's method for the columns that are not 0, their signs held; one that reaches 0 stays there. The curvature, which costs
 * the most, is kept from step to step and from lambda to lambda as long as steps with it come nearer fast enough: where they
 * end is where the gradient says.
 */
function finishActive(problem: Problem, state: State, penalty: Penalty) {
  const { lambda, alpha } = penalty
  const { beta } = state
  const enough = Math.max(finest * lambda, finestGradient)
  let active = activeOf(state)
  let distance = distanceOf(problem, state, penalty, active)
  for (let newton = 0; newton < mostRounds && distance.greatest > enough; newton++) {
    const known = state.curvature
    const isOld = known !== null && isSame(known.active, active)
    const curvature = isOld ? known : measureCurvature(problem, state, active, lambda * (1 - alpha) + proximity)
    state.curvature = curvature
    const step = curvature && solveStep(curvature, distance)
    if (!step) return
    const from = { intercept: state.intercept, beta: beta.slice() }
    const takeStep = (share: number) => {
      state.intercept = from.intercept + share * step.intercept
      let crossed = false
      for (let k = 0; k < active.length; k++) {
        const old = from.beta[active[k]]
        const next = old + share * step.columns[k]
        crossed ||= next * old <= 0
        beta[active[k]] = next * old > 0 ? next : 0
      }
      refresh(problem, state)
      return crossed
    }
    if (isOld) {
      const crossed = takeStep(1)
      const next = distanceOf(problem, state, penalty, active)
      if (!crossed && next.greatest <= Math.max(goodStep * distance.greatest, enough)) distance = next
      else {
        takeStep(0)
        state.curvature = null
      }
      continue
    }
    const loss = penalisedLoss(problem, state, penalty)
    let share = 1
    takeStep(share)
    let reached = penalisedLoss(problem, state, penalty)
    for (let halving = 0; halving < 30 && reached > loss + rounding; halving++) {
      takeStep((share /= 2))
      reached = penalisedLoss(problem, state, penalty)
    }
    active = activeOf(state)
    distance = distanceOf(problem, state, penalty, active)
    if (share === 1 && loss - reached < leastGain) return
  }
}

interface Distance {
  /** What is left of the gradient in the active columns, and in the intercept. */
  readonly columns: Float64Array
  readonly intercept: number
  readonly greatest: number
}

function distanceOf({ x }: Problem, { beta, residual }: State, { lambda, alpha }: Penalty, active: readonly number[]): Distance {
  const columns = new Float64Array(active.length)
  const intercept = sumOf(residual)
  let greatest = Math.abs(intercept)
  for (let k = 0; k < active.length; k++) {
    const value = beta[active[k]]
    columns[k] = product(x, active[k], residual) - lambda * ((1 - alpha) * value + alpha * Math.sign(value))
    greatest = Math.max(greatest, Math.abs(columns[k]))
  }
  return { columns, intercept, greatest }
}

function activeOf({ beta }: State): number[] {
  const active: number[] = []
  for (let j = 0; j < beta.length; j++) if (beta[j] !== 0) active.push(j)
  return active
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k])
}

/** Z'Z + ridge, of the active columns Z centred and scaled by the curvature of each row, ready to be solved. */
interface Curvature {
  readonly active: readonly number[]
  readonly total: number
  /** Weighted mean of each active column: the intercept is eliminated by it. */
  readonly centre: Float64Array
  /** Solves (Z'Z + ridge) s = target. */
  readonly solve: (target: Float64Array) => Float64Array
}

/** Null if singular. */
function measureCurvature(problem: Problem, state: State, active: readonly number[], ridge: number): Curvature | null {
  const { rows, x } = problem
  const curvature = curvatures(problem, state)
  const root = curvature.map(Math.sqrt)
  const total = sumOf(curvature)
  const centre = Float64Array.from(active, (j) => product(x, j, curvature) / total)
  const z = new Float64Array(rows * active.length)
  for (let k = 0; k < active.length; k++)
    for (let i = 0, at = active[k] * rows; i < rows; i++, at++) z[k * rows + i] = root[i] * (x[at] - centre[k])
  const solve = factoriseRidge(z, rows, ridge)
  return solve && { active, total, centre, solve }
}

function solveStep({ total, centre, solve }: Curvature, { columns, intercept }: Distance) {
  const step = solve(columns.map((value, k) => value - centre[k] * intercept))
  return { columns: step, intercept: intercept / total - centre.reduce((sum, value, k) => sum + value * step[k], 0) }
}

/** Solves (Z'Z + ridge) s = target for a column-major Z, through Z Z' when Z has more columns than rows. */
function factoriseRidge(z: Float64Array, rows: number, ridge: number): Curvature['solve'] | null {
  const columns = z.length / rows
  if (columns <= rows) {
    const factor = factorisePositiveDefinite(gram(z, rows, columns, ridge), columns)
    return factor && ((target) => solveFactorised(factor, target))
  }
  const transposed = new Float64Array(z.length)
  for (let k = 0; k < columns; k++) for (let i = 0; i < rows; i++) transposed[i * columns + k] = z[k * rows + i]
  const factor = factorisePositiveDefinite(gram(transposed, columns, rows, ridge), rows)
  if (!factor) return null
  return (target) => {
    const across = new Float64Array(rows)
    for (let k = 0; k < columns; k++) for (let i = 0; i < rows; i++) across[i] += z[k * rows + i] * target[k]
    const solved = solveFactorised(factor, across)
    return target.map((value, k) => (value - product(z, k, solved)) / ridge)
  }
}

function gram(z: Float64Array, rows: number, columns: number, ridge: number): Float64Array {
  const square = new Float64Array(columns * columns)
  for (let a = 0; a < columns; a++)
    for (let b = 0; b <= a; b++) {
      // Four sums at a time, so that one addition does not wait for the last.
      let p = a * rows
      let q = b * rows
      let sum0 = a === b ? ridge : 0
      let sum1 = 0
      let sum2 = 0
      let sum3 = 0
      for (const end = p + rows - 3; p < end; p += 4, q += 4) {
        sum0 += z[p] * z[q]
        sum1 += z[p + 1] * z[q + 1]
        sum2 += z[p + 2] * z[q + 2]
        sum3 += z[p + 3] * z[q + 3]
      }
      for (const end = (a + 1) * rows; p < end; p++, q++) sum0 += z[p] * z[q]
      square[a * columns + b] = square[b * columns + a] = sum0 + sum1 + (sum2 + sum3)
    }
  return square
}

function penalisedLoss(problem: Problem, state: State, { lambda, alpha }: Penalty): number {
  let penalty = 0
  for (const beta of state.beta) penalty += ((1 - alpha) / 2) * beta * beta + alpha * Math.abs(beta)
  return meanDeviance(problem, state) / 2 + lambda * penalty
}

/** Brings linear predictor, probabilities and residuals to the coefficients. */
function refresh(problem: Problem, state: State) {
  const { rows, y, weights } = problem
  const { eta, probability, residual } = state
  addActiveColumns(problem, state)
  for (let i = 0; i < rows; i++) {
    probability[i] = inverseLogit(eta[i])
    residual[i] = weights[i] * (y[i] - probability[i])
  }
}

/** Four columns at a time: every load and store of the sum serves all of them. */
function addActiveColumns({ rows, x }: Problem, state: State) {
  const { beta, eta } = state
  const active = activeOf(state)
  eta.fill(state.intercept)
  let k = 0
  for (; k + 3 < active.length; k += 4) {
    const [j0, j1, j2, j3] = [active[k], active[k + 1], active[k + 2], active[k + 3]]
    const [b0, b1, b2, b3] = [beta[j0], beta[j1], beta[j2], beta[j3]]
    const [at0, at1, at2, at3] = [j0 * rows, j1 * rows, j2 * rows, j3 * rows]
    for (let i = 0; i < rows; i++) eta[i] += b0 * x[at0 + i] + b1 * x[at1 + i] + (b2 * x[at2 + i] + b3 * x[at3 + i])
  }
  for (; k < active.length; k++) {
    const slope = beta[active[k]]
    for (let i = 0, at = active[k] * rows; i < rows; i++, at++) eta[i] += slope * x[at]
  }
}

function curvatures({ rows, weights }: Problem, { probability }: State): Float64Array {
  const curvature = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const p = Math.min(Math.max(probability[i], nearCertain), 1 - nearCertain)
    curvature[i] = weights[i] * p * (1 - p)
  }
  return curvature
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum
}

export function greatestGradient({ x, columns }: Problem, { residual }: State): number {
  let most = 0
  for (let j = 0; j < columns; j++) most = Math.max(most, Math.abs(product(x, j, residual)))
  return most
}

function product(x: Float64Array, column: number, vector: Float64Array): number {
  let sum = 0
  for (let i = 0, at = column * vector.length; i < vector.length; i++, at++) sum += x[at] * vector[i]
  return sum
}

function squares(x: Float64Array, column: number, vector: Float64Array): number {
  let sum = 0
  for (let i = 0, at = column * vector.length; i < vector.length; i++, at++) sum += x[at] * x[at] * vector[i]
  return sum
}

export function meanDeviance({ y, weights, rows }: Problem, { probability }: State): number {
  let sum = 0
  for (let i = 0; i < rows; i++) {
    const p = probability[i]
    sum -= 2 * weights[i] * log(y[i] === 1 ? p : 1 - p)
  }
  return sum
}
