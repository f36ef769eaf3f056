import { expect, it } from 'vitest'
import { findOverlap } from './findOverlap.ts'

const size = [5, 4, 3] as const
const mask = (...positions: number[]) => {
  const voxels = new Uint8Array(60)
  for (const position of positions) voxels[position] = 1
  return { size, voxels }
}
const whole = { lower: [0, 0, 0], upper: [4, 3, 2] } as const

it('counts what two masks share, and finds a voxel of it in the slice that has most', () => {
  // Slice 0 shares (1, 0); slice 2 shares (0, 1), (1, 1) and (2, 1).
  const a = mask(1, 2, 45, 46, 47, 48)
  const b = mask(1, 3, 45, 46, 47, 59)
  expect(findOverlap(a, b, [whole, whole])).toEqual({ voxelCount: 4, at: [1, 1, 2] })
})

it('looks where both boxes are, and finds nothing where the masks or the boxes are apart', () => {
  const a = mask(1, 45)
  const box = { lower: [0, 1, 2], upper: [2, 1, 2] } as const
  expect(findOverlap(a, a, [whole, box])).toEqual({ voxelCount: 1, at: [0, 1, 2] })
  expect(findOverlap(a, mask(2, 46), [whole, whole])).toBeNull()
  expect(findOverlap(a, a, [{ lower: [0, 0, 0], upper: [4, 3, 0] }, box])).toBeNull()
})
