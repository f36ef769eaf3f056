import { expect, it } from 'vitest'
import type { Triple } from '../numeric/voxelArray.ts'
import { createProjector, type ProjectionAxes } from './projectMaximum.ts'
import { identityDirection, type Volume } from './volume.ts'

const size: Triple = [7, 6, 4]
const image: Volume = {
  size,
  spacingMm: [2, 2, 3],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Int16Array.from({ length: 7 * 6 * 4 }, (_, i) => (i * 37) % 101),
  source: { path: 'image', format: 'memory' },
}
const at = (x: number, y: number, z: number) => image.voxels[x + 7 * (y + 6 * z)]
const front: ProjectionAxes = { across: { axis: 0, sign: 1 }, depth: { axis: 1, sign: 1 }, up: { axis: 2, sign: 1 } }
const upFront = [1, 0] as const
const range = (count: number) => Array.from({ length: count }, (_, i) => i)

it('holds along a grid axis the greatest of the very voxels behind each other, head up', () => {
  const { width, height, mmPerColumn, mmPerRow, values } = createProjector(image, front).project({ turn: upFront, slab: null })
  expect([height, mmPerColumn, mmPerRow]).toEqual([4, 2, 3])
  const left = (width - 7) / 2
  for (let row = 0; row < 4; row++) {
    const expected = range(7).map((x) => Math.max(...range(6).map((y) => at(x, y, 3 - row))))
    expect([...values.subarray(row * width, (row + 1) * width)]).toEqual([
      ...range(left).map(() => NaN),
      ...expected,
      ...range(left).map(() => NaN),
    ])
  }
})

it('brings what was on the right to the front at 90 degrees, and exchanges the sides at 180', () => {
  const projector = createProjector(image, front)
  const rowOf = (turn: readonly [number, number]) => {
    const { width, values } = projector.project({ turn, slab: null })
    return [...values.subarray(0, width)].filter((value) => !Number.isNaN(value))
  }
  expect(rowOf([-1, 0])).toEqual(rowOf(upFront).reverse())
  const behind = range(6).map((y) => Math.max(...range(7).map((x) => at(x, y, 3))))
  // Six columns lie between those of the seven: the ray halfway between two of them sees their means.
  const between = range(5).map((y) => Math.max(...range(6).map((x) => (at(x, y, 3) + at(x + 1, y, 3) + at(x, y + 1, 3) + at(x + 1, y + 1, 3)) / 4)))
  expect(rowOf([0, 1])).toEqual(between)
  expect(Math.max(...behind)).toBeGreaterThanOrEqual(Math.max(...between))
}) // prettier-ignore

it('follows the signs of the axes', () => {
  const turned: ProjectionAxes = { ...front, across: { axis: 0, sign: -1 }, up: { axis: 2, sign: -1 } }
  const project = (axes: ProjectionAxes) => createProjector(image, axes).project({ turn: upFront, slab: null })
  expect([...project(turned).values]).toEqual([...project(front).values].reverse())
})

it('sees of a slab only what lies around the voxel', () => {
  const projector = createProjector(image, front)
  const { width, values } = projector.project({ turn: upFront, slab: { mm: 4, around: [0, 2, 0] } })
  const left = (width - 7) / 2
  const expected = range(7).map((x) => Math.max(at(x, 1, 3), at(x, 2, 3), at(x, 3, 3)))
  expect([...values.subarray(left, left + 7)]).toEqual(expected)
})

it('finds the voxel that a pixel shows, the foremost of equals', () => {
  const projector = createProjector(image, front)
  const view = { turn: upFront, slab: null }
  const { width, values } = projector.project(view)
  const left = (width - 7) / 2
  for (const [column, row] of [
    [left, 0],
    [left + 3, 2],
    [left + 6, 3],
  ]) {
    const [x, y, z] = projector.findBrightest(view, column, row)!
    expect([x, z]).toEqual([column - left, 3 - row])
    expect(at(x, y, z)).toBe(values[row * width + column])
  }
  expect(projector.findBrightest(view, 0, 0)).toBeNull()
  expect(projector.findBrightest(view, -1, 9)).toBeNull()
  const flat = createProjector({ ...image, voxels: new Int16Array(168) }, front)
  expect(flat.findBrightest(view, left, 0)).toEqual([0, 0, 3])
})

it('leaves out voxels that are no number', () => {
  const voxels = Float32Array.from(image.voxels)
  voxels.fill(NaN, 0, 7)
  const { values } = createProjector({ ...image, voxels }, front).project({ turn: upFront, slab: null })
  expect(values.filter((value) => !Number.isNaN(value))).toHaveLength(28)
})
