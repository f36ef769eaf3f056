/** Cholesky's factor L of L L' = A (Golub and Van Loan 2013, section 4.2): the lower triangle, rows by columns. */
export type CholeskyFactor = Float64Array

/**
 * @param matrix symmetric, order x order; its lower triangle is overwritten and returned
 * @returns null when the matrix is not positive definite
 */
export function factorisePositiveDefinite(matrix: Float64Array, order: number): CholeskyFactor | null {
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let value = matrix[i * order + j]
      for (let k = 0; k < j; k++) value -= matrix[i * order + k] * matrix[j * order + k]
      if (j < i) matrix[i * order + j] = value / matrix[j * order + j]
      else if (value > 0) matrix[i * order + i] = Math.sqrt(value)
      else return null
    }
  }
  return matrix
}

export function solveFactorised(factor: CholeskyFactor, target: Float64Array): Float64Array {
  const order = target.length
  const solution = target.slice()
  for (let i = 0; i < order; i++) {
    for (let k = 0; k < i; k++) solution[i] -= factor[i * order + k] * solution[k]
    solution[i] /= factor[i * order + i]
  }
  for (let i = order - 1; i >= 0; i--) {
    for (let k = i + 1; k < order; k++) solution[i] -= factor[k * order + i] * solution[k]
    solution[i] /= factor[i * order + i]
  }
  return solution
}
