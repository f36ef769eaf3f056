// @vitest-environment node
import { expect, test } from 'vitest'
import type { Triple } from '../../numeric/voxelArray.ts'
import { cutMask } from '../maskPart.ts'
import { describePart } from './describePart.ts'

const size: Triple = [8, 6, 5]
/** @param inside positions @param lower, upper of the box that the region was cut out with, which may be too large */
function part(inside: readonly Triple[], lower: Triple = [0, 0, 0], upper: Triple = [7, 5, 4]) {
  const voxels = new Uint8Array(size[0] * size[1] * size[2])
  for (const [x, y, z] of inside) voxels[x + size[0] * (y + size[1] * z)] = 1
  return cutMask({ voxels, size }, { lower, upper })
}

test('a region is described by its own voxels, whatever the box it was cut out with', () => {
  const inside: Triple[] = [[2, 2, 1], [3, 2, 1], [3, 3, 2]] // prettier-ignore
  const described = { voxelCount: 3, extent: [2, 2, 2], pieces: 1, isAtEdge: false }
  expect(describePart(part(inside))).toEqual(described)
  expect(describePart(part(inside, [2, 2, 1], [3, 3, 2]))).toEqual(described)
})

test('an edge of the image, pieces, one slice and slices that were left out are told', () => {
  expect(describePart(part([[0, 2, 2], [1, 2, 2]]))).toMatchObject({ isAtEdge: true, extent: [2, 1, 1] }) // prettier-ignore
  expect(describePart(part([[3, 2, 4]], [3, 2, 3], [4, 3, 4]))).toMatchObject({ isAtEdge: true })
  expect(describePart(part([[1, 1, 1], [5, 1, 1]]))).toMatchObject({ pieces: 2 }) // prettier-ignore
  const gap: Triple[] = [[2, 2, 1], [2, 2, 3]] // prettier-ignore
  expect(describePart(part(gap, [2, 2, 1], [3, 3, 3]))).toMatchObject({ empty: { axis: 2, slices: [2] } })
})

test('a slice is the last one only of an image that has several', () => {
  const flat = cutMask({ voxels: Uint8Array.from([0, 0, 0, 0, 1, 0, 0, 0, 0]), size: [3, 3, 1] }, { lower: [0, 0, 0], upper: [2, 2, 0] }) // prettier-ignore
  expect(describePart(flat)).toMatchObject({ isAtEdge: false })
})

test('an empty region is nothing', () => {
  expect(describePart(cutMask({ voxels: new Uint8Array(8), size: [2, 2, 2] }, null))).toBeUndefined()
  expect(describePart(part([]))).toBeUndefined()
})
