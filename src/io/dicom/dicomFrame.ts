import type { VolumeTiming } from '../../core/image/volumeTiming.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'

/** One slice: a file, or a frame of a multi-frame file. A plain record. */
export interface DicomFrame {
  readonly sopInstanceUid: string
  /** Index of the file among those given. */
  readonly file: number
  /** Index in the file; 0 if it holds one frame. */
  readonly frame: number
  readonly framesInFile: number
  readonly columns: number
  readonly rows: number
  /** Distance of column centres (x) and row centres (y). */
  readonly spacingMm?: readonly [number, number]
  /** How thick a slice is that stands alone: SliceThickness, else SpacingBetweenSlices. */
  readonly thicknessMm?: number
  /** ImageOrientationPatient: direction of rows (x), then of columns (y). */
  readonly orientation?: readonly number[]
  /** ImagePositionPatient: centre of the first voxel, LPS. */
  readonly positionMm?: Triple
  readonly slope: number
  readonly intercept: number
  /** Modality LUT: the value of each stored one, in place of slope and intercept. */
  readonly lut?: ModalityLut
  readonly bitsStored: number
  readonly signed: boolean
  /** How the voxels of a parametric map are stored, which ITK does not read; absent for other images. */
  readonly mapType?: MapType
  /** Of a parametric map that gives several mappings of its values: their labels, of which the first is taken. */
  readonly mappings?: readonly string[]
  /** Compressed with loss, now or before. */
  readonly lossy?: true
  /** MONOCHROME1: shown with dark and light exchanged. */
  readonly inverted?: true
  /** The pixel spacing is that of the detector, in front of which the patient is magnified: ImagerPixelSpacing. */
  readonly atDetector?: true
  readonly split: Readonly<Partial<Record<SplitKey, string>>>
  /** When it was acquired; the volume's is merged from those of its frames. */
  readonly timing: VolumeTiming
}

/** What tells volumes of one series from each other, in the order in which they are tried. */
export const splitKeys = [
  'imageType',
  'mapping',
  'echo',
  'bValue',
  'temporalPosition',
  'acquisitionNumber',
  'triggerTime',
  'acquisitionTime',
  'contentTime',
] as const

export type SplitKey = (typeof splitKeys)[number]

/** Stored values below and above the table have its first and last value. */
export interface ModalityLut {
  /** Stored value of the first entry. */
  readonly first: number
  readonly values: readonly number[]
}

export type MapType = 'float32' | 'float64' | 'int16' | 'uint16' | 'uint8'
