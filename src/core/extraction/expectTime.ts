import { solveLeastSquares } from '../numeric/leastSquares.ts'
import type { Grid } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'

/** About how many voxels filters see of a region that reaches over so many voxels of its image along each axis. */
export function expectVoxels(
  extent: Triple,
  { size, spacingMm }: Pick<Grid, 'size' | 'spacingMm'>,
  { resampling, surroundings, images }: ExtractionPlan,
): number {
  const isWhole = !resampling && !surroundings.crop && images.some(({ filter }) => filter.kind !== 'none')
  const along = (axis: 0 | 1 | 2) => {
    if (isWhole) return size[axis]
    const ratio = resampling && resampling.spacingMm[axis] > 0 ? spacingMm[axis] / resampling.spacingMm[axis] : 1
    return Math.min(Math.ceil(size[axis] * ratio), Math.ceil(extent[axis] * ratio) + 1 + 2 * surroundings.padding)
  }
  return along(0) * along(1) * along(2)
}

/** A region that was measured. */
export interface Timed {
  /** See `expectVoxels`. */
  readonly voxels: number
  readonly ms: number
}

/**
 * How long regions take by those that were measured: a + b x voxels by least squares; where fewer or more voxels would take less than
 * nothing, or all have as many, the mean.
 * @param done at least one
 */
export function expectTime(done: readonly Timed[]): (voxels: number) => number {
  const mean = done.reduce((sum, { ms }) => sum + ms, 0) / done.length
  const matrix = Float64Array.from([...done.map(() => 1), ...done.map(({ voxels }) => voxels)])
  const { coefficients, pivots } = solveLeastSquares(
    matrix,
    Float64Array.from(done, ({ ms }) => ms),
    2,
  )
  const [fixed, perVoxel] = coefficients
  return pivots.length === 2 && fixed >= 0 && perVoxel >= 0 ? (voxels) => fixed + perVoxel * voxels : () => mean
}
