/**
 * Solves A x = b by Cholesky's factors (Golub and Van Loan 2013, section 4.2).
 * @param matrix symmetric, order x order; overwritten
 * @returns null when the matrix is not positive definite
 */
export function solvePositiveDefinite(matrix: Float64Array, target: Float64Array): Float64Array | null {
  const order = target.length
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let value = matrix[i * order + j]
      for (let k = 0; k < j; k++) value -= matrix[i * order + k] * matrix[j * order + k]
      if (j < i) matrix[i * order + j] = value / matrix[j * order + j]
      else if (value > 0) matrix[i * order + i] = Math.sqrt(value)
      else return null
    }
  }
  const solution = target.slice()
  for (let i = 0; i < order; i++) {
    for (let k = 0; k < i; k++) solution[i] -= matrix[i * order + k] * solution[k]
    solution[i] /= matrix[i * order + i]
  }
  for (let i = order - 1; i >= 0; i--) {
    for (let k = i + 1; k < order; k++) solution[i] -= matrix[k * order + i] * solution[k]
    solution[i] /= matrix[i * order + i]
  }
  return solution
}
