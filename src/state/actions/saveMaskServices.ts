import type { Grid, VolumeSource } from '../../core/image/volume.ts'
import type { VoxelArray } from '../../core/numeric/voxelArray.ts'
import type { DicomRegion } from '../../io/dicom/aboutSeries.ts'
import type { RegionName } from '../extraction.ts'
import type { LesionsState } from '../lesions.ts'
import type { Readable } from '../readable.ts'
import type { OpenRoi } from '../region.ts'
import type { RoiState } from '../roi.ts'

export type Bytes = Uint8Array<ArrayBuffer>
type FormatDicom = (
  regions: readonly DicomRegion[],
  source: VolumeSource,
  about: { readonly version: string },
  signal: AbortSignal,
) => Promise<Bytes>

/** What writes masks as files. */
export interface SaveMaskServices {
  readonly roi: Readable<Pick<RoiState, 'open' | 'voxelCount' | 'drawnBox' | 'revision' | 'status' | 'readLesions' | 'tell'>>
  readonly lesions: Readable<Pick<LesionsState, 'listOf'>>
  readonly nameRegion: (region: OpenRoi) => RegionName
  /** By the ending of the name. */
  readonly saveImage: (volume: Grid & { readonly voxels: VoxelArray }, name: string, signal: AbortSignal) => Promise<Bytes>
  readonly saveSegmentation: FormatDicom
  readonly saveStructures: FormatDicom
  readonly download: (name: string, content: Bytes, type: string) => void
  /** Of this program. */
  readonly version: string
}
