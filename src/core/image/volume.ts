import type { Triple, VoxelArray } from '../numeric/voxelArray.ts'
import type { VolumeTiming } from './volumeTiming.ts'
import { refuse } from './messages.ts'

/*
 * Index order, said once: voxel (x, y, z) stands at `x + y * size[0] + z * size[0] * size[1]`, x fastest.
 * Physical space is LPS (Left, Posterior, Superior increase) in millimetres, as in DICOM and ITK.
 */

/** Row-major 3 x 3: column j is the unit vector along index axis j, so `direction[3 * row + j]`. */
export type Direction = readonly [number, number, number, number, number, number, number, number, number]

export const identityDirection: Direction = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/** Where voxels stand in the patient. Two arrays may be combined only if their grids are the same. */
export interface Grid {
  readonly size: Triple
  readonly spacingMm: Triple
  /** Physical position of the centre of voxel (0, 0, 0). */
  readonly originMm: Triple
  readonly direction: Direction
}

/** Inclusive voxel bounds of a part of a grid. */
export interface BoundingBox {
  readonly lower: Triple
  readonly upper: Triple
}

/** A named label of a mask: a segment of a DICOM segmentation or a structure of a structure set. */
export interface Segment {
  /** Its number in the file, which is the value of its voxels. */
  readonly value: number
  readonly name: string
  /** 0 where it is empty. */
  readonly voxelCount: number
}

/** What a DICOM file about a series repeats of it; plain data. */
export interface SeriesReference {
  /** The file that holds each slice, in the order of the volume's slices. */
  readonly slices: readonly {
    readonly sopInstanceUid: string
    /** From 1, in a file of several frames; null where the file is the slice. */
    readonly frame: number | null
  }[]
  /** Attributes of patient, study and frame of reference as stored, by tag (`00100010`): they go into such files and nowhere else. */
  readonly identity: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
}

/** Tells an image again, wherever its files lie; see `identifyVolume`. SHA-256, 64 hexadecimal digits each. */
export interface VolumeIdentity {
  /** Of the identifiers of a DICOM volume's frames, else of the file and which of its volumes this is. */
  readonly image: string
  /** Of grid, pixel type and voxels. */
  readonly content: string
  /** Of the file that holds the volume, with others it may be; missing for volumes of DICOM series. */
  readonly file?: string
}

/** What is known of a volume's origin; identifiers are compared, never exported. */
export interface VolumeSource {
  /** File, or folder for a DICOM series, as the user knows it. */
  readonly path: string
  readonly format: 'NIfTI' | 'NRRD' | 'MetaImage' | 'DICOM' | 'memory'
  /** DICOM SeriesDescription, or what names the volume inside its file. */
  readonly series?: string
  /** What tells this volume from the others of the same series or file, e.g. `phase 2 of 6`. */
  readonly phase?: string
  /** DICOM attributes by keyword (PatientID, StudyInstanceUID, FrameOfReferenceUID, Modality, WindowCenter ...). */
  readonly dicom?: Readonly<Record<string, string>>
  /** Where it was asked for; images that no file holds have none. */
  readonly identity?: VolumeIdentity
  /** When it was acquired, as far as its file tells. */
  readonly timing?: VolumeTiming
  /** For images read from DICOM: what a segmentation of them refers to. */
  readonly reference?: SeriesReference
  /** The labels of a mask whose file names them, empty ones too. Those that overlap others are in further volumes, the channels of the mask. */
  readonly segments?: readonly Segment[]
  /** Of a mask whose file does not say how far its slices are apart: as far as those that are in it, of which any may be left out. */
  readonly gaps?: true
  /** Of an image that the program made of others: no file holds it, and it is no sequence of a study. */
  readonly derived?: {
    /** Of the image whose patient, visit and place it has; missing where that has none. */
    readonly from?: VolumeIdentity
    /** Left and right are exchanged in it. */
    readonly isMirrored?: true
  }
  /** The voxels are shares (0 to 1) of its one segment, not its value. */
  readonly fractions?: true
}

/** A 3D grey-level image: voxels after rescale slope and intercept, and where they stand. */
export interface Volume extends Grid {
  readonly voxels: VoxelArray
  readonly source: VolumeSource
}

export function voxelCount({ size }: Pick<Grid, 'size'>): number {
  return size[0] * size[1] * size[2]
}

/** Physical LPS position in mm of a (continuous) voxel index. */
export function indexToPhysical({ spacingMm: s, originMm: o, direction: d }: Grid, [i, j, k]: Triple): Triple {
  const [x, y, z] = [i * s[0], j * s[1], k * s[2]]
  return [o[0] + d[0] * x + d[1] * y + d[2] * z, o[1] + d[3] * x + d[4] * y + d[5] * z, o[2] + d[6] * x + d[7] * y + d[8] * z]
}

/** Continuous voxel index of a physical LPS position in mm; the direction is inverted, not transposed. */
export function physicalToIndex({ spacingMm: s, originMm: o, direction }: Grid, [x, y, z]: Triple): Triple {
  const m = invert3(direction)
  const [p, q, r] = [x - o[0], y - o[1], z - o[2]]
  return [
    (m[0] * p + m[1] * q + m[2] * r) / s[0],
    (m[3] * p + m[4] * q + m[5] * r) / s[1],
    (m[6] * p + m[7] * q + m[8] * r) / s[2],
  ]
}

/** Inverse of a row-major 3 x 3 matrix. @throws DataError if it is singular. */
function invert3(m: Direction): Direction {
  const [a, b, c, d, e, f, g, h, i] = m
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  if (!(Math.abs(det) > 1e-12)) throw refuse('direction-singular', { determinant: det })
  return [
    (e * i - f * h) / det,
    (c * h - b * i) / det,
    (b * f - c * e) / det,
    (f * g - d * i) / det,
    (a * i - c * g) / det,
    (c * d - a * f) / det,
    (d * h - e * g) / det,
    (b * g - a * h) / det,
    (a * e - b * d) / det,
  ]
}
