import { exp } from '../numeric/functions.ts'

/** Plain numbers; everything finite. */
export interface SvmProblem {
  /** Rows by columns, row-major. */
  readonly points: Float64Array
  readonly columns: number
  /** 1 or -1 a row. */
  readonly signs: Int8Array
  /** Upper bound of each row's multiplier: cost x class weight. */
  readonly bounds: Float64Array
  readonly kernel: SvmKernel
  /** The optimality conditions hold within it. */
  readonly tolerance: number
}

/** x.y, or exp(-gamma |x - y|^2). */
export type SvmKernel = { readonly name: 'linear' } | { readonly name: 'radial'; readonly gamma: number }

export interface SvmSolution {
  /** Multiplier of each row, 0 for those that are no support vectors. */
  readonly alpha: Float64Array
  /** Decision value: sum of alpha x sign x kernel - rho. */
  readonly rho: number
  readonly iterations: number
  readonly converged: boolean
}

const tau = 1e-12

/**
 * C-support vector classification by sequential minimal optimisation with second order working set selection (Fan, Chen and Lin
 * 2005, JMLR 6:1889, algorithm 2; rho as in Chang and Lin 2011, section 4.1.5), without shrinking: a study's kernel matrix fits in memory.
 *
 * It is our own because libsvm-js 0.2.1 and libsvm-wasm 0.0.8, the builds of libsvm on npm, are not kept any more and would
 * bring their own random numbers and kernels of another compiler.
 */
export function solveSvm(problem: SvmProblem): SvmSolution {
  const { signs, bounds, tolerance } = problem
  const rows = signs.length
  const kernelRow = keepRows(problem)
  const diagonal = Float64Array.from(signs, (_, i) => kernelRow(i)[i])
  const alpha = new Float64Array(rows)
  const gradient = new Float64Array(rows).fill(-1)
  const limit = Math.max(10_000_000, 100 * rows)
  let iterations = 0
  let converged = false
  while (!converged && iterations < limit) {
    const pair = selectPair(alpha, gradient, problem, kernelRow, diagonal)
    converged = pair === null || pair.gap < tolerance
    if (converged) break
    iterations++
    const { i, j } = pair!
    const [oldI, oldJ] = [alpha[i], alpha[j]]
    movePair(alpha, gradient, i, j, signs, bounds, Math.max(diagonal[i] + diagonal[j] - 2 * kernelRow(i)[j], tau))
    const [stepI, stepJ] = [(alpha[i] - oldI) * signs[i], (alpha[j] - oldJ) * signs[j]]
    const [rowI, rowJ] = [kernelRow(i), kernelRow(j)]
    for (let k = 0; k < rows; k++) gradient[k] += signs[k] * (rowI[k] * stepI + rowJ[k] * stepJ)
  }
  return { alpha, rho: findRho(alpha, gradient, signs, bounds), iterations, converged }
}

/** Kernel of two points given as places in row-major arrays. */
export function kernelValue(
  kernel: SvmKernel,
  a: ArrayLike<number>,
  fromA: number,
  b: ArrayLike<number>,
  fromB: number,
  columns: number,
): number {
  let sum = 0
  if (kernel.name === 'linear') {
    for (let k = 0; k < columns; k++) sum += a[fromA + k] * b[fromB + k]
    return sum
  }
  for (let k = 0; k < columns; k++) {
    const difference = a[fromA + k] - b[fromB + k]
    sum += difference * difference
  }
  return exp(-kernel.gamma * sum)
}

/** Computes a row of the kernel matrix when it is first asked for. */
function keepRows({ points, columns, signs, kernel }: SvmProblem): (row: number) => Float64Array {
  const rows: Float64Array[] = []
  return (row) =>
    (rows[row] ??= Float64Array.from(signs, (_, k) => kernelValue(kernel, points, row * columns, points, k * columns, columns)))
}

/** The row that violates most, and of the others the one that with it lowers the objective most; their gap is the violation. */
function selectPair(
  alpha: Float64Array,
  gradient: Float64Array,
  { signs, bounds }: SvmProblem,
  kernelRow: (row: number) => Float64Array,
  diagonal: Float64Array,
): { i: number; j: number; gap: number } | null {
  let [i, most] = [-1, -Infinity]
  for (let t = 0; t < alpha.length; t++) {
    const up = signs[t] > 0 ? alpha[t] < bounds[t] : alpha[t] > 0
    if (!up || -signs[t] * gradient[t] < most || -signs[t] * gradient[t] === most) continue
    ;[i, most] = [t, -signs[t] * gradient[t]]
  }
  if (i < 0) return null
  const row = kernelRow(i)
  let [j, least, best] = [-1, Infinity, Infinity]
  for (let t = 0; t < alpha.length; t++) {
    const low = signs[t] > 0 ? alpha[t] > 0 : alpha[t] < bounds[t]
    if (!low) continue
    const value = -signs[t] * gradient[t]
    least = Math.min(least, value)
    const violation = most - value
    if (violation <= 0) continue
    const curvature = Math.max(diagonal[i] + diagonal[t] - 2 * row[t], tau)
    const gain = -(violation * violation) / curvature
    if (gain < best) [j, best] = [t, gain]
  }
  return j < 0 ? null : { i, j, gap: most - least }
}

/** Solves for two multipliers, the others held, within their bounds. */
function movePair(
  alpha: Float64Array,
  gradient: Float64Array,
  i: number,
  j: number,
  signs: Int8Array,
  bounds: Float64Array,
  curvature: number,
) {
  const same = signs[i] === signs[j]
  const kept = same ? alpha[i] + alpha[j] : alpha[i] - alpha[j]
  const step = (same ? gradient[i] - gradient[j] : -gradient[i] - gradient[j]) / curvature
  const low = same ? Math.max(0, kept - bounds[j]) : Math.max(0, kept)
  const high = same ? Math.min(bounds[i], kept) : Math.min(bounds[i], bounds[j] + kept)
  const next = Math.min(Math.max(same ? alpha[i] - step : alpha[i] + step, low), high)
  alpha[i] = next
  const other = same ? kept - next : next - kept
  // Where i stops because j is at a bound, j is there exactly: a rounding error away it would pass as free.
  const jAtZero = same ? next === kept : next === low && low > 0
  const jAtBound = same ? next === low && low > 0 : next === bounds[j] + kept
  alpha[j] = jAtZero ? 0 : jAtBound ? bounds[j] : Math.min(Math.max(other, 0), bounds[j])
}

/** Mean of y x gradient over the free support vectors; without any, the middle of what the bound ones allow. */
function findRho(alpha: Float64Array, gradient: Float64Array, signs: Int8Array, bounds: Float64Array): number {
  let [sum, free, upper, lower] = [0, 0, Infinity, -Infinity]
  for (let t = 0; t < alpha.length; t++) {
    const value = signs[t] * gradient[t]
    if (alpha[t] > 0 && alpha[t] < bounds[t]) {
      sum += value
      free++
    } else if (alpha[t] > 0 === signs[t] > 0) lower = Math.max(lower, value)
    else upper = Math.min(upper, value)
  }
  return free > 0 ? sum / free : (upper + lower) / 2
}
