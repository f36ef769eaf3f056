// @vitest-environment node
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { identityDirection } from '../src/core/image/volume.ts'
import { itkCodec } from '../src/io/itkCodec.node.ts'
import { createReaderApi, type PlacedPart } from './readerApi.ts'

test('parts of masks become files on their whole grids, each on its own', async () => {
  const { writeParts } = createReaderApi(
    async () => itkCodec,
    () => Promise.reject(new Error('No file is read here.')),
  )
  const place = (spacingMm: PlacedPart['grid']['spacingMm'], name: string): PlacedPart => ({
    part: { size: [4, 3, 2], box: { lower: [1, 1, 1], upper: [2, 1, 1] }, voxels: new Uint8Array([1, 1]) },
    grid: { size: [4, 3, 2], spacingMm, originMm: [-5, 7, 9], direction: identityDirection },
    name,
  })
  const files = await writeParts('', [place([0.5, 0.5, 3], 'a.nii.gz'), place([1, 2, 4], 'b.nii.gz')])
  const read = files.map((bytes) => {
    const file = gunzipSync(bytes)
    return {
      size: [42, 44, 46].map((at) => file.readInt16LE(at)),
      spacingMm: [80, 84, 88].map((at) => file.readFloatLE(at)),
      // NIfTI counts left and posterior downwards.
      originMm: [280, 296, 312].map((at, axis) => (axis < 2 ? -1 : 1) * file.readFloatLE(at + 12)),
      inside: [...file.subarray(file.readFloatLE(108)).entries()].flatMap(([i, voxel]) => (voxel ? [i] : [])),
    }
  })
  const inside = [12 + 4 + 1, 12 + 4 + 2]
  expect(read).toEqual([
    { size: [4, 3, 2], spacingMm: [0.5, 0.5, 3], originMm: [-5, 7, 9], inside },
    { size: [4, 3, 2], spacingMm: [1, 2, 4], originMm: [-5, 7, 9], inside },
  ])
})
