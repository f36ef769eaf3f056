import { expect, it } from 'vitest'
import { identityDirection, type Volume } from '../src/core/image/volume.ts'
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
  const { voxels, voxelCount } = await api.growPart(part(['55300', '05905', '04000']), [1, 0, 0], { low: 4, high: 9 }, null)
  expect([...voxels].join('')).toBe('110000110001000'.slice(0, 15))
  expect(voxelCount).toBe(5)
  const none = await api.growPart(part(['55300', '05905', '04000']), [4, 0, 0], { low: 4, high: 9 }, 2)
  expect(none.voxelCount).toBe(0)
})

it('measures a part', () => {
  const image = part(['55300', '05905', '04000'])
  const mask = { ...image, voxels: Uint8Array.from('110000110000000', Number) }
  expect(api.measurePart(image, mask, 2)).toMatchObject({ voxels: 4, volumeMm3: 4, mean: 6, sd: Math.sqrt(3) })
})
