/** So much of a column's length must be left beside the columns before it: R's `glm.fit` at its default epsilon. */
const aliasTolerance = 1e-11

export interface LeastSquares {
  readonly coefficients: Float64Array
  /** The columns used, in order; the others depend on them. */
  readonly pivots: readonly number[]
  /** R of the QR decomposition, pivots by pivots, column-major. */
  readonly triangle: Float64Array
}

/**
 * Least squares by Householder reflections (Golub and Van Loan 2013, section 5.3). A column that depends on the columns before
 * it is set aside, with coefficient 0, as in R. Overwrites both arguments.
 * @param matrix rows by columns, column-major
 * @param response one a row
 */
export function solveLeastSquares(matrix: Float64Array, response: Float64Array, columns: number): LeastSquares {
  const rows = response.length
  const column = (j: number) => matrix.subarray(j * rows, (j + 1) * rows)
  const lengths = Float64Array.from({ length: columns }, (_, j) => norm(column(j), 0))
  const pivots: number[] = []
  for (let j = 0; j < columns && pivots.length < rows; j++) {
    const at = pivots.length
    const reflected = column(j)
    const rest = norm(reflected, at)
    if (!(rest > aliasTolerance * lengths[j])) continue
    const diagonal = reflected[at] > 0 ? -rest : rest
    const reflector = reflected.slice()
    reflector[at] -= diagonal
    const scale = -diagonal * reflector[at]
    for (let k = j + 1; k < columns; k++) reflect(column(k), reflector, at, scale)
    reflect(response, reflector, at, scale)
    reflected[at] = diagonal
    pivots.push(j)
  }
  const rank = pivots.length
  const triangle = new Float64Array(rank * rank)
  pivots.forEach((j, k) => triangle.set(column(j).subarray(0, k + 1), k * rank))
  const coefficients = new Float64Array(columns)
  for (let k = rank - 1; k >= 0; k--) {
    let value = response[k]
    for (let l = k + 1; l < rank; l++) value -= triangle[l * rank + k] * coefficients[pivots[l]]
    coefficients[pivots[k]] = value / triangle[k * rank + k]
  }
  return { coefficients, pivots, triangle }
}

function norm(column: Float64Array, from: number): number {
  let squares = 0
  for (let i = from; i < column.length; i++) squares += column[i] * column[i]
  return Math.sqrt(squares)
}

function reflect(target: Float64Array, reflector: Float64Array, from: number, scale: number) {
  let product = 0
  for (let i = from; i < target.length; i++) product += reflector[i] * target[i]
  product /= scale
  for (let i = from; i < target.length; i++) target[i] -= product * reflector[i]
}

/** (R^T R)^-1 for an upper triangle R. */
export function invertGram(triangle: Float64Array, rank: number): Float64Array {
  const inverse = new Float64Array(rank * rank)
  for (let column = 0; column < rank; column++) {
    for (let row = column; row >= 0; row--) {
      let value = row === column ? 1 : 0
      for (let k = row + 1; k <= column; k++) value -= triangle[k * rank + row] * inverse[column * rank + k]
      inverse[column * rank + row] = value / triangle[row * rank + row]
    }
  }
  const gram = new Float64Array(rank * rank)
  for (let a = 0; a < rank; a++)
    for (let b = 0; b < rank; b++)
      for (let k = Math.max(a, b); k < rank; k++) gram[a * rank + b] += inverse[k * rank + a] * inverse[k * rank + b]
  return gram
}
