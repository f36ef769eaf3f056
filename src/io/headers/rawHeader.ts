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
  /** Name of the file that holds the voxels, where that is another one. */
  readonly voxelFile?: string
  /** Where floating-point voxels lie, for formats whose reader in ITK changes NaN. */
  readonly floats?: FloatLayout
  /** The first axis numbers volumes (NRRD kind `list`): not a grey image per voxel, but many volumes. */
  readonly listAxis?: boolean
}

export interface FloatLayout {
  readonly voxelOffset: number
  readonly bytesPerVoxel: 4 | 8
  readonly littleEndian: boolean
}

/** Why the grid of this header cannot be used, or undefined. */
export function findHeaderProblem({ size, spacingMm }: RawHeader): string | undefined {
  const emptyAxis = size.findIndex((n) => !(n > 0))
  if (emptyAxis >= 0) return `The header says that axis ${emptyAxis + 1} has ${size[emptyAxis]} voxels; at least 1 is needed.`
  const badAxis = spacingMm.findIndex((s) => !(s > 0 && Number.isFinite(s)))
  if (badAxis >= 0)
    return `The voxel spacing along axis ${badAxis + 1} is ${spacingMm[badAxis]} mm; it must be a positive number.`
  return undefined
}
