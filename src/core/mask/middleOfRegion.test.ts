import { expect, it } from 'vitest'
import type { Triple } from '../numeric/voxelArray.ts'
import { middleOfRegion } from './middleOfRegion.ts'

const maskOf = (...inside: Triple[]) => {
  const voxels = new Uint8Array(7 * 7 * 3)
  for (const [x, y, z] of inside) voxels[x + 7 * (y + 7 * z)] = 1
  return { voxels, size: [7, 7, 3], spacingMm: [1, 1, 3] } as const
}
const whole = { lower: [0, 0, 0], upper: [6, 6, 2] } as const
const row = (y: number, z: number): Triple[] => [1, 2, 3, 4, 5].map((x) => [x, y, z])

it('is the middle of the slice with the most voxels', () => {
  const mask = maskOf([6, 6, 0], ...row(2, 1), ...row(3, 1), ...row(4, 1), [0, 0, 2], [1, 0, 2])
  expect(middleOfRegion(mask, 2, whole)).toEqual([3, 3, 1])
  // Across y the rows are the slices, of which the first of the largest is taken.
  expect(middleOfRegion(mask, 1, whole)).toEqual([3, 2, 1])
})

it('lies in the region also where that is a ring, and nowhere where there is none', () => {
  const ring = maskOf(...row(1, 1), ...row(5, 1), [1, 3, 1], [5, 3, 1])
  const [x, y, z] = middleOfRegion(ring, 2, whole)!
  expect(ring.voxels[x + 7 * (y + 7 * z)]).toBe(1)
  expect(middleOfRegion(maskOf(), 2, whole)).toBeUndefined()
})
