import { describe, expect, it } from 'vitest'
import { addToStatistics, finishStatistics, measureVolume, startStatistics } from './statistics.ts'

describe('measureVolume', () => {
  it('gives the sample standard deviation', () => {
    expect(measureVolume(Int16Array.of(1, 2, 3, 4))).toEqual({
      count: 4,
      mean: 2.5,
      sd: Math.sqrt(5 / 3),
      minimum: 1,
      maximum: 4,
      nonFinite: 0,
      firstNonFinite: -1,
    })
  })

  it('counts and locates voxels that are not finite and leaves them out', () => {
    const { count, mean, nonFinite, firstNonFinite } = measureVolume(Float32Array.of(2, 4, NaN, Infinity, 6))
    expect({ count, mean, nonFinite, firstNonFinite }).toEqual({ count: 3, mean: 4, nonFinite: 2, firstNonFinite: 2 })
  })

  it('gives the same bits wherever the pieces are cut', () => {
    const voxels = Float32Array.from({ length: 100_000 }, (_, i) => ((i * 7919) % 1013) / 3 + 1e4)
    const whole = measureVolume(voxels)
    for (const cut of [1, 99, 65_536]) {
      const pieces = addToStatistics(addToStatistics(startStatistics(), voxels.slice(0, cut)), voxels.slice(cut))
      expect(finishStatistics(pieces)).toEqual(whole)
    }
  })

  it('sums whole numbers of 16 bits as it sums others', () => {
    const voxels = Uint16Array.from({ length: 2_300_000 }, (_, i) => 65_535 - ((i * 7919) % 4001))
    const whole = measureVolume(voxels)
    expect(whole).toEqual(measureVolume(Float64Array.from(voxels)))
    const pieces = addToStatistics(addToStatistics(startStatistics(), voxels.slice(0, 999_999)), voxels.slice(999_999))
    expect(finishStatistics(pieces)).toEqual(whole)
  })

  it('does not lose digits over many voxels', () => {
    expect(measureVolume(new Float64Array(3_000_000).fill(0.1)).mean).toBe(0.1)
  })

  it('has no standard deviation for a constant image', () => {
    expect(measureVolume(new Uint8Array(10).fill(7)).sd).toBe(0)
  })
})
