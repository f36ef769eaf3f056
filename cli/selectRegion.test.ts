import { expect, test } from 'vitest'
import { identityDirection, type Volume, type VolumeSource } from '../src/core/image/volume.ts'
import { selectRegion } from './selectRegion.ts'

function mask(voxels: Volume['voxels'], source: Partial<VolumeSource> = {}): Volume {
  return {
    size: [2, 1, voxels.length / 2],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: identityDirection,
    voxels,
    source: { path: 'mask', format: 'NIfTI', ...source },
  }
}

test('slices left out are told with their numbers', () => {
  const { warnings } = selectRegion(mask(Uint8Array.of(1, 1, 0, 0, 1, 0, 2, 0, 1, 1)), 1, undefined)
  expect(warnings).toEqual([
    expect.stringContaining('2 slices lie inside the extent of the region and hold none of it: 2, 4 (counted from 1).'),
  ])
  expect(selectRegion(mask(Uint8Array.of(0, 0, 1, 1, 1, 0)), 1, undefined).warnings).toEqual([])
})

test('shares are refused without a threshold, named labels and single values are not', () => {
  const shares = mask(Float32Array.of(0, 0.2, 0.6, 1))
  expect(() => selectRegion(shares, 1, undefined)).toThrowSaying(
    '2 voxels have values between 0 and 1. Say from which value on a voxel is inside: --mask-threshold 0.5, for example.',
  )
  expect([...selectRegion(shares, 1, 0.5).mask.voxels]).toEqual([0, 0, 1, 1])
  expect([...selectRegion(shares, 0.6, undefined).mask.voxels]).toEqual([0, 0, 1, 0])
  expect([...selectRegion(mask(Float32Array.of(0, 0.0039, 0, 0.0039)), 0.0039, 0.5).mask.voxels]).toEqual([0, 1, 0, 1])
  expect([...selectRegion(mask(Uint8Array.of(0, 2, 1, 2)), 2, 0.5).mask.voxels]).toEqual([0, 1, 0, 1])
})

test('a segment whose shares are one value is refused too', () => {
  const segment = mask(Float32Array.of(0, 0.4, 0, 0), { fractions: true, segments: [{ value: 3, name: 'Core', voxelCount: 1 }] })
  expect(() => selectRegion(segment, 3, undefined)).toThrowSaying('1 voxel has a value between 0 and 1')
  expect([...selectRegion(segment, 3, 0.3).mask.voxels]).toEqual([0, 1, 0, 0])
})
