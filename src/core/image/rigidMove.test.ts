import { expect, it } from 'vitest'
import { resampleLabels } from './resample.ts'
import { invertMove, moveAbout, moveGrid, movePoint, translation, type RigidMove } from './rigidMove.ts'
import { indexToPhysical, type Direction, type Grid } from './volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'

const [c, s] = [Math.cos(0.3), Math.sin(0.3)]
const [c2, s2] = [Math.cos(-0.2), Math.sin(-0.2)]
/** Turned about z, then about x. */
const turned: Direction = [c, -s, 0, c2 * s, c2 * c, -s2, s2 * s, s2 * c, c2]
const move: RigidMove = { rotation: turned, centreMm: [12, -30, 7], translationMm: [3.5, -2, 8] }
/** Oblique and left-handed. */
const oblique: Grid = {
  size: [9, 8, 5],
  spacingMm: [1.2, 0.9, 3],
  originMm: [-20, 14, 33],
  direction: [c, 0, s, 0, -1, 0, -s, 0, c],
}
const near = (found: Triple, expected: Triple) => found.forEach((value, axis) => expect(value).toBeCloseTo(expected[axis], 10))

it('leaves its centre where the translation brings it, and keeps distances', () => {
  near(movePoint(move, move.centreMm), [15.5, -32, 15])
  const [p, q] = [movePoint(move, [1, 2, 3]), movePoint(move, [4, -2, 3])]
  expect(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])).toBeCloseTo(5, 12)
})

it('is undone by its inverse, and stays the same about another centre', () => {
  const point: Triple = [31, -4, 18]
  near(movePoint(invertMove(move), movePoint(move, point)), point)
  near(movePoint(moveAbout(move, [-5, 100, 2]), point), movePoint(move, point))
  expect(invertMove(translation([1, 0, -2])).translationMm).toEqual([-1, 0, 2])
})

it('brings every voxel of an oblique grid to the moved physical point, and leaves the grid that was given as it is', () => {
  const before = structuredClone(oblique)
  const moved = moveGrid(oblique, move)
  for (const index of [
    [0, 0, 0],
    [8, 7, 4],
    [3, 5, 1],
  ] as const)
    near(indexToPhysical(moved, index), movePoint(move, indexToPhysical(oblique, index)))
  expect(oblique).toEqual(before)
  expect(moved.size).toBe(oblique.size)
})

it('resamples a mask by physical place as if it had been drawn where it is moved to', () => {
  const voxels = new Uint8Array(9 * 8 * 5)
  const inside: Triple = [4, 3, 2]
  voxels[inside[0] + 9 * (inside[1] + 8 * inside[2])] = 1
  // A fine grid around the place where the voxel's centre is to be found.
  const [x, y, z] = movePoint(move, indexToPhysical(oblique, inside))
  const target: Grid = {
    size: [41, 41, 41],
    spacingMm: [0.25, 0.25, 0.25],
    originMm: [x - 5, y - 5, z - 5],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  }
  const laid = resampleLabels({ ...moveGrid(oblique, move), voxels }, target)
  let [count, i0, j0, k0] = [0, 0, 0, 0]
  laid.forEach((value, at) => {
    if (value === 0) return
    count++
    i0 += at % 41
    j0 += Math.floor(at / 41) % 41
    k0 += Math.floor(at / 41 / 41)
  })
  // One voxel of 1.2 x 0.9 x 3 mm, with its centre in the middle of the grid.
  expect(count * 0.25 ** 3).toBeCloseTo(1.2 * 0.9 * 3, 0)
  for (const sum of [i0, j0, k0]) expect(sum / count).toBeCloseTo(20, 0)
})
