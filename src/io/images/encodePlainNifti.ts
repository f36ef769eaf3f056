import type { Grid } from '../../core/image/volume.ts'
import { pixelTypeOf, type PixelType, type VoxelArray } from '../../core/numeric/voxelArray.ts'
import type { Bytes } from '../sourceFile.ts'

const firstVoxelByte = 352
const [mm, inScannerSpace] = [2, 1]

/** NIfTI-1's names of types. */
const datatypes: Readonly<Record<PixelType, number>> = { uint8: 2, int16: 4, int32: 8, float32: 16, float64: 64, int8: 256, uint16: 512, uint32: 768 } // prettier-ignore

/**
 * An uncompressed NIfTI-1 file in little endian, as every machine is that browsers and Node run on. `writeImage` (ITK) writes other formats,
 * in a tenth of a second a file and more; a study has a thousand files.
 */
export function encodePlainNifti(volume: Grid & { readonly voxels: VoxelArray }): Bytes {
  const { size, spacingMm, originMm, direction, voxels } = volume
  const bytes = new Uint8Array(firstVoxelByte + voxels.byteLength)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, 348, true)
  view.setInt16(40, 3, true)
  for (let axis = 0; axis < 7; axis++) view.setInt16(42 + 2 * axis, size[axis] ?? 1, true)
  view.setInt16(70, datatypes[pixelTypeOf(voxels)], true)
  view.setInt16(72, 8 * voxels.BYTES_PER_ELEMENT, true)
  view.setFloat32(76, 1, true)
  spacingMm.forEach((distance, axis) => view.setFloat32(80 + 4 * axis, distance, true))
  view.setFloat32(108, firstVoxelByte, true)
  view.setFloat32(112, 1, true)
  view.setUint8(123, mm)
  view.setInt16(254, inScannerSpace, true)
  // The sform is in RAS, grids are in LPS.
  for (let row = 0; row < 3; row++) {
    const sign = row < 2 ? -1 : 1
    for (let column = 0; column < 3; column++)
      view.setFloat32(280 + 16 * row + 4 * column, sign * direction[3 * row + column] * spacingMm[column], true)
    view.setFloat32(280 + 16 * row + 12, sign * originMm[row], true)
  }
  bytes.set([0x6e, 0x2b, 0x31, 0], 344)
  bytes.set(new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength), firstVoxelByte)
  return bytes
}
