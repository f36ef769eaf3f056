import type { Kernels } from '../kernels/kernels.ts'
import { listNeighbours } from './directions.ts'
import type { LevelImage } from './discretise.ts'
import type { FeatureOptions } from './featureOptions.ts'
import { offsetOf } from './glcmMatrix.ts'
import type { SizeMatrix } from './sizeMatrix.ts'

export type GldmOptions = Pick<FeatureOptions, 'neighbourhood' | 'names' | 'dependenceTolerance'>

/**
 * Counts voxels by level and by dependence size: 1 for the voxel itself plus its neighbours in the region whose level differs
 * by at most the tolerance. Allocates the matrix in the caller's scope.
 */
export function countGldm(kernels: Kernels, levels: LevelImage, options: GldmOptions): SizeMatrix {
  const { exports } = kernels
  const neighbours = listNeighbours(levels.size, options)
  const columns = neighbours.length + 1
  const pointer = kernels.allocate(8 * levels.levelCount * columns)
  const sizes = kernels.allocate(8 * columns)
  kernels.f64(sizes, columns).set(Array.from({ length: columns }, (_, j) => j + 1))
  exports.clear(pointer, 8 * levels.levelCount * columns)
  kernels.scope(() => {
    const offsets = kernels.allocate(4 * neighbours.length)
    kernels.i32(offsets, neighbours.length).set(neighbours.map((step) => offsetOf(step, levels)))
    // A tolerance of the highest level takes every neighbour; a greater one would not fit into int32.
    exports.countDependences(
      levels.pointer, levels.from, levels.end, offsets, neighbours.length, levels.present, Math.min(options.dependenceTolerance, levels.highestLevel), pointer,
    ) // prettier-ignore
  })
  return { pointer, columns, sizes }
}
