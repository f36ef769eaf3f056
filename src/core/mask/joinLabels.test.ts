import { expect, it } from 'vitest'
import { joinLabels } from './joinLabels.ts'

const size = [4, 2, 1] as const
const box = { lower: [0, 0, 0], upper: [3, 1, 0] } as const
const label = (value: number, ...positions: number[]) => {
  const voxels = new Uint8Array(8)
  for (const position of positions) voxels[position] = 1
  return { value, mask: { voxels }, box }
}

it('is one map where masks lie side by side', () => {
  const maps = joinLabels(size, [label(1, 0, 1), label(3, 2, 7)])
  expect(maps).toEqual([{ voxels: Uint8Array.of(1, 1, 3, 0, 0, 0, 0, 3), values: [1, 3] }])
})

it('is as many as are needed for each mask to stay whole where they overlap', () => {
  const maps = joinLabels(size, [label(1, 0, 1), label(2, 1, 2), label(3, 3), label(4, 1)])
  expect(maps.map(({ voxels, values }) => [Array.from(voxels.subarray(0, 4)), values])).toEqual([
    [[1, 1, 0, 3], [1, 3]],
    [[0, 2, 2, 0], [2]],
    [[0, 4, 0, 0], [4]],
  ]) // prettier-ignore
})

it('has room for numbers beyond one byte', () => {
  expect(joinLabels(size, [label(1, 0), label(300, 1)])[0].voxels).toEqual(Uint16Array.of(1, 300, 0, 0, 0, 0, 0, 0))
})
