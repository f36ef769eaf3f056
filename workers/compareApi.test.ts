import { expect, test } from 'vitest'
import { identityDirection } from '../src/core/image/volume.ts'
import { createCompareApi } from './compareApi.ts'
import { loadKernels } from './loadKernels.node.ts'

const grid = { size: [4, 4, 3], spacingMm: [1, 1, 2], originMm: [0, 0, 0], direction: identityDirection } as const
const maskOf = (...positions: number[]) => ({
  ...grid,
  voxels: Uint8Array.from({ length: 48 }, (_, i) => Number(positions.includes(i))),
})

test('two masks are measured and what only one of them has is told voxel by voxel', async () => {
  const { map, ...measures } = await createCompareApi(() => loadKernels()).compare(maskOf(0, 1, 37), maskOf(0, 39))
  expect(measures).toMatchObject({
    voxelsA: 3,
    voxelsB: 2,
    voxelsInBoth: 1,
    dice: 0.4,
    jaccard: 0.25,
    volumeDifferenceMm3: -2,
    worstSlice: 2,
  })
  expect([map[0], map[1], map[37], map[39], map[2]]).toEqual([3, 1, 1, 2, 0])
})
