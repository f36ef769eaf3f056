import type { Kernels } from '../kernels/kernels.ts'
import { listDirections } from './directions.ts'
import type { LevelImage } from './discretise.ts'
import { nextNeighbours, type FeatureOptions } from './featureOptions.ts'
import { offsetOf } from './glcmMatrix.ts'
import type { SizeMatrix } from './sizeMatrix.ts'

export type GlszmOptions = Pick<FeatureOptions, 'neighbourhood' | 'names'>

/**
 * Counts zones: voxels of equal level joined by faces, edges or corners (26 neighbours, 8 in a plane). Columns are the zone
 * sizes that occur. Allocates the matrix in the caller's scope.
 */
export function countGlszm(kernels: Kernels, levels: LevelImage, options: GlszmOptions): SizeMatrix {
  const { exports } = kernels
  const { voxelCount } = levels
  const directions = listDirections(levels.size, { ...options, neighbourhood: nextNeighbours(options.neighbourhood) })
  // Distinct sizes add up to at most voxelCount, so there are fewer than sqrt(2 voxelCount) + 1.
  const mostColumns = Math.floor(Math.sqrt(2 * voxelCount)) + 1
  const sizes = kernels.allocate(8 * mostColumns)
  const zoneLevel = kernels.allocate(4 * voxelCount)
  const zoneSize = kernels.allocate(4 * voxelCount)
  const columnOf = kernels.allocate(4 * (voxelCount + 1))
  const zones = kernels.scope(() => {
    const offsets = kernels.allocate(4 * directions.length)
    const parents = kernels.allocate(4 * levels.length)
    const voxels = kernels.allocate(4 * levels.length)
    kernels.i32(offsets, directions.length).set(directions.map((step) => offsetOf(step, levels)))
    return exports.findZones(
      levels.pointer, levels.places, voxelCount, levels.base, levels.end, offsets, directions.length, parents, voxels, zoneLevel, zoneSize,
    ) // prettier-ignore
  })
  exports.clear(columnOf, 4 * (voxelCount + 1))
  const columns = exports.listSizes(zoneSize, zones, voxelCount, columnOf, sizes)
  const pointer = kernels.allocate(8 * levels.levelCount * columns)
  exports.clear(pointer, 8 * levels.levelCount * columns)
  exports.countZones(zoneLevel, zoneSize, zones, columnOf, columns, pointer)
  return { pointer, columns, sizes }
}
