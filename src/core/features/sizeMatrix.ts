import type { Kernels } from '../kernels/kernels.ts'
import type { LevelImage } from './discretise.ts'

/** A matrix of grey level (rows, by level index) and size of a run, zone or dependence (columns) inside WASM memory, float64. */
export interface SizeMatrix {
  readonly pointer: number
  readonly columns: number
  /** float64, size that each column stands for. */
  readonly sizes: number
}

/** The statistics that run length, size zone and dependence matrix have in common. Entropies in bits. */
export interface SizeStatistics {
  readonly smallEmphasis: number
  readonly largeEmphasis: number
  readonly lowLevelEmphasis: number
  readonly highLevelEmphasis: number
  readonly smallLowEmphasis: number
  readonly smallHighEmphasis: number
  readonly largeLowEmphasis: number
  readonly largeHighEmphasis: number
  readonly levelNonUniformity: number
  readonly levelNonUniformityNormalized: number
  readonly sizeNonUniformity: number
  readonly sizeNonUniformityNormalized: number
  /** Runs, zones ... for each voxel that they hold. */
  readonly percentage: number
  readonly levelVariance: number
  readonly sizeVariance: number
  readonly entropy: number
  /** Sum of the squared shares. */
  readonly energy: number
  /** Runs, zones ... */
  readonly total: number
}

/**
 * Statistics of a size matrix P(i, j) with grey level i and size j: emphases sum P i^(+-2) j^(+-2) / N, non-uniformities
 * sum of squared marginals / N (or / N^2), variances of the normalised marginals.
 * @returns undefined for a matrix without entries
 */
export function summariseSizeMatrix(kernels: Kernels, levels: LevelImage, matrix: SizeMatrix): SizeStatistics | undefined {
  const rows = levels.levelCount
  const { columns } = matrix
  return kernels.scope(() => {
    const levelSums = kernels.allocate(8 * rows)
    const sizeSums = kernels.allocate(8 * columns)
    const out = kernels.allocate(8 * 7)
    kernels.exports.sizeMatrixSums(matrix.pointer, rows, columns, levels.present, matrix.sizes, levelSums, sizeSums, out)
    const [total, smallLow, smallHigh, largeLow, largeHigh, entropy, energy] = kernels.f64(out, 7) as unknown as number[]
    if (total === 0) return undefined
    const n = total
    const byLevel = momentsOf(kernels.f64(levelSums, rows), kernels.i32(levels.present, rows + 1).subarray(1), n)
    const bySize = momentsOf(kernels.f64(sizeSums, columns), kernels.f64(matrix.sizes, columns), n)
    return {
      smallEmphasis: bySize.inverseSquares,
      largeEmphasis: bySize.squares,
      lowLevelEmphasis: byLevel.inverseSquares,
      highLevelEmphasis: byLevel.squares,
      smallLowEmphasis: smallLow / n,
      smallHighEmphasis: smallHigh / n,
      largeLowEmphasis: largeLow / n,
      largeHighEmphasis: largeHigh / n,
      levelNonUniformity: byLevel.squaredCounts / n,
      levelNonUniformityNormalized: byLevel.squaredCounts / (n * n),
      sizeNonUniformity: bySize.squaredCounts / n,
      sizeNonUniformityNormalized: bySize.squaredCounts / (n * n),
      percentage: 1 / bySize.mean,
      levelVariance: byLevel.variance,
      sizeVariance: bySize.variance,
      entropy: entropy,
      energy,
      total,
    }
  })
}

function momentsOf(counts: Float64Array, values: Int32Array | Float64Array, total: number) {
  let [squares, inverseSquares, squaredCounts, first] = [0, 0, 0, 0]
  for (let i = 0; i < counts.length; i++) {
    const [count, value] = [counts[i], values[i]]
    squares += count * (value * value)
    inverseSquares += count / (value * value)
    squaredCounts += count * count
    first += count * value
  }
  const mean = first / total
  let variance = 0
  for (let i = 0; i < counts.length; i++) variance += counts[i] * (values[i] - mean) * (values[i] - mean)
  return { mean, variance: variance / total, squares: squares / total, inverseSquares: inverseSquares / total, squaredCounts }
}
