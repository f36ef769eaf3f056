import type { Bytes } from '../sourceFile.ts'
import type { VoxelKind } from './messages.ts'

/** Bytes from the start of the file that `readNiftiFields` wants to see. */
export const niftiHeaderBytes = 544

/** What a NIfTI-1 or NIfTI-2 header says, under the names of the standard. */
export interface NiftiFields {
  readonly version: 1 | 2
  readonly littleEndian: boolean
  /** Header and voxels lie in one file. */
  readonly inOneFile: boolean
  /** dim[0]: from 1 to 7 in a sound header. */
  readonly axes: number
  /** Voxels along each axis: dim[1] to dim[dim[0]]. */
  readonly size: readonly number[]
  /** pixdim[0] to pixdim[7]; the first is qfac. */
  readonly pixdim: readonly number[]
  readonly intentCode: number
  readonly datatype: number
  readonly bitpix: number
  readonly voxOffset: number
  readonly sclSlope: number
  readonly sclInter: number
  readonly xyztUnits: number
  readonly qformCode: number
  readonly sformCode: number
  /** quatern_b, _c, _d. */
  readonly quatern: readonly [number, number, number]
  readonly qoffset: readonly [number, number, number]
  /** srow_x, srow_y, srow_z: four numbers each. */
  readonly srow: readonly number[]
}

/** Bytes where a header ends and its voxels may begin, after the four bytes that tell of extensions. */
export const firstVoxelByte = { 1: 352, 2: 544 } as const

/**
 * The fields of a NIfTI header of either version and byte order; undefined if it is none.
 * Source: nifti1.h and nifti2.h of the NIfTI Data Format Working Group.
 */
export function readNiftiFields(bytes: Bytes): NiftiFields | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 348) return undefined
  const littleEndian = [348, 540].includes(view.getInt32(0, true))
  if (!littleEndian && ![348, 540].includes(view.getInt32(0, false))) return undefined
  const version = view.getInt32(0, littleEndian) === 348 ? 1 : 2
  const magic = String.fromCharCode(...bytes.subarray(version === 1 ? 344 : 4, version === 1 ? 347 : 7))
  if (version === 2 && bytes.length < 540) return undefined
  if (!/^n[i+][12]$/.test(magic)) return undefined

  const is1 = version === 1
  const int = (at: number) => (is1 ? view.getInt16(at, littleEndian) : view.getInt32(at, littleEndian))
  const real = (at: number, i = 0) =>
    is1 ? view.getFloat32(at + 4 * i, littleEndian) : view.getFloat64(at + 8 * i, littleEndian)
  const dim = (i: number) => (is1 ? view.getInt16(40 + 2 * i, littleEndian) : Number(view.getBigInt64(16 + 8 * i, littleEndian)))
  const triple = (at: number) => [real(at), real(at, 1), real(at, 2)] as const
  return {
    version,
    littleEndian,
    inOneFile: magic[1] === '+',
    axes: dim(0),
    size: Array.from({ length: Math.min(Math.max(dim(0), 0), 7) }, (_, i) => dim(i + 1)),
    pixdim: Array.from({ length: 8 }, (_, i) => real(is1 ? 76 : 104, i)),
    intentCode: int(is1 ? 68 : 504),
    datatype: view.getInt16(is1 ? 70 : 12, littleEndian),
    bitpix: view.getInt16(is1 ? 72 : 14, littleEndian),
    voxOffset: is1 ? real(108) : Number(view.getBigInt64(168, littleEndian)),
    sclSlope: real(is1 ? 112 : 176),
    sclInter: real(is1 ? 116 : 184),
    xyztUnits: is1 ? view.getUint8(123) : view.getInt32(500, littleEndian),
    qformCode: int(is1 ? 252 : 344),
    sformCode: int(is1 ? 254 : 348),
    quatern: triple(is1 ? 256 : 352),
    qoffset: triple(is1 ? 268 : 376),
    srow: Array.from({ length: 12 }, (_, i) => real(is1 ? 280 : 400, i)),
  }
}

/** The intent wants several numbers a voxel, and there is one. ITK makes vectors and matrices of it, or fails. */
export function isOneNumberOfSeveral({ intentCode, size }: Pick<NiftiFields, 'intentCode' | 'size'>): boolean {
  return intentCode in severalNumbers && size.slice(3).every((n) => n === 1)
}

export function isUnscaled({ sclSlope }: Pick<NiftiFields, 'sclSlope'>): boolean {
  return sclSlope === 0 || Number.isNaN(sclSlope)
}

/** Bytes of all voxels. */
export function niftiVoxelBytes({ size, datatype, bitpix }: NiftiFields): number {
  return (size.reduce((product, n) => product * n, 1) * (bitsOf[datatype] ?? bitpix)) / 8
}

export const bitsOf: Readonly<Record<number, number>> = {
  2: 8,
  4: 16,
  8: 32,
  16: 32,
  32: 64,
  64: 64,
  128: 24,
  256: 8,
  512: 16,
  768: 32,
  1024: 64,
  1280: 64,
  1536: 128,
  1792: 128,
  2048: 256,
  2304: 32,
}

/** Of intents by which a voxel is several numbers, along the fifth axis: what it is by the standard. */
export const severalNumbers: Readonly<Record<number, VoxelKind>> = {
  1004: 'matrix',
  1005: 'symmetricMatrix',
  1006: 'displacement',
  1007: 'vector',
  1008: 'point',
  1009: 'triangle',
  1010: 'quaternion',
  2003: 'rgb',
  2004: 'rgba',
}
