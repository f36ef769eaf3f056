import { voxelCount, type BoundingBox, type Grid } from '../image/volume.ts'

export type { BoundingBox } from '../image/volume.ts'

/** A region of interest on the grid of its image: 1 inside, 0 outside, in the order of `volume.ts`. */
export interface Mask extends Grid {
  readonly voxels: Uint8Array<ArrayBuffer>
  /** Outside it the mask is known to be empty; where it is not given, nothing is known. */
  readonly within?: BoundingBox
}

/** A mask on the grid of an image with nothing in it. */
export function emptyMask({ size, spacingMm, originMm, direction }: Grid): Mask {
  return { size, spacingMm, originMm, direction, voxels: new Uint8Array(voxelCount({ size })) }
}

/** Of so many voxels, in cubic centimetres. */
export function volumeCm3({ spacingMm: [x, y, z] }: Pick<Grid, 'spacingMm'>, voxels: number): number {
  return (voxels * x * y * z) / 1000
}
