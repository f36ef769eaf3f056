import { expect, it } from 'vitest'
import { findBoundingBox } from './boundingBox.ts'
import { describeEmptySlices } from '../../messages/en/mask.ts'
import { findEmptySlices } from './emptySlices.ts'

const size = [9, 9, 9] as const

/** All voxels whose index along the axis is among those given. */
function region(axis: 0 | 1 | 2, drawn: readonly number[]) {
  const voxels = Uint8Array.from({ length: 729 }, (_, at) => {
    const index = [at % 9, Math.floor(at / 9) % 9, Math.floor(at / 81)]
    return index.every((i, a) => (a === axis ? drawn.includes(i) : i >= 2 && i <= 5)) ? 1 : 0
  })
  return findEmptySlices(voxels, size, findBoundingBox(voxels, size)!)
}

it.each([
  ['every second slice', 2, [1, 3, 5, 7], { axis: 2, slices: [2, 4, 6] }],
  ['one gap across slices', 2, [1, 2, 6, 7], { axis: 2, slices: [3, 4, 5] }],
  ['no gap', 2, [3, 4, 5], undefined],
  ['every second slice of a mask that was turned round', 0, [1, 3, 5], { axis: 0, slices: [2, 4] }],
  ['every third slice along the second axis', 1, [0, 3, 6], { axis: 1, slices: [1, 2, 4, 5] }],
  ['two parts side by side', 0, [1, 2, 6, 7], undefined],
  ['parts far from each other', 1, [0, 1, 6, 8], undefined],
] as const)('%s', (_, axis, drawn, found) => {
  expect(region(axis, drawn)).toEqual(found)
})

it('are none where the box is larger than the region', () => {
  const voxels = Uint8Array.from({ length: 729 }, (_, at) => Number(Math.floor(at / 81) === 4))
  expect(findEmptySlices(voxels, size, { lower: [0, 0, 0], upper: [8, 8, 8] })).toBeUndefined()
})

it('are told with numbers from 1', () => {
  expect(describeEmptySlices({ axis: 2, slices: [4] })).toBe('Slice 5 lies inside the extent of the region and holds none of it.')
  expect(describeEmptySlices({ axis: 0, slices: [2, 4] })).toBe(
    '2 slices along the first axis lie inside the extent of the region and hold none of it: 3, 5 (counted from 1).',
  )
  expect(describeEmptySlices({ axis: 2, slices: Array.from({ length: 20 }, (_, i) => 2 * i) })).toMatch(/19, 21, 23 \.\.\. \(/)
})
