import type { Kernels } from '../kernels/kernels.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { findBinEdges, type BinEdges } from './binEdges.ts'
import type { BinEdgesRule, Discretisation, FeatureOptions } from './featureOptions.ts'
import { isLevelRule, levelRule } from './levelRule.ts'
import type { RegionImage } from './regionImage.ts'
import type { DataError } from '../messages/message.ts'
import { refuse } from './messages.ts'

/** More levels that occur than this are refused: matrices of level by level would fill the memory. */
const mostGreyLevels = 4096
/** Highest level number: features by sum and difference of levels keep an array of that length. */
const highestGreyLevel = 1 << 20

/**
 * A region after discretisation, inside WASM memory. The image holds for each voxel the index (1, 2, ...) of its level among
 * the levels that occur, 0 outside the region; around it lie enough zeros that a step to any neighbour stays inside.
 */
export interface LevelImage {
  /** uint16; voxel (x, y, z) at `base + x + y * rowStride + z * sliceStride`. */
  readonly pointer: number
  readonly length: number
  readonly size: Triple
  readonly spacingMm: Triple
  /** Where voxel (0, 0, 0) stands. */
  readonly base: number
  /** The region lies between from and end. */
  readonly from: number
  readonly end: number
  readonly rowStride: number
  readonly sliceStride: number
  /** int32, positions of the region's voxels in the image. */
  readonly places: number
  readonly voxelCount: number
  /** int32, grey level by index 1..levelCount. */
  readonly present: number
  /** int32, voxels by index 1..levelCount. */
  readonly counts: number
  /** Levels that occur. */
  readonly levelCount: number
  /** PyRadiomics's Ng: the highest level; lower ones may be empty. */
  readonly highestLevel: number
}

export type BinningOptions = { readonly discretisation: Discretisation } & Pick<FeatureOptions, 'names'>

/**
 * Puts the region's grey values into bins. Minimum level is 1. Allocates the result in the caller's scope.
 * @throws DataError above 4,096 levels that occur, or level numbers above 1,048,576; names the setting to change
 */
export function discretiseRegion(
  kernels: Kernels,
  region: RegionImage,
  options: BinningOptions & Pick<FeatureOptions, 'neighbourhood'>,
): LevelImage {
  const { size, spacingMm } = region.image
  const reach = Math.max(1, ...options.neighbourhood.distances)
  const { evenAlone } = options.neighbourhood
  const [dx, dy, dz] = size.map((n) => (evenAlone ? reach : Math.min(reach, n - 1))) as unknown as Triple
  const rowStride = size[0] + dx
  // Where slices are looked at one by one, kernels that read eight voxels at a time read none of the next.
  const sliceStride = rowStride * (size[1] + dy) + (evenAlone ? 8 : 0)
  const base = dx + rowStride * dy + sliceStride * dz
  const end = base + size[0] + rowStride * (size[1] - 1) + sliceStride * (size[2] - 1)
  // Kernels read eight voxels at a time, and their neighbours.
  const length = end + 8 + base
  const count = region.voxelCount
  const places = kernels.allocate(4 * count)
  const present = kernels.allocate(4 * (count + 1))
  const counts = kernels.allocate(4 * (count + 1))
  const pointer = kernels.allocate(2 * length)
  return kernels.scope(() => {
    const { exports } = kernels
    const values = kernels.allocate(8 * count)
    gather(kernels, region, values, { rowStride, sliceStride, base, places })
    const levels = kernels.allocate(4 * count)
    const highestLevel = assignLevels(kernels, region, values, options, levels)
    const indexOf = kernels.allocate(4 * (highestLevel + 1))
    exports.clear(indexOf, 4 * (highestLevel + 1))
    const levelCount = exports.compactLevels(levels, count, highestLevel, indexOf, present, counts)
    if (levelCount > mostGreyLevels) throw tooManyLevels(levelCount, options)
    exports.clear(pointer, 2 * length)
    exports.placeLevels(places, levels, count, indexOf, pointer)
    // Index 0 is no level; texture kernels want its level far from all others.
    kernels.i32(present, 1)[0] = -0x40000000
    return {
      pointer, length, size, spacingMm, base, from: base, end, rowStride, sliceStride, places, voxelCount: count, present, counts, levelCount, highestLevel,
    } // prettier-ignore
  })
}

/** The level (int32) of each value. @returns the highest one @throws as `discretiseRegion` */
function assignLevels(kernels: Kernels, region: RegionImage, values: number, options: BinningOptions, levels: number): number {
  const { discretisation } = options
  const count = region.voxelCount
  if (isLevelRule(discretisation)) {
    const levelOf = levelRule(kernels.f64(values, count), discretisation)
    const highest = levelOf(kernels.exports.firstMaximum(values, count))
    if (!(highest <= highestGreyLevel)) throw tooManyLevels(highest, options)
    kernels.i32(levels, count).set(Int32Array.from(kernels.f64(values, count), levelOf))
    return highest
  }
  const edges = regionEdges(kernels, region, values, { ...options, discretisation })
  return kernels.exports.assignLevels(
    values, count, edges.low, edges.step, edges.single, edges.highestLevel, edges.nanLevel, levels,
  ) // prettier-ignore
}

/** Voxels of each grey level that occurs, ascending. @param values float64, ascending, none of them NaN */
export function histogramOfSorted(kernels: Kernels, values: number, count: number, edges: BinEdges): number[] {
  return kernels.scope(() => {
    const counts = kernels.allocate(4 * count)
    const bins = kernels.exports.histogramOfSorted(values, count, edges.low, edges.step, edges.single, edges.highestLevel, counts)
    return [...kernels.i32(counts, bins)]
  })
}

/** Float64, ascending. */
export function sortRegionValues(kernels: Kernels, values: number, count: number): void {
  if (count === 0) return
  kernels.scope(() => kernels.exports.sortValues(values, count, kernels.allocate(8 * count), kernels.allocate(8 * 256 * 4)))
}

/** Edges for the values of a region, in the order in which `gather` found them. */
export function binEdgesOf(kernels: Kernels, region: RegionImage, values: number, discretisation: BinEdgesRule): BinEdges {
  const minimum = kernels.exports.firstMinimum(values, region.voxelCount)
  const maximum = kernels.exports.firstMaximum(values, region.voxelCount)
  return findBinEdges(minimum, maximum, discretisation, region.image.pixelType)
}

/** Copies the region's grey values to `values`; with `target`, also notes where each stands in the level image. */
export function gather(
  kernels: Kernels,
  { image, mask, voxelCount }: RegionImage,
  values: number,
  target = { rowStride: image.size[0], sliceStride: image.size[0] * image.size[1], base: 0, places: 0 },
): void {
  const found = kernels.exports.gatherRegion(
    image.pointer, mask.pointer, ...image.size, target.rowStride, target.sliceStride, target.base, values, target.places,
  ) // prettier-ignore
  if (found !== voxelCount) throw new Error(`${found} voxels in the mask of a region of ${voxelCount}`)
}

function regionEdges(
  kernels: Kernels,
  region: RegionImage,
  values: number,
  options: BinningOptions & { readonly discretisation: BinEdgesRule },
): BinEdges {
  const edges = binEdgesOf(kernels, region, values, options.discretisation)
  const maximum = kernels.exports.firstMaximum(values, region.voxelCount)
  const highest = Math.min(edges.highestLevel, (maximum - edges.low) / edges.step + 1)
  if (!(highest <= highestGreyLevel)) throw tooManyLevels(Math.floor(highest), options)
  return edges
}

function tooManyLevels(found: number, { discretisation, names }: BinningOptions): DataError {
  return refuse('too-many-levels', { found, most: mostGreyLevels, discretisation, names })
}
