import { expect, it } from 'vitest'
import { identityDirection, type Volume } from '../src/core/image/volume.ts'
import { applyDifference, revertDifference } from '../src/core/mask/difference.ts'
import { loadKernels } from './loadKernels.node.ts'
import { createMaskApi } from './maskApi.ts'

const api = createMaskApi(loadKernels, () => () => Promise.reject(new Error('Nothing is interpolated here.')))
const part = (rows: readonly string[]): Volume => ({
  size: [5, 3, 1],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Int16Array.from(rows.join(''), Number),
  source: { path: 'part', format: 'memory' },
})

it('grows through faces within the part, and counts', async () => {
  const { box, voxels, voxelCount } = await api.growPart(part(['55300', '05905', '04000']), [1, 0, 0], { low: 4, high: 9 }, null)
  expect(box).toEqual({ lower: [0, 0, 0], upper: [2, 2, 0] })
  expect([...voxels].join('')).toBe('110' + '011' + '010')
  expect(voxelCount).toBe(5)
  const none = await api.growPart(part(['55300', '05905', '04000']), [4, 0, 0], { low: 4, high: 9 }, 2)
  expect(none).toMatchObject({ box: null, voxelCount: 0 })
})

it('measures a part', async () => {
  const image = part(['55300', '05905', '04000'])
  const mask = { ...image, voxels: Uint8Array.from('110000110000000', Number) }
  const measures = await api.measurePart(image, mask)
  expect(measures).toMatchObject({ voxels: 4, volumeMm3: 4, mean: 6, sd: Math.sqrt(3) })
  // Two rows of two, one aside: from the left end of the upper to the right end of the lower, 3 across and 1 down.
  expect(measures.greatestMm).toBeCloseTo(Math.sqrt(10), 12)
})

it('tells what a mask operation changes as the difference that makes it', async () => {
  const mask = { ...part([]), voxels: Uint8Array.from('110010000000001', Number) }
  const { voxels, difference, added, removed } = await api.run(
    mask,
    { kind: 'edit', edit: { kind: 'keepLargest' } },
    '',
    () => undefined,
  )
  expect([...voxels].join('')).toBe('110000000000000')
  expect([added, removed]).toEqual([0, 2])
  const changed = mask.voxels.slice()
  applyDifference(changed, difference)
  expect(changed).toEqual(voxels)
  revertDifference(changed, difference)
  expect(changed).toEqual(mask.voxels)
})
