import type { Direction } from '../../core/image/volume.ts'
import type { Message } from '../../core/messages/message.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { tell } from './messages.ts'
import type { NiftiFields } from './niftiFields.ts'
import type { PlainNifti } from './plainNifti.ts'

/** Of a grid that is told in two ways: less apart than this is rounding. */
const sameSpacing = 1e-3
export const sameCosine = 2e-3
/** As a part of the smallest spacing. */
const sameOrigin = 0.1
/** Where the voxels stand, as a header tells by the standard of its format. LPS, millimetres. */
export interface HeaderGrid {
  readonly spacingMm: Triple
  readonly originMm: Triple
  readonly direction: Direction
}

/**
 * What a file says of itself, read by our own few lines before ITK sees it: ITK repairs a spacing of 0 or NaN silently and
 * fills missing voxels with 0, so neither can be told afterwards.
 */
export interface RawHeader {
  /** Voxels along each axis, slowest last. */
  readonly size: readonly number[]
  /** Distance of voxel centres along the spatial axes as written in the file, not repaired. */
  readonly spacingMm: readonly number[]
  /** Bytes that the file that holds the voxels must have; of a .nii.gz, once it is unpacked. Absent where the header does not tell. */
  readonly expectedBytes?: number
  /** Bytes of the voxels alone, where what follows them can be told from them: not if the file does not say where they begin. */
  readonly voxelBytes?: number
  /** Name of the file that holds the voxels, where that is another one. */
  readonly voxelFile?: string
  /** Voxels packed inside the file, of which ITK makes 0 without a word where they are cut off. */
  readonly packed?: true
  /** Whole numbers of four bytes under a name that ITK takes for eight (MET_LONG). */
  readonly longs?: true
  /** Where floating-point voxels lie, for formats whose reader in ITK changes NaN. */
  readonly floats?: FloatLayout
  /** The first axis numbers volumes (NRRD kind `list`): not a grey image per voxel, but many volumes. */
  readonly listAxis?: boolean
  /** Named labels: the number of their volume from 0 (0 where there is one), value and name (Slicer's .seg.nrrd). */
  readonly segments?: readonly { readonly layer: number; readonly value: number; readonly name: string }[]
  /** By the standard, where ITK may make something else of the header. */
  readonly grid?: HeaderGrid
  /** Why it cannot be used. */
  readonly problem?: Message
  /** What its user should know. */
  readonly warnings?: readonly Message[]
  /** Of a NIfTI file that ITK does not read as it is. */
  readonly nifti?: NiftiFields
  /** Of a NIfTI file that needs no ITK. */
  readonly plain?: PlainNifti
}

export interface FloatLayout {
  readonly voxelOffset: number
  readonly bytesPerVoxel: 4 | 8
  readonly littleEndian: boolean
}

/** Why the grid of this header cannot be used, or undefined. */
export function findHeaderProblem({ size, spacingMm, problem }: RawHeader): Message | undefined {
  const emptyAxis = size.findIndex((n) => !(n > 0))
  if (emptyAxis >= 0) return tell('empty-axis', { axis: emptyAxis + 1, voxels: size[emptyAxis] })
  const badAxis = spacingMm.findIndex((s) => !(s > 0 && Number.isFinite(s)))
  if (badAxis >= 0) return tell('spacing', { axis: badAxis + 1, spacingMm: spacingMm[badAxis] })
  return problem
}

/** Equal but for the rounding of headers. */
export function isSameHeaderGrid(a: HeaderGrid, b: HeaderGrid): boolean {
  const apart = Math.hypot(...a.originMm.map((mm, axis) => mm - b.originMm[axis]))
  return (
    a.spacingMm.every((mm, axis) => Math.abs(mm - b.spacingMm[axis]) <= sameSpacing * b.spacingMm[axis]) &&
    a.direction.every((cosine, i) => Math.abs(cosine - b.direction[i]) <= sameCosine) &&
    apart <= sameOrigin * Math.min(...b.spacingMm)
  )
}
