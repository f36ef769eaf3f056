import { expect, it } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { changedVoxelCount, compareMaskVoxels, replaceSelected, revertDifference } from './difference.ts'

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
