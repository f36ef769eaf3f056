import type { VoxelArray } from '../numeric/voxelArray.ts'

/** Grey levels of a whole volume, over its finite voxels. */
export interface VolumeStatistics {
  readonly count: number
  readonly mean: number
  /** Sample standard deviation (divided by count - 1), as ITK's NormalizeImageFilter takes it. */
  readonly sd: number
  readonly minimum: number
  readonly maximum: number
  /** Voxels that are NaN or infinite; they are left out of the figures above. */
  readonly nonFinite: number
  /** Position in the voxel array of the first of them, -1 if there is none. */
  readonly firstNonFinite: number
}

/** Sums so far; plain data, so that a volume can be measured in pieces. */
export interface RunningStatistics {
  readonly seen: number
  readonly sum: number
  readonly sumError: number
  readonly squares: number
  readonly squaresError: number
  readonly minimum: number
  readonly maximum: number
  readonly nonFinite: number
  readonly firstNonFinite: number
}

export function startStatistics(): RunningStatistics {
  return {
    seen: 0,
    sum: 0,
    sumError: 0,
    squares: 0,
    squaresError: 0,
    minimum: Infinity,
    maximum: -Infinity,
    nonFinite: 0,
    firstNonFinite: -1,
  }
}

/**
 * Adds the next voxels in order. Sums are compensated (Kahan), so that the answer is that of exact sums to the last digits
 * and does not depend on where the pieces were cut.
 */
export function addToStatistics(before: RunningStatistics, voxels: VoxelArray): RunningStatistics {
  const isWhole = !(voxels instanceof Float32Array || voxels instanceof Float64Array)
  const bytes = voxels.BYTES_PER_ELEMENT
  return isWhole && bytes <= 2 ? addWholeNumbers(before, voxels) : addNumbers(before, voxels)
}

/** Sums of so many squares of 16-bit numbers are exact in float64. */
const exactPiece = 1 << 20

/** Values of at most 16 bits: exact sums of pieces, compensated only from piece to piece. */
function addWholeNumbers(before: RunningStatistics, voxels: VoxelArray): RunningStatistics {
  let { sum, sumError, squares, squaresError, minimum, maximum } = before
  for (let start = 0; start < voxels.length; start += exactPiece) {
    const end = Math.min(start + exactPiece, voxels.length)
    let pieceSum = 0
    let pieceSquares = 0
    for (let i = start; i < end; i++) {
      const x = voxels[i]
      if (x < minimum) minimum = x
      if (x > maximum) maximum = x
      pieceSum += x
      pieceSquares += x * x
    }
    ;[sum, sumError] = addCompensated(sum, sumError, pieceSum)
    ;[squares, squaresError] = addCompensated(squares, squaresError, pieceSquares)
  }
  return { ...before, seen: before.seen + voxels.length, sum, sumError, squares, squaresError, minimum, maximum }
}

function addCompensated(sum: number, error: number, value: number): [sum: number, error: number] {
  const term = value - error
  const next = sum + term
  return [next, next - sum - term]
}

function addNumbers(before: RunningStatistics, voxels: VoxelArray): RunningStatistics {
  let { sum, sumError, squares, squaresError, minimum, maximum, nonFinite, firstNonFinite } = before
  for (let i = 0; i < voxels.length; i++) {
    const x = voxels[i]
    if (x - x !== 0) {
      if (nonFinite++ === 0) firstNonFinite = before.seen + i
      continue
    }
    if (x < minimum) minimum = x
    if (x > maximum) maximum = x
    const term = x - sumError
    const next = sum + term
    sumError = next - sum - term
    sum = next
    const squareTerm = x * x - squaresError
    const nextSquares = squares + squareTerm
    squaresError = nextSquares - squares - squareTerm
    squares = nextSquares
  }
  return { seen: before.seen + voxels.length, sum, sumError, squares, squaresError, minimum, maximum, nonFinite, firstNonFinite }
}

export function finishStatistics({
  seen,
  sum,
  squares,
  minimum,
  maximum,
  nonFinite,
  firstNonFinite,
}: RunningStatistics): VolumeStatistics {
  const count = seen - nonFinite
  // ITK's formula (StatisticsImageFilter), so that the standard deviation is the same to the last digits.
  const variance = count > 1 ? (squares - (sum * sum) / count) / (count - 1) : 0
  return {
    count,
    mean: count > 0 ? sum / count : NaN,
    sd: Math.sqrt(Math.max(0, variance)),
    minimum,
    maximum,
    nonFinite,
    firstNonFinite,
  }
}

export function measureVolume(voxels: VoxelArray): VolumeStatistics {
  return finishStatistics(addToStatistics(startStatistics(), voxels))
}
