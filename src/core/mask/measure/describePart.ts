import type { Triple } from '../../numeric/voxelArray.ts'
import { extentOf, findBoundingBox } from '../boundingBox.ts'
import { countConnectedComponents } from '../connectedComponents.ts'
import { findEmptySlices, type EmptySlices } from '../emptySlices.ts'
import type { MaskPart } from '../maskPart.ts'

/** What a region's voxels tell without its image. */
export interface PartDescription {
  readonly voxelCount: number
  /** Voxels along each axis, of the smallest box that holds it. */
  readonly extent: Triple
  /** 26-connected. */
  readonly pieces: number
  /** A voxel of it is the last of its grid along an axis of more than one. */
  readonly isAtEdge: boolean
  /** Counted by indices of the whole grid. */
  readonly empty?: EmptySlices
}

/** @returns undefined for an empty region */
export function describePart({ size, box, voxels }: MaskPart): PartDescription | undefined {
  if (!box) return undefined
  const partSize = extentOf(box)
  const own = findBoundingBox(voxels, partSize)
  if (!own) return undefined
  const empty = findEmptySlices(voxels, partSize, own)
  const isLast = (axis: number) =>
    size[axis] > 1 && (box.lower[axis] + own.lower[axis] === 0 || box.lower[axis] + own.upper[axis] === size[axis] - 1)
  return {
    voxelCount: voxels.reduce((count, inside) => count + inside, 0),
    extent: extentOf(own),
    pieces: countConnectedComponents(voxels, partSize),
    isAtEdge: [0, 1, 2].some(isLast),
    ...(empty && { empty: { ...empty, slices: empty.slices.map((slice) => slice + box.lower[empty.axis]) } }),
  }
}
