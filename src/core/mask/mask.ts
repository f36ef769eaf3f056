import type { Grid } from '../image/volume.ts'

export type { BoundingBox } from '../image/volume.ts'

/** A region of interest on the grid of its image: 1 inside, 0 outside, in the order of `volume.ts`. */
export interface Mask extends Grid {
  readonly voxels: Uint8Array<ArrayBuffer>
}
