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
  // Distinct sizes add up to at most voxelCount, so there are fewer than sqrt(2 voxelCount) + 1.
  const mostColumns = Math.floor(Math.sqrt(2 * levels.voxelCount)) + 1
  return countZones(kernels, levels, options, { largest: levels.voxelCount, columns: mostColumns }, (zones) => zones.size)
}

/** Zones of an image: their number, and of each its level and size (int32), for which zone each voxel is in see `leastOfZones`. */
export interface Zones {
  readonly count: number
  readonly level: number
  readonly size: number
  /** int32 at each voxel's place, of the kernel's. */
  readonly parents: number
  readonly voxels: number
}

/**
 * Counts zones by level and by a measure of theirs, a whole number from 1 to `largest` with at most so many different values (`columns`).
 * @param measure of each zone, int32
 */
export function countZones(
  kernels: Kernels,
  levels: LevelImage,
  options: GlszmOptions,
  { largest, columns: mostColumns }: { readonly largest: number; readonly columns: number },
  measure: (zones: Zones) => number,
): SizeMatrix {
  const { exports } = kernels
  const { voxelCount } = levels
  const directions = listDirections(levels.size, { ...options, neighbourhood: nextNeighbours(options.neighbourhood) })
  const sizes = kernels.allocate(8 * mostColumns)
  const zoneLevel = kernels.allocate(4 * voxelCount)
  const zoneSize = kernels.allocate(4 * voxelCount)
  const columnOf = kernels.allocate(4 * (largest + 1))
  const zones = kernels.scope(() => {
    const offsets = kernels.allocate(4 * directions.length)
    const parents = kernels.allocate(4 * levels.length)
    const voxels = kernels.allocate(4 * levels.length)
    kernels.i32(offsets, directions.length).set(directions.map((step) => offsetOf(step, levels)))
    const count = exports.findZones(
      levels.pointer, levels.places, voxelCount, levels.from, levels.end, offsets, directions.length, parents, voxels, zoneLevel, zoneSize,
    ) // prettier-ignore
    const measured = measure({ count, level: zoneLevel, size: zoneSize, parents, voxels })
    if (measured !== zoneSize) kernels.i32(zoneSize, count).set(kernels.i32(measured, count))
    return count
  })
  exports.clear(columnOf, 4 * (largest + 1))
  const columns = exports.listSizes(zoneSize, zones, largest, columnOf, sizes)
  const pointer = kernels.allocate(8 * levels.levelCount * columns)
  exports.clear(pointer, 8 * levels.levelCount * columns)
  exports.countZones(zoneLevel, zoneSize, zones, columnOf, columns, pointer)
  return { pointer, columns, sizes }
}
