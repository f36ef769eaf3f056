import { F64s, I32s } from './views'

const eps: f64 = 2.220446049250313e-16

/**
 * Sums over a matrix of grey level (rows) by size of a run, zone or dependence (columns).
 * @param levels true grey level of index 1..rows (int32)
 * @param sizes of each column (float64)
 * @param byLevel, bySize rows and columns sums of the matrix
 * @param out total, then sums of P/(i^2 j^2), P i^2/j^2, P j^2/i^2, P i^2 j^2, then entropy of P/total in bits and its energy
 */
export function sizeMatrixSums(
  matrix: usize, rows: i32, columns: i32, levels: usize, sizes: usize, byLevel: usize, bySize: usize, out: usize,
): void {
  const cell = changetype<F64s>(matrix)
  const level = changetype<I32s>(levels)
  const size = changetype<F64s>(sizes)
  const levelSum = changetype<F64s>(byLevel)
  const sizeSum = changetype<F64s>(bySize)
  const result = changetype<F64s>(out)
  memory.fill(bySize, 0, columns << 3)
  let total: f64 = 0, smallLow: f64 = 0, smallHigh: f64 = 0, largeLow: f64 = 0, largeHigh: f64 = 0
  for (let i = 0; i < rows; i++) {
    let row: f64 = 0, small: f64 = 0, large: f64 = 0
    for (let j = 0; j < columns; j++) {
      const c = cell[i * columns + j]
      if (c == 0) continue
      row += c
      sizeSum[j] = sizeSum[j] + c
      const squared = size[j] * size[j]
      small += c / squared
      large += c * squared
    }
    const squared = f64(level[i + 1]) * f64(level[i + 1])
    levelSum[i] = row
    total += row
    smallLow += small / squared
    smallHigh += small * squared
    largeLow += large / squared
    largeHigh += large * squared
  }
  let entropy: f64 = 0, energy: f64 = 0
  for (let at = 0; at < rows * columns; at++) {
    const c = cell[at]
    if (c == 0) continue
    const p = c / total
    entropy -= p * Math.log2(p + eps)
    energy += p * p
  }
  result[0] = total
  result[1] = smallLow
  result[2] = smallHigh
  result[3] = largeLow
  result[4] = largeHigh
  result[5] = entropy
  result[6] = energy
}
