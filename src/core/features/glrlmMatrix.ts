import type { Kernels } from '../kernels/kernels.ts'
import { listDirections } from './directions.ts'
import type { LevelImage } from './discretise.ts'
import { nextNeighbours, type DirectionMerging, type FeatureOptions } from './featureOptions.ts'
import { offsetOf, stepLengthMm } from './glcmMatrix.ts'
import type { SizeMatrix } from './sizeMatrix.ts'

export type GlrlmOptions = Pick<FeatureOptions, 'neighbourhood' | 'names' | 'directions'>

/**
 * Counts runs of equal level inside the region (a gap ends a run), direction by direction, or merged into one
 * matrix, each run weighted by the length of the direction's step in mm (1 if unweighted). The matrix of a direction in
 * which no line meets the region twice is empty, unless such directions count. The neighbourhood's distances have no say here. Each matrix is gone after `visit`.
 */
export function visitGlrlmMatrices(
  kernels: Kernels,
  levels: LevelImage,
  options: GlrlmOptions,
  visit: (matrix: SizeMatrix) => void,
): void {
  const { exports } = kernels
  const { size, levelCount: rows } = levels
  const columns = Math.max(...size)
  const directions = listDirections(size, { ...options, neighbourhood: nextNeighbours(options.neighbourhood) })
  kernels.scope(() => {
    const pointer = kernels.allocate(8 * rows * columns)
    const sizes = kernels.allocate(8 * columns)
    const lengths = kernels.allocate(2 * levels.length)
    kernels.f64(sizes, columns).set(Array.from({ length: columns }, (_, j) => j + 1))
    const clear = () => exports.clear(pointer, 8 * rows * columns)
    clear()
    for (const step of directions) {
      exports.countRuns(
        levels.pointer, levels.places, levels.voxelCount, offsetOf(step, levels), columns, weightOf(step, levels, options.directions),
        pointer, lengths, ...size, ...step, levels.rowStride, levels.sliceStride, levels.base, options.neighbourhood.evenAlone,
      ) // prettier-ignore
      if (options.directions !== null) continue
      visit({ pointer, columns, sizes })
      clear()
    }
    if (options.directions !== null) visit({ pointer, columns, sizes })
  })
}

function weightOf(step: readonly [number, number, number], { spacingMm }: LevelImage, merging: DirectionMerging): number {
  return merging === null || merging === 'unweighted' ? 1 : stepLengthMm(step, spacingMm, merging)
}
