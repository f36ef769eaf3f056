// @vitest-environment node
import { expect, test } from 'vitest'
import { cutMask } from '../core/mask/maskPart.ts'
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
