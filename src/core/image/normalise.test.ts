import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { newVoxelArray, type PixelType } from '../numeric/voxelArray.ts'
import { fitNormalisation, locateVoxel, normalise } from './normalise.ts'
import { measureVolume } from './statistics.ts'

interface NormaliseCase {
  normalizeScale: number
  removeOutliers: number | null
  pixelType: PixelType
  voxels: number[]
  resultType: string
  result: number[]
}
const { cases } = JSON.parse(readFileSync(new URL('../../../reference/simpleitk/normalise.json', import.meta.url), 'utf8')) as {
  cases: NormaliseCase[]
}

const size = [6, 5, 4] as const

describe('normalise', () => {
  it.each(cases)('$pixelType, scale $normalizeScale, outliers $removeOutliers as PyRadiomics', async (normaliseCase) => {
    const { pixelType, voxels, result, resultType } = normaliseCase
    const array = newVoxelArray(pixelType, voxels.length)
    array.set(voxels)
    const kernels = await loadKernels()
    kernels.scope(() => {
      const pointer = kernels.allocate(voxels.length * 8)
      kernels.f64(pointer, voxels.length).set(array)
      const block = normalise(
        kernels,
        { pointer, size, spacingMm: [1, 1, 1], pixelType },
        fitNormalisation(measureVolume(array), size, 'normalize'),
        { sd: normaliseCase.normalizeScale, limitSd: normaliseCase.removeOutliers },
      )
      expect(block.pixelType).toBe(resultType)
      kernels
        .f64(block.pointer, voxels.length)
        .forEach((value, i) => expect(Math.abs(value - result[i])).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(result[i]))))
      if (normaliseCase.removeOutliers !== null) {
        const limit = normaliseCase.removeOutliers * normaliseCase.normalizeScale
        expect(Math.max(...kernels.f64(block.pointer, voxels.length))).toBe(limit)
      }
    })
  })

  it('refuses a constant image, and one with voxels that are not finite', () => {
    expect(() => fitNormalisation(measureVolume(new Int16Array(120).fill(7)), size, 'normalize')).toThrowSaying(
      /constant \(120 voxels of 7\)/,
    )
    const voxels = Float32Array.from({ length: 120 }, (_, i) => i)
    voxels[6 * 5 * 2 + 6 * 3 + 4] = NaN
    voxels[119] = Infinity
    expect(() => fitNormalisation(measureVolume(voxels), size, 'normalize')).toThrowSaying(
      /2 NaN or infinite voxels, the first at 4, 3, 2/,
    )
  })

  it('locates a voxel by its position', () => {
    expect(locateVoxel(0, size)).toEqual([0, 0, 0])
    expect(locateVoxel(119, size)).toEqual([5, 4, 3])
  })
})
