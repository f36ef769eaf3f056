import { describe, expect, it } from 'vitest'
import type { Triple } from '../numeric/voxelArray.ts'
import { checkRegion, type RegionLimits } from './checkRegion.ts'
import { say } from '../../messages/say.ts'

const size: Triple = [5, 4, 3]
const names = {
  dimensions: 'minimumROIDimensions',
  voxels: 'minimumROISize',
  newSpacing: 'resampledPixelSpacing',
  ofFlatRegions: 'force2D and shape2D',
}
const limits: RegionLimits = { dimensions: 2, voxels: null, names }

function maskOf(...voxels: Triple[]): Uint8Array {
  const mask = new Uint8Array(60)
  for (const [x, y, z] of voxels) mask[x + 5 * (y + 4 * z)] = 1
  return mask
}

describe('checkRegion', () => {
  it('gives bounds and count', () => {
    expect(checkRegion(maskOf([1, 2, 0], [3, 1, 2], [2, 2, 1]), size, limits)).toEqual({
      boundingBox: { lower: [1, 1, 0], upper: [3, 2, 2] },
      voxelCount: 3,
      warnings: [],
    })
  })

  it('warns of a flat region', () => {
    expect(checkRegion(maskOf([1, 2, 1], [3, 1, 1]), size, limits).warnings.map(say)).toEqual([
      expect.stringMatching(/flat \(its box is 3 x 2 x 1 voxels\)/),
    ])
  })

  it('refuses an empty region, one voxel, too few dimensions, too few voxels', () => {
    expect(() => checkRegion(maskOf(), size, limits)).toThrowSaying('The region is empty: no voxel has the label.')
    expect(() => checkRegion(maskOf(), size, limits, 'resampling')).toThrowSaying(
      /empty after resampling.*finer resampledPixelSpacing/,
    )
    expect(() => checkRegion(maskOf([4, 3, 2]), size, { ...limits, dimensions: 1 })).toThrowSaying(/single voxel/)
    expect(() => checkRegion(maskOf([1, 1, 1], [3, 1, 1]), size, limits)).toThrowSaying(
      /has 1 dimension \(its box is 3 x 1 x 1 voxels\), minimumROIDimensions asks for 2/,
    )
    expect(checkRegion(maskOf([1, 1, 1], [3, 1, 1]), size, { ...limits, dimensions: 1 }).voxelCount).toBe(2)
    const three = maskOf([1, 2, 0], [3, 1, 2], [2, 2, 1])
    expect(() => checkRegion(three, size, { ...limits, voxels: 3 })).toThrowSaying(
      /3 voxels, minimumROISize asks for more than 3/,
    )
    expect(checkRegion(three, size, { ...limits, voxels: 2 }).voxelCount).toBe(3)
  })
})
