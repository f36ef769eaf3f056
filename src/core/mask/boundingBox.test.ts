import { expect, it } from 'vitest'
import type { BoundingBox } from './mask.ts'
import { indexToPhysical } from '../image/volume.ts'
import { extentOf, findBoundingBox, gridOfBox, padBoundingBox } from './boundingBox.ts'

it('finds inclusive bounds on each axis, whatever the label value', () => {
  const mask = new Uint8Array(4 * 3 * 3)
  mask[1 + 4 * (2 + 3 * 1)] = 255
  mask[2 + 4 * (0 + 3 * 2)] = 1
  expect(findBoundingBox(mask, [4, 3, 3])).toEqual({ lower: [1, 0, 1], upper: [2, 2, 2] })
})

it.each([
  [4, 3, 5],
  [5, 3, 3],
  [7, 1, 4],
  [3, 3, 1],
  [2, 2, 2],
] as const)('finds the same bounds as looking at every voxel, %i x %i x %i', (nx, ny, nz) => {
  for (let seed = 1; seed < 60; seed++) {
    // A part of a larger array, so that it does not always begin at a multiple of four bytes.
    const mask = new Uint8Array(nx * ny * nz + 3).subarray(seed % 4, (seed % 4) + nx * ny * nz)
    for (const step of [7, 13].slice(0, 1 + (seed % 2))) mask[(seed * step) % mask.length] = 1
    const inside = [...mask.keys()]
      .filter((i) => mask[i] === 1)
      .map((i) => [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)])
    const bound = (of: (...values: number[]) => number) => [0, 1, 2].map((axis) => of(...inside.map((voxel) => voxel[axis])))
    const bounds = { lower: bound(Math.min), upper: bound(Math.max) }
    expect(findBoundingBox(mask, [nx, ny, nz])).toEqual(bounds)
    expect(findBoundingBox(mask, [nx, ny, nz], bounds as unknown as BoundingBox)).toEqual(bounds)
    expect(findBoundingBox(mask, [nx, ny, nz], { lower: [0, 0, 0], upper: [nx - 1, ny - 1, nz - 1] })).toEqual(bounds)
  }
})

it('has no bounds for an empty mask', () => {
  expect(findBoundingBox(new Uint8Array(8), [2, 2, 2])).toBeUndefined()
})

it('pads as far as the grid goes', () => {
  const box = { lower: [1, 5, 2], upper: [3, 6, 2] } as const
  expect(extentOf(box)).toEqual([3, 2, 1])
  expect(padBoundingBox(box, 4, [20, 9, 3])).toEqual({ lower: [0, 1, 0], upper: [7, 8, 2] })
})

it('a box is a grid whose voxels stand where they stood', () => {
  const [c, s] = [Math.cos(0.4), Math.sin(0.4)]
  const oblique = {
    size: [9, 8, 5],
    spacingMm: [1.2, 0.9, 3],
    originMm: [-20, 14, 33],
    direction: [c, 0, s, 0, -1, 0, -s, 0, c],
  } as const
  const part = gridOfBox(oblique, { lower: [2, 3, 1], upper: [5, 7, 1] })
  expect(part.size).toEqual([4, 5, 1])
  const [found, expected] = [indexToPhysical(part, [3, 4, 0]), indexToPhysical(oblique, [5, 7, 1])]
  found.forEach((mm, axis) => expect(mm).toBeCloseTo(expected[axis], 10))
})
