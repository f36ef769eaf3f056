import type { Bytes } from '../sourceFile.ts'
import { firstVoxelByte, isOneNumberOfSeveral, isUnscaled, type NiftiFields } from './niftiFields.ts'

/**
 * The form of NIfTI that ITK reads, NIfTI-1 in one file with its voxels from byte 352, in the byte order of the file. Extensions are left out.
 * @param header the file that begins with it
 * @param fields what `readNiftiFields` made of it, whose axes must fit 16 bits
 */
export function asNifti1(header: Bytes, fields: NiftiFields, voxels: Uint8Array): Bytes {
  const first = firstVoxelByte[1]
  const file = new Uint8Array(first + voxels.length)
  const view = new DataView(file.buffer)
  const { littleEndian, version } = fields
  if (version === 1) file.set(header.subarray(0, 348))
  else {
    const int16 = (at: number, value: number) => view.setInt16(at, value, littleEndian)
    const reals = (at: number, values: readonly number[]) =>
      values.forEach((value, i) => view.setFloat32(at + 4 * i, value, littleEndian))
    view.setInt32(0, 348, littleEndian)
    const dim = [fields.size.length, ...fields.size]
    for (let i = 0; i < 8; i++) int16(40 + 2 * i, dim[i] ?? 1)
    const [p1, p2, p3] = [80, 88, 96].map((at) => new DataView(header.buffer, header.byteOffset).getFloat64(at, littleEndian))
    reals(56, [p1, p2, p3])
    int16(68, fields.intentCode)
    int16(70, fields.datatype)
    int16(72, fields.bitpix)
    reals(76, fields.pixdim)
    reals(112, [fields.sclSlope, fields.sclInter])
    view.setUint8(123, fields.xyztUnits)
    int16(252, fields.qformCode)
    int16(254, fields.sformCode)
    reals(256, [...fields.quatern, ...fields.qoffset, ...fields.srow])
  }
  view.setFloat32(108, first, littleEndian)
  if (isUnscaled(fields)) view.setFloat32(116, 0, littleEndian)
  if (isOneNumberOfSeveral(fields)) view.setInt16(68, 0, littleEndian)
  // ITK, which refuses an sform without its third axis, leaves that axis out of a slice anyway.
  if (fields.size.length < 3) view.setInt32(252, 0, littleEndian)
  // n+1
  file.set([0x6e, 0x2b, 0x31, 0], 344)
  file.set(voxels, first)
  return file
}
