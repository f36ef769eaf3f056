import { expect, it } from 'vitest'
import { identityDirection, type Volume } from '../../image/volume.ts'
import { rangeUnderBrush } from './rangeUnderBrush.ts'

const volume = (voxels: readonly number[]): Volume => ({
  size: [5, 1, 2],
  spacingMm: [1, 1, 3],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Float32Array.from(voxels),
  source: { path: 'made', format: 'memory' },
})
const levels = [900, 2, 4, 12, 900, 900, 900, 26, 900, 900]
const disc = { shape: 'disc', radiusMm: 1, sliceAxis: 2 } as const

it('is mean plus and minus so many SD of what the brush covers in its slice', () => {
  // 2, 4 and 12: mean 6, squares of deviations 16 + 4 + 36.
  const sd = Math.sqrt(56 / 3)
  for (const deviations of [0, 1, 2.5]) {
    const range = rangeUnderBrush(volume(levels), [2, 0, 0], disc, deviations)!
    expect(range.low).toBeCloseTo(6 - deviations * sd, 10)
    expect(range.high).toBeCloseTo(6 + deviations * sd, 10)
  }
})

it('looks into neighbouring slices with a sphere, and changes nothing', () => {
  const image = volume(levels)
  const sphere = { ...disc, shape: 'sphere', radiusMm: 3 } as const
  const covered = [900, 2, 4, 12, 900, 26]
  const mean = covered.reduce((sum, level) => sum + level) / 6
  const range = rangeUnderBrush(image, [2, 0, 0], sphere, 0)!
  expect(range.low).toBeCloseTo(mean, 10)
  expect([...image.voxels]).toEqual(levels)
})

it('leaves out what is no number, and is undefined where nothing is left', () => {
  const image = volume([NaN, NaN, 7, NaN, 1, 1, 1, 1, 1, 1])
  expect(rangeUnderBrush(image, [2, 0, 0], disc, 2)).toEqual({ low: 7, high: 7 })
  expect(rangeUnderBrush(image, [0, 0, 0], disc, 2)).toBeUndefined()
  expect(rangeUnderBrush(image, [40, 0, 0], disc, 2)).toBeUndefined()
  expect(() => rangeUnderBrush(image, [2, 0, 0], disc, -1)).toThrowSaying('-1 SD')
})
