import type { Block, Kernels } from '../../kernels/kernels.ts'
import type { Axis } from '../../numeric/voxelArray.ts'
import { voxelCount } from '../volume.ts'

/** What lies beyond an image (IBSI 2, 2.3): mirrored, with the outermost voxel twice (d c b a | a b c d). */
export type Boundary = 'zero' | 'nearest' | 'periodic' | 'mirror'

/** As kernels number them. */
export const boundaryNumbers: Readonly<Record<Boundary, number>> = { zero: 0, nearest: 1, periodic: 2, mirror: 3 }

/** A filter along one axis: what stands at these offsets, in voxels, counts with these weights. */
export interface AxisFilter {
  readonly weights: readonly number[]
  readonly offsets: readonly number[]
}

/** A filter as it is convolved with an image (IBSI 2): its middle weight, or the one behind the middle, stands at the voxel. */
export function axisFilter(weights: readonly number[]): AxisFilter {
  const centre = Math.floor(weights.length / 2)
  return { weights, offsets: weights.map((_, k) => centre - k) }
}

/** One filter an axis; fewer than three leave the last axes alone. */
export type FilterSet = readonly AxisFilter[]

/** The image filtered along axis after axis: a new block in the caller's scope. */
export function convolve(kernels: Kernels, image: Block, filters: FilterSet, boundary: Boundary): Block {
  const bytes = 8 * voxelCount(image)
  const pointer = kernels.allocate(bytes)
  kernels.scope(() => {
    const other = filters.length > 1 ? kernels.allocate(bytes) : pointer
    // The last axis writes to the result.
    filters.forEach((filter, axis) => {
      const isToResult = (filters.length - 1 - axis) % 2 === 0
      const source = axis === 0 ? image.pointer : isToResult ? other : pointer
      convolveAxis(kernels, { ...image, pointer: source }, axis as Axis, filter, boundary, isToResult ? pointer : other)
    })
  })
  return { ...image, pointer }
}

function convolveAxis(kernels: Kernels, { pointer, size }: Block, axis: Axis, { weights, offsets }: AxisFilter, boundary: Boundary, target: number): void {
  kernels.scope(() => {
    const taps = weights.length
    const reach = Math.max(...offsets.map(Math.abs))
    const [ofWeights, ofOffsets, scratch] = [8 * taps, 4 * taps, 8 * (size[0] + 2 * reach)].map((bytes) => kernels.allocate(bytes)) // prettier-ignore
    kernels.f64(ofWeights, taps).set(weights)
    kernels.i32(ofOffsets, taps).set(offsets)
    kernels.exports.convolveAxis(pointer, ...size, axis, ofWeights, ofOffsets, taps, reach, boundaryNumbers[boundary], scratch, target)
  })
} // prettier-ignore

/** How responses of all orientations become one. */
export type Pooling = 'mean' | 'maximum'

/**
 * The filters of a set along the axes of an image that is turned by right angles: all proper rotations in the plane of the slices (4, of two
 * filters) or in space (24). Response maps of these, as they lie in the image, are what turning the image, filtering it and turning it
 * back gives.
 */
export function turnFilters(filters: FilterSet): FilterSet[] {
  const axes = filters.map((_, axis) => axis)
  return permutationsOf(axes).flatMap((order) =>
    signsOf(axes.length)
      .filter((signs) => parityOf(order) * signs.reduce((product, sign) => product * sign, 1) === 1)
      .map((signs) => axes.map((axis) => turned(filters[order[axis]], signs[axis]))),
  )
}

function turned({ weights, offsets }: AxisFilter, sign: number): AxisFilter {
  return { weights, offsets: offsets.map((offset) => sign * offset) }
}

function permutationsOf(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((first) => permutationsOf(items.filter((item) => item !== first)).map((rest) => [first, ...rest]))
}

function signsOf(count: number): number[][] {
  return count === 0 ? [[]] : signsOf(count - 1).flatMap((signs) => [[...signs, 1], [...signs, -1]])
} // prettier-ignore

/** 1 for an even permutation, -1 for an odd one. */
function parityOf(order: readonly number[]): number {
  const inversions = order.flatMap((a, i) => order.slice(i + 1).filter((b) => b < a)).length
  return inversions % 2 === 0 ? 1 : -1
}

/** The pooled responses, in the caller's scope. @param respond gives each of them in a scope of its own */
export function poolResponses(
  kernels: Kernels,
  image: Block,
  count: number,
  pooling: Pooling,
  respond: (k: number) => Block,
): Block {
  const voxels = voxelCount(image)
  const pointer = kernels.allocate(8 * voxels)
  kernels.f64(pointer, voxels).fill(pooling === 'mean' ? 0 : -Infinity)
  for (let k = 0; k < count; k++) {
    kernels.scope(() => {
      const response = kernels.f64(respond(k).pointer, voxels)
      const pooled = kernels.f64(pointer, voxels)
      if (pooling === 'mean') for (let i = 0; i < voxels; i++) pooled[i] += response[i] / count
      else for (let i = 0; i < voxels; i++) pooled[i] = Math.max(pooled[i], response[i])
    })
  }
  return { ...image, pointer }
}
