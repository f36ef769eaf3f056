import { expect, it } from 'vitest'
import { moveGrid, translation } from '../core/image/rigidMove.ts'
import { identityDirection, indexToPhysical, type Grid } from '../core/image/volume.ts'
import { blendSlice, type SecondImage } from './blendSlice.ts'
import { gridPlanes } from './planes.ts'

const grid: Grid = { size: [8, 6, 3], spacingMm: [1, 1, 4], originMm: [-4, -3, 0], direction: identityDirection }
const { axial } = gridPlanes(identityDirection)
const window = { centre: 0.5, width: 1, inverted: false }
const black = new Float32Array(48)
/** An oblique image whose grey level is the patient's x in mm, which linear interpolation gives exactly. */
const [c, s] = [Math.cos(0.4), Math.sin(0.4)]
const oblique: Grid = {
  size: [40, 40, 40],
  spacingMm: [1, 1, 1],
  originMm: [-20, -20, -15],
  direction: [c, 0, s, 0, 1, 0, -s, 0, c],
}
const xOfPatient = Float32Array.from(
  { length: 64_000 },
  (_, at) => indexToPhysical(oblique, [at % 40, Math.floor(at / 40) % 40, Math.floor(at / 1600)])[0],
)
const second = (change: Partial<SecondImage> = {}): SecondImage => ({
  voxels: xOfPatient,
  grid: oblique,
  window: { centre: 0, width: 20, inverted: false },
  way: { kind: 'fade', share: 1 },
  ...change,
})
const greyAt = (x: number) => x / 20 + 0.5

it('shows the second image at its place in the patient, also where it is oblique', () => {
  const blended = blendSlice(black, grid, axial, 1, window, second())
  for (const [column, row] of [
    [0, 0],
    [7, 5],
    [3, 2],
  ])
    expect(blended[column + 8 * row]).toBeCloseTo(greyAt(column - 4), 5)
})

it('shows it moved where its grid is aligned', () => {
  const blended = blendSlice(black, grid, axial, 1, window, second({ grid: moveGrid(oblique, translation([2, 0, 0])) }))
  expect(blended[3]).toBeCloseTo(greyAt(-1 - 2), 5)
})

it('fades, and shows the first image alone where the second does not reach', () => {
  const white = new Float32Array(48).fill(1)
  const half = blendSlice(white, grid, axial, 1, window, second({ way: { kind: 'fade', share: 0.25 } }))
  expect(half[0]).toBeCloseTo(0.75 + 0.25 * greyAt(-4), 5)
  const away = moveGrid(oblique, translation([43.2, 0, 0]))
  const beside = blendSlice(white, grid, axial, 1, window, second({ grid: away }))
  expect(beside.some((value) => value === 1)).toBe(true)
})

it('lays both out in squares of so many mm', () => {
  const squares = blendSlice(black, grid, axial, 1, window, second({ way: { kind: 'checkerboard', squareMm: 2 } }))
  const isSecond = (column: number, row: number) => squares[column + 8 * row] !== 0
  expect([0, 1, 2, 3, 4].map((column) => isSecond(column, 0))).toEqual([false, false, true, true, false])
  expect([0, 1, 2, 3].map((row) => isSecond(0, row))).toEqual([false, false, true, true])
})

it('shows either image through its own greys, which may go from white to black', () => {
  const turned = { ...window, inverted: true }
  const grey = new Float32Array(48).fill(0.9)
  const blended = blendSlice(grey, grid, axial, 1, turned, second({ way: { kind: 'fade', share: 0.5 } }))
  expect(blended[0]).toBeCloseTo(0.5 * 0.1 + 0.5 * greyAt(-4), 5)
  const other = second({ way: { kind: 'fade', share: 1 }, window: { centre: 0, width: 20, inverted: true } })
  expect(blendSlice(grey, grid, axial, 1, window, other)[0]).toBeCloseTo(1 - greyAt(-4), 5)
})
