import { expect, it } from 'vitest'
import { extentOf, findBoundingBox, padBoundingBox } from './boundingBox.ts'

it('finds inclusive bounds on each axis, whatever the label value', () => {
  const mask = new Uint8Array(4 * 3 * 3)
  mask[1 + 4 * (2 + 3 * 1)] = 255
  mask[2 + 4 * (0 + 3 * 2)] = 1
  expect(findBoundingBox(mask, [4, 3, 3])).toEqual({ lower: [1, 0, 1], upper: [2, 2, 2] })
})

it('has no bounds for an empty mask', () => {
  expect(findBoundingBox(new Uint8Array(8), [2, 2, 2])).toBeUndefined()
})

it('pads as far as the grid goes', () => {
  const box = { lower: [1, 5, 2], upper: [3, 6, 2] } as const
  expect(extentOf(box)).toEqual([3, 2, 1])
  expect(padBoundingBox(box, 4, [20, 9, 3])).toEqual({ lower: [0, 1, 0], upper: [7, 8, 2] })
})
