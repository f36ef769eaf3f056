import type { Kernels } from '../kernels/kernels.ts'
import { listNeighbours } from './directions.ts'
import type { LevelImage } from './discretise.ts'
import type { FeatureOptions } from './featureOptions.ts'
import { offsetOf } from './glcmMatrix.ts'
import { refuse } from './messages.ts'

export type NgtdmOptions = Pick<FeatureOptions, 'neighbourhood' | 'names'>

/** A row of the neighbouring grey tone difference matrix for each level that occurs. */
export interface NgtdmMatrix {
  readonly levels: readonly number[]
  /** n_i: voxels of the level; those without a neighbour in the region count too, as in PyRadiomics. */
  readonly counts: readonly number[]
  /** n_i of the IBSI: without them. */
  readonly withNeighbours: readonly number[]
  /** s_i: sum of |level - mean level of the voxel's neighbours in the region|; 0 for a voxel without neighbours. */
  readonly differences: readonly number[]
}

/** Neighbours' levels are summed as int32. */
const greatestSum = 2147483647

/** @throws DataError where the sum of the neighbours' levels could pass int32: level numbers near a million and more than 2,000 neighbours */
export function countNgtdm(kernels: Kernels, levels: LevelImage, options: NgtdmOptions): NgtdmMatrix {
  const n = levels.levelCount
  const neighbours = listNeighbours(levels.size, options)
  if (levels.highestLevel * neighbours.length > greatestSum)
    throw refuse('ngtdm-sums', { neighbours: neighbours.length, highestLevel: levels.highestLevel, names: options.names })
  return kernels.scope(() => {
    const offsets = kernels.allocate(4 * neighbours.length)
    const trueLevels = kernels.allocate(4 * levels.length)
    const differences = kernels.allocate(8 * n)
    const withNeighbours = kernels.allocate(4 * n)
    const present = [...kernels.i32(levels.present, n + 1).subarray(1)]
    kernels.i32(offsets, neighbours.length).set(neighbours.map((step) => offsetOf(step, levels)))
    kernels.exports.clear(trueLevels, 4 * levels.length)
    kernels.exports.clear(differences, 8 * n)
    kernels.exports.clear(withNeighbours, 4 * n)
    kernels.exports.sumDifferences(
      levels.pointer, levels.places, levels.voxelCount, levels.from, levels.end, offsets, neighbours.length, levels.present, trueLevels, differences,
      withNeighbours,
    ) // prettier-ignore
    return {
      levels: present,
      counts: [...kernels.i32(levels.counts, n + 1).subarray(1)],
      withNeighbours: [...kernels.i32(withNeighbours, n)],
      differences: [...kernels.f64(differences, n)],
    }
  })
}
