import { expect, it } from 'vitest'
import type { Grid } from '../image/volume.ts'
import { indexToPhysical, physicalToIndex } from '../image/volume.ts'
import { expandToGrid } from './expandToGrid.ts'

const c = Math.cos(0.3)
const s = Math.sin(0.3)
const grid: Grid = {
  size: [4, 3, 5],
  spacingMm: [0.7, 0.8, 2.1],
  originMm: [-10, 20, 30],
  direction: [c, -s, 0, s, c, 0, 0, 0, 1],
}
const block = (first: readonly [number, number, number], size: readonly [number, number, number], part: Partial<Grid> = {}) => ({
  ...grid,
  size,
  originMm: indexToPhysical(grid, first),
  ...part,
  voxels: Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, i) => i + 1),
})

it('puts a block at its place', () => {
  const whole = expandToGrid(block([1, 0, 3], [2, 2, 2]), grid)!
  expect(whole).toMatchObject({ size: grid.size, originMm: grid.originMm })
  const found = Array.from(whole.voxels, (value, at) => [value, at % 4, Math.floor(at / 4) % 3, Math.floor(at / 12)])
  expect(found.filter(([value]) => value !== 0)).toEqual([
    [1, 1, 0, 3],
    [2, 2, 0, 3],
    [3, 1, 1, 3],
    [4, 2, 1, 3],
    [5, 1, 0, 4],
    [6, 2, 0, 4],
    [7, 1, 1, 4],
    [8, 2, 1, 4],
  ])
})

it('takes positions that were rounded, and one slice of whatever thickness', () => {
  const rounded = indexToPhysical(grid, [0, 0, 2]).map((mm) => Number(mm.toFixed(3))) as [number, number, number]
  expect(expandToGrid(block([0, 0, 0], [4, 3, 2], { originMm: rounded }), grid)).toBeDefined()
  expect(expandToGrid(block([0, 0, 2], [4, 3, 1], { spacingMm: [0.7, 0.8, 5] }), grid)).toBeDefined()
})

it('puts every second slice at its place where others may be left out between them, and refuses them elsewhere', () => {
  const second = block([1, 1, 0], [2, 2, 3], { spacingMm: [0.7, 0.8, 4.2] })
  expect(expandToGrid(second, grid)).toBeUndefined()
  const whole = expandToGrid(second, grid, { gaps: true })!
  const bySlice = [0, 1, 2, 3, 4].map((z) => [...whole.voxels.slice(12 * z, 12 * z + 12)].filter((value) => value !== 0))
  expect(bySlice).toEqual([[1, 2, 3, 4], [], [5, 6, 7, 8], [], [9, 10, 11, 12]])
  const [i, j, k] = physicalToIndex(grid, indexToPhysical(second, [0, 0, 1])).map(Math.round)
  expect(whole.voxels[i + 4 * (j + 3 * k)]).toBe(5)
  // Planes between those of the image stay refused, as do more of them than it has.
  expect(expandToGrid(block([1, 1, 0], [2, 2, 3], { spacingMm: [0.7, 0.8, 3.2] }), grid, { gaps: true })).toBeUndefined()
  expect(expandToGrid(block([1, 1, 0], [2, 2, 4], { spacingMm: [0.7, 0.8, 4.2] }), grid, { gaps: true })).toBeUndefined()
})

it.each([
  ['rows upwards', [0, 1, 2], [1, -1, -1]],
  ['columns and rows turned round', [0, 1, 2], [-1, -1, 1]],
  ['rows and columns exchanged', [1, 0, 2], [1, 1, -1]],
  ['frames across the slices', [0, 2, 1], [1, -1, 1]],
  ['frames along the rows', [1, 2, 0], [-1, -1, 1]],
] as const)('a block whose frames lie otherwise is put at its place: %s', (_, axes, signs) => {
  const size = axes.map((axis) => [2, 3, 4][axis]) as [number, number, number]
  const first: [number, number, number] = [1, 0, 1]
  axes.forEach((axis, own) => (first[axis] += signs[own] < 0 ? size[own] - 1 : 0))
  const direction = [0, 1, 2].flatMap((row) => axes.map((axis, own) => signs[own] * grid.direction[3 * row + axis]))
  const spacingMm = axes.map((axis) => grid.spacingMm[axis]) as [number, number, number]
  const mask = block(first, size, { direction: direction as unknown as Grid['direction'], spacingMm })
  const whole = expandToGrid(mask, grid)!
  expect(whole).toMatchObject({ size: grid.size, originMm: grid.originMm, direction: grid.direction })
  let inside = 0
  mask.voxels.forEach((value, at) => {
    const index = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))] as const
    const [i, j, k] = physicalToIndex(grid, indexToPhysical(mask, [...index])).map(Math.round)
    expect(whole.voxels[i + 4 * (j + 3 * k)]).toBe(value)
    inside++
  })
  expect(whole.voxels.filter((value) => value !== 0)).toHaveLength(inside)
})

it.each([
  ['beyond the grid', block([0, 0, 4], [4, 3, 2])],
  ['before the grid', block([0, 0, -1], [4, 3, 2])],
  ['between the slices', block([0, 0, 0.5], [4, 3, 2])],
  ['of another spacing', block([0, 0, 0], [4, 3, 2], { spacingMm: [0.7, 0.81, 2.1] })],
  ['of every second slice', block([0, 0, 0], [4, 3, 2], { spacingMm: [0.7, 0.8, 4.2] })],
  ['turned the other way', block([0, 0, 0], [4, 3, 2], { direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] })],
])('a mask %s is on another grid', (_, mask) => {
  expect(expandToGrid(mask, grid)).toBeUndefined()
})
