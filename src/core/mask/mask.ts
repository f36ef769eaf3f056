import type { Grid } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/** A region of interest on the grid of its image: 1 inside, 0 outside, in the order of `volume.ts`. */
export interface Mask extends Grid {
  readonly voxels: Uint8Array<ArrayBuffer>
}

/** Inclusive voxel bounds of a region. */
export interface BoundingBox {
  readonly lower: Triple
  readonly upper: Triple
}
