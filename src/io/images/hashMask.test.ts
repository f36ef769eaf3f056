// @vitest-environment node
import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { cutMask } from '../../core/mask/maskPart.ts'
import { pieceBytes } from '../inPieces.ts'
import { hashMask } from './hashMask.ts'

const size = [5, 4, 3] as const
const whole = { lower: [0, 0, 0], upper: [4, 3, 2] } as const

test('a region has one hash whatever the box around it; each voxel and the grid make another one', async () => {
  const voxels = new Uint8Array(60)
  for (const at of [31, 32, 33, 36]) voxels[at] = 1
  const hash = await hashMask(cutMask({ size, voxels }, whole))
  expect(await hashMask(cutMask({ size, voxels }, { lower: [1, 2, 1], upper: [3, 3, 1] }))).toBe(hash)
  expect(await hashMask(cutMask({ size, voxels }, { lower: [0, 1, 0], upper: [3, 3, 2] }))).toBe(hash)
  const others = await Promise.all([
    ...[...voxels.keys()].map((at) => hashMask(cutMask({ size, voxels: voxels.with(at, 1 - voxels[at]) }, whole))),
    hashMask(cutMask({ size: [4, 5, 3], voxels }, { lower: [0, 0, 0], upper: [3, 4, 2] })),
    hashMask(cutMask({ size, voxels }, null)),
  ])
  expect(new Set([hash, ...others]).size).toBe(63)
})

test('a large region is hashed with pauses, and runs go on over them', async () => {
  const nx = pieceBytes / 2 + 3
  const size = [nx, 4, 1] as const
  const voxels = new Uint8Array(nx * 4).fill(1)
  const pauses = vi.fn(() => Promise.resolve())
  vi.stubGlobal('scheduler', { yield: pauses })
  const hash = await hashMask(cutMask({ size, voxels }, { lower: [0, 0, 0], upper: [nx - 1, 3, 0] }))
  vi.unstubAllGlobals()
  expect(pauses).toHaveBeenCalledTimes(2)
  const runs = Uint32Array.from([...size, ...[0, 1, 2, 3].flatMap((row) => [row * nx, nx])])
  expect(hash).toBe(createHash('sha256').update(runs).digest('hex'))
})
