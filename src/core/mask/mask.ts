import type { BoundingBox, Grid } from '../image/volume.ts'

export type { BoundingBox } from '../image/volume.ts'

/** A region of interest on the grid of its image: 1 inside, 0 outside, in the order of `volume.ts`. */
export interface Mask extends Grid {
  readonly voxels: Uint8Array<ArrayBuffer>
  /** Outside it the mask is known to be empty; where it is not given, nothing is known. */
  readonly within?: BoundingBox
}
