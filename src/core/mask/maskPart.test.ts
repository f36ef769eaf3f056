import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Triple } from '../numeric/voxelArray.ts'
import { findBoundingBox } from './boundingBox.ts'
import { compareMaskVoxels } from './difference.ts'
import { cutMask, growBox, isInsideMask, placeMask } from './maskPart.ts'

const size: Triple = [5, 4, 3]
const anyMask = fc.uint8Array({ minLength: 60, maxLength: 60, max: 1 })

test('a mask comes back whole from the part in its box', () => {
  fc.assert(
    fc.property(anyMask, (voxels) => {
      const part = cutMask({ voxels, size }, findBoundingBox(voxels, size) ?? null)
      expect(placeMask(part)).toEqual(voxels)
    }),
  )
})

test('the box of a change holds what changed, and no more where the runs stay in their rows', () => {
  fc.assert(
    fc.property(anyMask, anyMask, (before, after) => {
      const changed = before.map((value, i) => Number(value !== after[i]))
      const exact = findBoundingBox(changed, size)
      const box = growBox(null, compareMaskVoxels(before, after), size)
      if (!exact) expect(box).toBeNull()
      else
        for (const axis of [0, 1, 2]) {
          expect(box!.lower[axis]).toBeLessThanOrEqual(exact.lower[axis])
          expect(box!.upper[axis]).toBeGreaterThanOrEqual(exact.upper[axis])
        }
    }),
  )
  const one = compareMaskVoxels(new Uint8Array(60), new Uint8Array(60).fill(1, 27, 29))
  expect(growBox(null, one, size)).toEqual({ lower: [2, 1, 1], upper: [3, 1, 1] })
  expect(growBox({ lower: [0, 0, 0], upper: [1, 1, 0] }, one, size)).toEqual({ lower: [0, 0, 0], upper: [3, 1, 1] })
})

test('a region is inside a mask only if all of its voxels are', () => {
  const voxels = new Uint8Array(60).fill(1, 20, 30)
  const part = cutMask({ voxels, size }, findBoundingBox(voxels, size)!)
  expect(isInsideMask(part, { voxels })).toBe(true)
  expect(isInsideMask(part, { voxels: voxels.with(25, 0) })).toBe(false)
  expect(isInsideMask(cutMask({ voxels, size }, null), { voxels: new Uint8Array(60) })).toBe(true)
})
