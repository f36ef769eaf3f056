// @vitest-environment node
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { identityDirection } from '../src/core/image/volume.ts'
import type { CodecFormat, ImageCodec } from '../src/io/images/imageCodec.ts'
import { itkCodec } from '../src/io/images/itkCodec.node.ts'
import { fileFromBlob, type SourceFile } from '../src/io/sourceFile.ts'
import { createReaderApi, type PlacedPart } from './readerApi.ts'
import { say } from '../src/messages/say.ts'

test('parts of masks become files on their whole grids, each on its own', async () => {
  const { writeParts } = createReaderApi(
    () => itkCodec,
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

describe('says whether its worker is to be ended', () => {
  const content = new Blob([new Uint8Array(readFileSync(new URL('../reference/images/int16.nrrd', import.meta.url)))])
  const read = (readImage: ImageCodec['readImage']) => {
    const api = createReaderApi(
      () => ({ ...itkCodec, readImage }),
      async ({ path }) => fileFromBlob(path, content),
    )
    const unit = { kind: 'file', path: 'a.nrrd', file: 0, companions: [], warnings: [] } as const
    return api.read('', [{ path: 'a.nrrd', inFolder: false, content }], unit, {}, () => {})
  }
  const decodedTo = (bytes: number) => async (format: CodecFormat, file: SourceFile) => ({
    ...(await itkCodec.readImage(format, file))!,
    size: [2 ** 20, bytes / 2 ** 20, 1],
    data: new Uint8Array(bytes),
  })

  it.each([
    [1, false],
    [65, true],
  ])('after ITK decoded %i MiB, which it keeps', async (megabytes, isSpent) => {
    expect(await read(decodedTo(megabytes * 2 ** 20))).toMatchObject({ value: { volumes: [{}] }, isSpent })
  })

  it('after ITK failed, whose module may be broken', async () => {
    const outcome = await read(() => Promise.reject(new Error('unreachable')))
    expect('error' in outcome && say(outcome.error)).toContain('fails to decode it')
    expect(outcome.isSpent).toBe(true)
  })

  it('has a stack overflow for a fault of the program, not for bad data or want of memory', async () => {
    const overflow = new RangeError('Maximum call stack size exceeded')
    await expect(read(() => Promise.reject(overflow))).rejects.toBe(overflow)
  })
})
