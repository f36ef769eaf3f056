import type { Block, MaskBlock } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import type { RegionImage } from '../regionImage.ts'

/** A region by the IBSI: `mask` holds the voxels whose grey values are measured, all of them inside `morphology`, whose box all are cropped to. */
export interface IbsiRegion extends RegionImage {
  readonly morphology: MaskBlock
  /** The image beyond the box, which begins at `boxAt` in it. */
  readonly surroundings: Block
  readonly boxAt: Triple
}
