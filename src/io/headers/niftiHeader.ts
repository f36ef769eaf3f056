import type { Bytes } from '../sourceFile.ts'
import type { RawHeader } from './rawHeader.ts'

/** Bytes from the start of the file that `parseNiftiHeader` wants to see. */
export const niftiHeaderBytes = 544

const float32Code = 16
const float64Code = 64

/**
 * Sizes and spacing of a NIfTI-1 (348 bytes) or NIfTI-2 (540 bytes) header, either byte order; undefined if it is none.
 * Source: nifti1.h and nifti2.h of the NIfTI Data Format Working Group.
 */
export function parseNiftiHeader(bytes: Bytes): RawHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 348) return undefined
  const littleEndian = [348, 540].includes(view.getInt32(0, true))
  if (!littleEndian && ![348, 540].includes(view.getInt32(0, false))) return undefined
  const version = view.getInt32(0, littleEndian) === 348 ? 1 : 2
  const magic = String.fromCharCode(...bytes.subarray(version === 1 ? 344 : 4, version === 1 ? 347 : 7))
  if (version === 2 && bytes.length < 540) return undefined
  if (!/^n[i+][12]$/.test(magic)) return undefined

  const dim = (i: number) =>
    version === 1 ? view.getInt16(40 + 2 * i, littleEndian) : Number(view.getBigInt64(16 + 8 * i, littleEndian))
  const pixdim = (i: number) =>
    version === 1 ? view.getFloat32(76 + 4 * i, littleEndian) : view.getFloat64(104 + 8 * i, littleEndian)
  const bitsPerVoxel = view.getInt16(version === 1 ? 72 : 14, littleEndian)
  const voxelOffset = version === 1 ? view.getFloat32(108, littleEndian) : Number(view.getBigInt64(168, littleEndian))

  const axes = Array.from({ length: Math.min(Math.max(dim(0), 0), 7) }, (_, i) => i + 1)
  const size = axes.map(dim)
  const voxelBytes = (size.reduce((product, n) => product * n, 1) * bitsPerVoxel) / 8
  const inOneFile = magic[1] === '+'
  const firstVoxel = inOneFile ? Math.max(voxelOffset, version === 1 ? 352 : 544) : voxelOffset
  const datatype = view.getInt16(version === 1 ? 70 : 12, littleEndian)
  return {
    size,
    spacingMm: axes.slice(0, 3).map(pixdim),
    expectedBytes: firstVoxel + voxelBytes,
    ...((datatype === float32Code || datatype === float64Code) && {
      floats: { voxelOffset: firstVoxel, bytesPerVoxel: datatype === float32Code ? 4 : 8, littleEndian },
    }),
    ...(!inOneFile && { voxelFile: '.img' }),
  }
}
