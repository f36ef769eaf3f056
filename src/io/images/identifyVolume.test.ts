import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { identityDirection, type Volume } from '../../core/image/volume.ts'
import { identifyFile, identifyVolumeOfSeries, identifyVolumesOfFile } from './identifyVolume.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const slices = [
  { sopInstanceUid: '1.2.10', frame: null },
  { sopInstanceUid: '1.2.9', frame: null },
]
const volume: Volume = {
  size: [2, 2, 2],
  spacingMm: [1, 1, 3],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Int16Array.from({ length: 8 }, (_, i) => i),
  source: { path: 'a', format: 'DICOM', phase: 'phase 2 of 6', reference: { slices, identity: {} } },
}
const identify = async (one: Volume) => (await identifyVolumeOfSeries(one)).source.identity!

test('a DICOM volume is told by its frames in any order, whatever its phase is called and wherever it lies', async () => {
  const { image, content } = await identify(volume)
  expect(image).toBe(sha256('1.2.10#\n1.2.9#'))
  const alone = { path: 'b', format: 'DICOM', reference: { slices: slices.toReversed(), identity: {} } } as const
  expect(await identify({ ...volume, source: alone })).toEqual({ image, content })
  const frames = slices.map(({ sopInstanceUid }, i) => ({ sopInstanceUid, frame: i + 1 }))
  expect((await identify({ ...volume, source: { ...alone, reference: { slices: frames, identity: {} } } })).image).not.toBe(image)
})

test('content is grid, type and voxels', async () => {
  const { image, content } = await identify(volume)
  for (const other of [
    { ...volume, spacingMm: [1, 1, 4] as const },
    { ...volume, voxels: volume.voxels.map((v) => v + 1) },
    { ...volume, voxels: Int32Array.from(volume.voxels) },
  ]) {
    const identity = await identify(other)
    expect(identity.image).toBe(image)
    expect(identity.content).not.toBe(content)
  }
})

test('another file is told by all of its bytes, and the volumes of one file apart', async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251)
  expect(await identifyFile(fileFromBytes('a', bytes))).toBe(sha256(bytes))
  expect(await identifyFile(fileFromBytes('b', bytes))).toBe(sha256(bytes))
  const [first, second] = await identifyVolumesOfFile(fileFromBytes('a', bytes), [volume, volume])
  const [alone] = await identifyVolumesOfFile(fileFromBytes('a', bytes), [volume])
  expect(alone.source.identity!.image).toBe(sha256(bytes))
  expect([first, second].map(({ source }) => source.identity!.file)).toEqual([sha256(bytes), sha256(bytes)])
  expect(new Set([first, second, alone].map(({ source }) => source.identity!.image)).size).toBe(3)
})

test('a file of more than 256 MiB is told by its size, both ends and 256 blocks between them', async () => {
  const size = 300 * 2 ** 20
  const asked: [number, number][] = []
  const file = (changedAt: number, bytes = size) => ({
    size: bytes,
    async bytes(start = 0, end = bytes): Promise<Bytes> {
      asked.push([start, end])
      const block = new Uint8Array(end - start)
      if (start <= changedAt && changedAt < end) block[changedAt - start] = 1
      return block
    },
  })
  const plain = await identifyFile(file(-1))
  expect(asked).toHaveLength(258)
  expect(asked.every(([start, end]) => end - start === 65_536)).toBe(true)
  expect([asked[0][0], asked.at(-1)![1]]).toEqual([0, size])
  const gaps = asked.slice(1).map(([start], i) => start - asked[i][0])
  expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1)
  for (const changed of [5, size - 1, asked[100][0] + 7]) expect(await identifyFile(file(changed))).not.toBe(plain)
  expect(await identifyFile(file(-1, size + 1))).not.toBe(plain)
})
