import type { Bytes } from '../sourceFile.ts'
import { niftiGrid } from './niftiGrid.ts'
import { plainNifti } from './plainNifti.ts'
import type { RawHeader } from './rawHeader.ts'

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

const bitsOf: Readonly<Record<number, number>> = {
  2: 8, 4: 16, 8: 32, 16: 32, 32: 64, 64: 64, 128: 24, 256: 8, 512: 16, 768: 32, 1024: 64, 1280: 64, 1536: 128, 1792: 128, 2048: 256, 2304: 32,
} // prettier-ignore
/** Kinds of voxels that are none of ours, in words. */
const unreadableTypes: Readonly<Record<number, string>> = {
  1: 'single bits',
  32: 'complex numbers',
  1536: 'floating-point numbers of 128 bits',
  1792: 'complex numbers',
  2048: 'complex numbers',
}
/** Of intents by which a voxel is several numbers, along the fifth axis: what it is by the standard. */
const severalNumbers: Readonly<Record<number, string>> = {
  1004: 'a matrix', 1005: 'a symmetric matrix', 1006: 'a displacement', 1007: 'a vector', 1008: 'a point', 1009: 'a triangle',
  1010: 'a quaternion', 2003: 'a colour (RGB)', 2004: 'a colour (RGBA)',
} // prettier-ignore
const vectorIntent = 1007
/** Most voxels along an axis that a NIfTI-1 header, the form that ITK reads, can tell. */
const longestNifti1Axis = 32767
/** ITK takes a smaller slope for 0. */
const smallestSlope = Number.EPSILON
const float32Code = 16
const float64Code = 64

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

/** Sizes, spacing and grid of a NIfTI header; undefined if it is none. */
export function parseNiftiHeader(bytes: Bytes): RawHeader | undefined {
  const fields = readNiftiFields(bytes)
  if (!fields) return undefined
  const { version, size, pixdim, intentCode, datatype, inOneFile, voxOffset, littleEndian } = fields
  const voxelBytes = niftiVoxelBytes(fields)
  const least = inOneFile ? firstVoxelByte[version] : 0
  const firstVoxel = Math.max(Math.trunc(voxOffset), least)
  const isOdd =
    version === 2 || !(Number.isInteger(voxOffset) && voxOffset >= least) ||
    addsToUnscaled(fields) || hasFlatSform(fields) || isOneNumberOfSeveral(fields) // prettier-ignore
  const { grid, problem, warnings } = niftiGrid(fields)
  const plain = isOdd ? undefined : plainNifti(fields)
  const wrong = findContradiction(fields) ?? findSeveralNumbers(fields) ?? problem
  return {
    size,
    spacingMm: size.slice(0, 3).map((_, axis) => pixdim[axis + 1]),
    expectedBytes: firstVoxel + voxelBytes,
    voxelBytes,
    ...((datatype === float32Code || datatype === float64Code) && {
      floats: { voxelOffset: firstVoxel, bytesPerVoxel: datatype === float32Code ? 4 : 8, littleEndian },
    }),
    ...(!inOneFile && { voxelFile: '.img' }),
    ...(isOdd && { nifti: fields }),
    ...(plain && { plain }),
    ...(grid && { grid }),
    ...(wrong !== undefined && { problem: wrong }),
    warnings: [
      ...warnings,
      ...(isOneNumberOfSeveral(fields)
        ? [
            `The header says that each voxel is ${severalNumbers[intentCode]} (intent_code ${intentCode}), the file has one number a voxel: it is taken for the value. Check what it means.`,
          ]
        : []),
    ],
  }
}

/** The intent wants several numbers a voxel, and there is one. ITK makes vectors and matrices of it, or fails. */
export function isOneNumberOfSeveral({ intentCode, size }: Pick<NiftiFields, 'intentCode' | 'size'>): boolean {
  return intentCode in severalNumbers && size.slice(3).every((n) => n === 1)
}

/** Components are no phases, though they may lie along the fourth axis. Vectors as the standard wants them are ITK's, which knows them. */
function findSeveralNumbers(fields: NiftiFields): string | undefined {
  const { intentCode, size } = fields
  const isItks = intentCode === vectorIntent && size.length === 5 && size[3] === 1
  if (!(intentCode in severalNumbers) || isOneNumberOfSeveral(fields) || isItks) return undefined
  const components = size.slice(3).reduce((product, n) => product * n, 1)
  return `The header says that each voxel is ${severalNumbers[intentCode]} (intent_code ${intentCode}), of ${components} numbers; one grey value a voxel is needed.`
}

/** By the standard a slope of 0 means unscaled; NaN stands where a writer sets none. ITK still adds the intercept then. */
function addsToUnscaled({ sclSlope, sclInter }: NiftiFields): boolean {
  return isUnscaled({ sclSlope }) && sclInter !== 0 && Number.isFinite(sclInter)
}

export function isUnscaled({ sclSlope }: Pick<NiftiFields, 'sclSlope'>): boolean {
  return sclSlope === 0 || Number.isNaN(sclSlope)
}

/** Of one slice an sform may leave the third axis out; ITK refuses that. */
function hasFlatSform({ size, sformCode, srow }: NiftiFields): boolean {
  return size.length < 3 && sformCode > 0 && [2, 6, 10].every((at) => srow[at] === 0)
}

/** Bytes of all voxels. */
export function niftiVoxelBytes({ size, datatype, bitpix }: NiftiFields): number {
  return (size.reduce((product, n) => product * n, 1) * (bitsOf[datatype] ?? bitpix)) / 8
}

/** What of the voxels cannot be known from a header, in words. */
function findContradiction({ version, axes, size, datatype, bitpix, sclSlope, sclInter }: NiftiFields): string | undefined {
  if (axes < 1 || axes > 7) return `The header says that the image has ${axes} dimensions (dim[0]); from 1 to 7 are possible.`
  if (version === 2 && size.some((n) => n > longestNifti1Axis))
    return `The file is NIfTI-2 with ${Math.max(...size)} voxels along an axis; up to ${longestNifti1Axis} can be read.`
  const unreadable = unreadableTypes[datatype]
  if (unreadable !== undefined || !(datatype in bitsOf))
    return `The voxels are ${unreadable ?? 'of an unknown kind'} (datatype ${datatype}); integers of up to 64 bits and floating-point numbers of 32 or 64 bits can be read.`
  const bits = bitsOf[datatype]
  // Some writers leave bitpix 0, which says nothing.
  if (bits !== undefined && bitpix !== 0 && bitpix !== bits)
    return `The header contradicts itself: voxels of its datatype ${datatype} have ${bits} bits, its bitpix says ${bitpix}. Which of the two holds is unknown.`
  if (!isUnscaled({ sclSlope }) && !(Number.isFinite(sclSlope) && Number.isFinite(sclInter)))
    return `The header's scaling is no number: scl_slope ${sclSlope}, scl_inter ${sclInter}.`
  if (!isUnscaled({ sclSlope }) && Math.abs(sclSlope) < smallestSlope)
    return `The header's scaling of the values, scl_slope ${sclSlope}, is too small to be read.`
  return undefined
}
