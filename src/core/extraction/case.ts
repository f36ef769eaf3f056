import type { Grid } from '../image/volume.ts'
import type { BoundingBox } from '../mask/mask.ts'
import type { PixelType, VoxelArray } from '../numeric/voxelArray.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'
import type { Diagnostic } from './diagnostics.ts'
import type { Message } from '../messages/message.ts'

/** What an extraction needs of a volume and a mask; small enough to be sent to a worker. */
export interface CaseCut {
  /** The image's grid, whole, and the part of it that `voxels` covers. */
  readonly imageGrid: Grid
  readonly imageBox: BoundingBox
  readonly voxels: VoxelArray
  /** The mask's grid, whole; `region` covers the bounding box of the ROI in it (1 inside, 0 outside). */
  readonly maskGrid: Grid
  readonly boundingBox: BoundingBox
  readonly region: Uint8Array<ArrayBuffer>
  readonly voxelCount: number
}

/** Some slices of the grid on which a case is measured: image and mask after resampling, before anything else. Plain data. */
export interface PreparedSlices {
  readonly voxels: Float64Array<ArrayBuffer>
  readonly pixelType: PixelType
  readonly mask: Uint8Array<ArrayBuffer>
}

/** An image ready to be filtered, and the regions to be measured; plain data. */
export interface PreparedCase {
  readonly grid: Grid
  /** Grey levels after normalisation and resampling, as float64 whatever their type. */
  readonly voxels: Float64Array<ArrayBuffer>
  /** The type that PyRadiomics would hold at this point. */
  readonly pixelType: PixelType
  /** The region whose grey levels are measured (after resegmentation). */
  readonly mask: Uint8Array<ArrayBuffer>
  /** The region whose shape is measured. */
  readonly shapeMask: Uint8Array<ArrayBuffer>
  readonly boundingBox: BoundingBox
  readonly voxelCount: number
  readonly plan: ExtractionPlan
  /** `diagnostics_*` of the image and the mask, in PyRadiomics's order. */
  readonly diagnostics: readonly Diagnostic[]
  readonly warnings: readonly Message[]
}
