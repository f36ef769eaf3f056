import type { Block, MaskBlock } from '../kernels/kernels.ts'

/** One image of the extraction and its region, both cropped to the bounding box of the region. */
export interface RegionImage {
  readonly image: Block
  readonly mask: MaskBlock
  /** Voxels inside the mask. */
  readonly voxelCount: number
}
