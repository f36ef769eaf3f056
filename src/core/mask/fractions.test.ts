import { expect, it } from 'vitest'
import { findFractions, selectAtLeast } from './fractions.ts'
import { layLabel } from './layLabel.ts'

const grid = { size: [3, 2, 1], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] } as const
const shares = Float32Array.of(0, 0.25, 0.5, 0.75, 1, 0)

it.each([
  ['shares', shares, { voxelCount: 3, highest: 1 }],
  ['per cent', Float64Array.from({ length: 40 }, (_, i) => 2.5 * i), { voxelCount: 20, highest: 97.5 }],
  ['labels that were interpolated', Float32Array.of(0, 1, 1.5, 2), { voxelCount: 1, highest: 2 }],
  ['odd labels', Float32Array.of(0, 0.5, 255), undefined],
  ['very many shares', Float32Array.from({ length: 6000 }, (_, i) => i / 6000), { voxelCount: 5999, highest: 1 }],
  ['whole labels', Float32Array.of(0, 1, 2, 255), undefined],
  ['one label that is no whole number', Float32Array.of(0, 0.0039, 0.0039), undefined],
  ['whole numbers of a type without others', Uint8Array.of(0, 1, 2), undefined],
  ['grey values below 0', Float32Array.of(-3.5, 0, 2.5, 4), undefined],
  ['very many grey values', Float32Array.from({ length: 6000 }, (_, i) => i / 3), undefined],
  ['what is no number beside labels', Float32Array.of(NaN, 1, 0, 2), undefined],
] as const)('%s', (_, voxels, found) => {
  expect(findFractions(voxels)).toEqual(found)
}) // prettier-ignore

it('takes the voxels of at least a threshold', () => {
  expect([...selectAtLeast({ ...grid, voxels: shares }, 0.5).voxels]).toEqual([0, 0, 1, 1, 1, 0])
  expect(() => selectAtLeast({ ...grid, voxels: shares }, 1.5)).toThrowSaying('No voxel of the mask reaches 1.5')
  expect(layLabel({ ...grid, voxels: shares }, { atLeast: 0.75 }, null)).toMatchObject({ voxelCount: 2, labelVoxels: 2 })
})
