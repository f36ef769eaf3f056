import { expect, it } from 'vitest'
import type { Triple } from '../numeric/voxelArray.ts'
import { mirrorImage } from './mirrorImage.ts'
import { translation } from './rigidMove.ts'
import { subtractImages } from './subtractImages.ts'
import { identityDirection, indexToPhysical, type Grid, type Volume } from './volume.ts'

const grid: Grid = { size: [5, 4, 3], spacingMm: [1, 2, 3], originMm: [-4, 1, 7], direction: identityDirection }
/** An image of these grey levels by their place in the patient. */
function imageOf(level: (place: Triple) => number, on: Grid = grid): Volume {
  const [nx, ny, nz] = on.size
  const voxels = Float32Array.from({ length: nx * ny * nz }, (_, i) =>
    level(indexToPhysical(on, [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)])),
  )
  return { ...on, voxels, source: { path: 'image', format: 'memory' } }
}

it('takes voxel from voxel on one grid, also where headers round', () => {
  const after = imageOf(([x, y, z]) => 100 + 3 * x + y * z)
  const before = { ...imageOf(([x]) => x * x), originMm: [-4 + 1e-6, 1, 7] as const }
  const difference = subtractImages(after, before, null)
  expect([...difference]).toEqual([...after.voxels].map((value, i) => value - before.voxels[i]))
})

it('takes small integers from each other exactly, also below 0', () => {
  const of = (voxels: Int16Array<ArrayBuffer>): Volume => ({ ...imageOf(() => 0), voxels })
  const difference = subtractImages(of(new Int16Array(60).fill(-30_000)), of(new Int16Array(60).fill(30_000)), null)
  expect(new Set(difference)).toEqual(new Set([-60_000]))
})

it('takes the other image as aligned: what moved with the patient leaves nothing', () => {
  // Before contrast the patient lay 0.5 mm to the left and 1.5 mm lower; both grids reach as far.
  const level = ([x, y, z]: Triple) => 40 + 5 * x + 2 * y - z
  const wide: Grid = { ...grid, size: [12, 12, 12], originMm: [-8, -6, -2] }
  const before = imageOf(([x, y, z]) => level([x + 0.5, y, z - 1.5]), wide)
  const difference = subtractImages(imageOf(level), before, translation([0.5, 0, -1.5]))
  for (const value of difference) expect(value).toBeCloseTo(0, 4)
  const unmoved = subtractImages(imageOf(level), before, null)
  for (const value of unmoved) expect(value).toBeCloseTo(-(5 * 0.5 + 1.5), 4)
})

it('says that nothing was gained where the other image does not reach', () => {
  const before = imageOf(() => 30)
  const difference = subtractImages(imageOf(() => 50), before, translation([3, 0, 0]))
  expect([...difference.subarray(0, 5)]).toEqual([0, 0, 0, 20, 20])
}) // prettier-ignore

it('mirrors along an axis, on the same grid', () => {
  const image = imageOf(([x, y, z]) => 100 * x + 10 * y + z)
  const at = (voxels: Volume['voxels'], x: number, y: number, z: number) => voxels[x + 5 * (y + 4 * z)]
  for (const [axis, place] of [
    [0, [4 - 1, 2, 1]],
    [1, [1, 3 - 2, 1]],
    [2, [1, 2, 2 - 1]],
  ] as const)
    expect(at(mirrorImage(image, axis), 1, 2, 1)).toBe(at(image.voxels, place[0], place[1], place[2]))
  expect(mirrorImage({ ...image, voxels: mirrorImage(image, 0) }, 0)).toEqual(image.voxels)
})
