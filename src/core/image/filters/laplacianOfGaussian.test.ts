import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import type { Block, Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { laplacianOfGaussian } from './laplacianOfGaussian.ts'
import { DataError } from '../../messages/message.ts'
import { say } from '../../../messages/say.ts'

const size: Triple = [9, 7, 6]
const count = 9 * 7 * 6
const names = { sigma: 'sigma', padding: 'padDistance' }

function makeBlock(kernels: Kernels, valueAt: (i: number) => number): Block {
  const pointer = kernels.allocate(count * 8)
  kernels.f64(pointer, count).forEach((_, i, all) => (all[i] = valueAt(i)))
  return { pointer, size, spacingMm: [1, 1.5, 2], pixelType: 'float64' }
}

function filtered(kernels: Kernels, valueAt: (i: number) => number, sigmaMm: number): number[] {
  return kernels.scope(() => {
    const result = laplacianOfGaussian(kernels, makeBlock(kernels, valueAt), { sigmaMm, names })
    if ('skipped' in result) throw new DataError(result.skipped)
    return [...kernels.f64(result.pointer, count)]
  })
}

const noise = (i: number) => ((i * 7919) % 101) - 50

describe.each(['release', 'debug'] as const)('laplacianOfGaussian, %s build', (build) => {
  it('of a constant image is zero but for rounding', async () => {
    const kernels = await loadKernels({ build })
    expect(Math.max(...filtered(kernels, () => 1000, 2).map(Math.abs))).toBeLessThan(1e-3)
    expect(filtered(kernels, () => 0, 2).every((value) => value === 0)).toBe(true)
  })

  it('scales with the image', async () => {
    const kernels = await loadKernels({ build })
    const once = filtered(kernels, noise, 2)
    expect(filtered(kernels, (i) => 4 * noise(i), 2)).toEqual(once.map((value) => 4 * value))
  })

  it('leaves its input as it was and the scope clean', async () => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const input = makeBlock(kernels, noise)
      const before = [...kernels.f64(input.pointer, count)]
      const result = laplacianOfGaussian(kernels, input, { sigmaMm: 1, names })
      expect([...kernels.f64(input.pointer, count)]).toEqual(before)
      const next = kernels.allocate(8)
      expect('pointer' in result && next - result.pointer).toBeLessThan(count * 8 + 128)
    })
  })

  it('says why a small image or a bad sigma gives none', async () => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const input = makeBlock(kernels, noise)
      expect(laplacianOfGaussian(kernels, input, { sigmaMm: 8, names })).toHaveProperty('pointer')
      expect(whyNone(laplacianOfGaussian(kernels, input, { sigmaMm: 8.1, names }))).toMatch(/sigma 8.1 mm .* 9 x 7 x 6 voxels/)
      expect(whyNone(laplacianOfGaussian(kernels, { ...input, size: [9, 7, 3] }, { sigmaMm: 1, names }))).toMatch(
        /at least 4 voxels/,
      )
      expect(whyNone(laplacianOfGaussian(kernels, input, { sigmaMm: 0, names }))).toMatch(/sigma above 0/)
    })
  })
})

function whyNone(result: ReturnType<typeof laplacianOfGaussian>): string {
  return 'skipped' in result ? say(result.skipped) : 'there is an image'
}
