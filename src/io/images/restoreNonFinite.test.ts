import { expect, it } from 'vitest'
import { restoreNonFinite } from './restoreNonFinite.ts'

it.each([
  [4, true],
  [4, false],
  [8, true],
  [8, false],
] as const)('finds NaN and infinity wherever the pieces are cut: %i bytes, little-endian %s', (bytesPerVoxel, littleEndian) => {
  const values = [1.5, NaN, -2, Infinity, 0, -Infinity, 3, NaN]
  const voxelOffset = 13
  const content = new Uint8Array(voxelOffset + values.length * bytesPerVoxel + 5).fill(0xff)
  const view = new DataView(content.buffer)
  values.forEach((value, i) => {
    if (bytesPerVoxel === 4) view.setFloat32(voxelOffset + 4 * i, value, littleEndian)
    else view.setFloat64(voxelOffset + 8 * i, value, littleEndian)
  })
  for (const piece of [1, 2, 3, 5, 7, 12, 13, 16, 1000]) {
    const voxels = Float64Array.from(values, (value) => (Number.isFinite(value) ? value : 0))
    const take = restoreNonFinite({ voxelOffset, bytesPerVoxel, littleEndian }, voxels)
    for (let at = 0; at < content.length; at += piece) take(content.subarray(at, at + piece))
    expect(Array.from(voxels)).toEqual(values)
  }
})
