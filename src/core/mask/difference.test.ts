import { expect, it } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import {
  applyDifference,
  changedVoxelCount,
  compareMaskVoxels,
  countAddedAndRemoved,
  replaceSelected,
  revertDifference,
  splitDifference,
} from './difference.ts'

it('replaces what is selected in a box, and tells the same as a comparison of before and after', () => {
  const random = createRandom(7)
  const size = [9, 7, 5] as const
  const draw = (share: number) => Uint8Array.from({ length: 315 }, () => Number(random.uniform() < share))
  for (const value of [1, 0]) {
    const voxels = draw(0.5)
    const selected = draw(0.7)
    const before = voxels.slice()
    const box = { lower: [2, 1, 0], upper: [8, 5, 3] } as const
    const expected = before.map((voxel, at) => {
      const index = [at % 9, Math.floor(at / 9) % 7, Math.floor(at / 63)]
      const isInBox = index.every((i, axis) => i >= box.lower[axis] && i <= box.upper[axis])
      return isInBox && selected[at] ? value : voxel
    })
    const difference = replaceSelected({ voxels, size }, selected, box, value)
    expect(voxels).toEqual(expected)
    expect(difference).toEqual(compareMaskVoxels(before, voxels))
    expect(changedVoxelCount(difference)).toBeGreaterThan(30)
    revertDifference(voxels, difference)
    expect(voxels).toEqual(before)
  }
})

it('is split into what is accepted and what is not, which together are the whole', () => {
  const random = createRandom(8)
  const draw = () => Uint8Array.from({ length: 200 }, () => Number(random.uniform() < 0.4))
  const [before, after] = [draw(), draw()]
  const whole = compareMaskVoxels(before, after)
  const accepts = (position: number) => position % 3 !== 0
  const { accepted, refused } = splitDifference(whole, accepts)
  expect(accepted).toEqual(
    compareMaskVoxels(
      before,
      before.map((voxel, at) => (accepts(at) ? after[at] : voxel)),
    ),
  )
  const voxels = before.slice()
  applyDifference(voxels, accepted)
  applyDifference(voxels, refused)
  expect(voxels).toEqual(after)
  const added = after.filter((voxel, at) => voxel > before[at]).length
  expect(countAddedAndRemoved(whole)).toEqual({ added, removed: changedVoxelCount(whole) - added })
  expect(added).toBeGreaterThan(20)
})
