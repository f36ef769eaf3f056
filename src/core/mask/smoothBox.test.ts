import { expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { smoothBox } from './smoothBox.ts'

async function smooth(build: 'release' | 'debug', values: readonly number[], size: Triple, spacingMm: Triple, sigmaMm: number) {
  const kernels = await loadKernels({ build })
  return kernels.scope(() => {
    const data = kernels.allocate(8 * values.length)
    kernels.f64(data, values.length).set(values)
    smoothBox(kernels, data, size, spacingMm, sigmaMm)
    return [...kernels.f64(data, values.length)]
  })
}

it('weighs with the sampled Gaussian in mm on each axis, the border repeated, on both builds alike', async () => {
  const size: Triple = [5, 4, 2]
  const spacing: Triple = [1, 1.5, 8]
  const values = Array.from({ length: 40 }, (_, i) => ((i * 37) % 11) - 3)
  const expected = [0, 1].reduce((levels, axis) => {
    const reach = Math.floor(3.3 / spacing[axis])
    const weights = Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-0.5 * (((k - reach) * spacing[axis]) / 1.1) ** 2))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return levels.map((_, i) => {
      const at = [i % 5, Math.floor(i / 5) % 4, Math.floor(i / 20)]
      return weights.reduce((sum, weight, k) => {
        const from = at.map((place, a) => (a === axis ? Math.min(size[a] - 1, Math.max(0, place + k - reach)) : place))
        return sum + (weight / total) * levels[from[0] + 5 * (from[1] + 4 * from[2])]
      }, 0)
    })
  }, values)
  const release = await smooth('release', values, size, spacing, 1.1)
  release.forEach((level, i) => expect(level).toBeCloseTo(expected[i], 12))
  expect(await smooth('debug', values, size, spacing, 1.1)).toEqual(release)
})

it('leaves levels as they are for 0 mm and for voxels wider than three sigma, and refuses what is no width', async () => {
  expect(await smooth('release', [1, 5, 2], [3, 1, 1], [1, 1, 1], 0)).toEqual([1, 5, 2])
  expect(await smooth('release', [1, 5, 2], [3, 1, 1], [9, 1, 1], 2)).toEqual([1, 5, 2])
  await expect(smooth('release', [1], [1, 1, 1], [1, 1, 1], -1)).rejects.toThrowSaying('is -1 mm')
})
