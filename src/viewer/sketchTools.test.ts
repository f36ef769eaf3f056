import { beforeEach, expect, it } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { revertDifference, type MaskDifference } from '../core/mask/difference.ts'
import type { Mask } from '../core/mask/mask.ts'
import { gridPlanes, type Plane } from './planes.ts'
import { createSketchTools, type FollowEdges, type SketchTools } from './sketchTools.ts'

const grid = { size: [12, 12, 3], spacingMm: [1, 2, 5], originMm: [0, 0, 0], direction: identityDirection } as const
const volume: Volume = { ...grid, voxels: new Uint8Array(432), source: { path: 'made', format: 'memory' } }
let mask: Mask | null
let slice: number
let edits: { action: string; plane: Plane; difference: MaskDifference }[]
let tools: SketchTools
let kept: (number | null)[]
let isCovered: boolean
let over: ((position: number) => boolean) | null
let held: string[]

/** Ten pixels a voxel, the axial slice alone. */
const scale = 10
beforeEach(() => {
  mask = { ...grid, voxels: new Uint8Array(432) }
  slice = 1
  edits = []
  kept = []
  isCovered = false
  over = null
  held = []
  tools = createSketchTools({
    ground: () => ({
      volume,
      axes: gridPlanes(identityDirection),
      slice: () => slice,
      indexAt: (_, { x, y }) => [x / scale, y / scale, slice],
      pointAt: (_, [x, y]) => ({ x: x * scale, y: y * scale }),
    }),
    mask: () => mask,
    onSketch: () => undefined,
    onEdit: (action, plane, difference) => edits.push({ action, plane, difference }),
    drawOver: () => over,
    onHeld: (share) => held.push(share),
    onOutline: (outline) => kept.push(outline && outline.points.length),
    isCovered: () => isCovered,
    takeBack: () => {
      const edit = edits.pop()
      if (edit) revertDifference(mask!.voxels, edit.difference)
      return edit !== undefined
    },
  })
})

const at = (x: number, y: number) => ({ x: x * scale, y: y * scale })
const click = (x: number, y: number, action: 'outline' | 'outlineErase' | 'measure' = 'outline') => {
  tools.press(action, 'axial', at(x, y))
  tools.release()
}
const drag = (action: 'outline' | 'cut' | 'measure', ...[first, ...rest]: (readonly [number, number])[]) => {
  tools.press(action, 'axial', at(...first))
  for (const point of rest) tools.dragTo(at(...point))
  tools.release()
}
const inside = (k = slice) =>
  [...mask!.voxels.entries()].filter(([p, v]) => v && Math.floor(p / 144) === k).map(([p]) => [p % 12, Math.floor(p / 12) % 12])
const square = [[1.5, 1.5], [4.5, 1.5], [4.5, 3.5], [1.5, 3.5]] as const // prettier-ignore
const squareVoxels = [[2, 2], [3, 2], [4, 2], [2, 3], [3, 3], [4, 3]] // prettier-ignore

it('fills a polygon of clicks in its slice, with a difference that takes it back', () => {
  square.forEach(([x, y]) => click(x, y))
  expect(tools.state().outline).toEqual({ plane: 'axial', slice: 1, pointCount: 4, erases: false })
  expect(mask!.voxels.includes(1)).toBe(false)
  expect(tools.fill()).toBe(true)
  expect(inside()).toEqual(squareVoxels)
  expect(edits).toMatchObject([{ action: 'Polygon', plane: 'axial' }])
  revertDifference(mask!.voxels, edits[0].difference)
  expect(mask!.voxels.includes(1)).toBe(false)
  expect(tools.state().outline).toBeNull()
  expect(tools.fill()).toBe(false)
})

it('takes hold of a vertex and moves it, and closes at a click on the first', () => {
  square.forEach(([x, y]) => click(x, y))
  drag('outline', [4.5, 3.5], [6, 5], [4.5, 2.5])
  drag('outline', [1.5, 3.5], [1.5, 2.5])
  expect(tools.state().outline!.pointCount).toBe(4)
  click(1.5, 1.5)
  expect(inside()).toEqual(squareVoxels.slice(0, 3))
})

it('draws freehand, and keeps both ends as vertices', () => {
  drag('outline', [1.5, 1.5], [4.5, 1.5], [4.5, 3.5], [1.5, 3.5])
  expect(tools.sketchOf('axial', undefined)!.handles).toEqual([at(1.5, 1.5), at(1.5, 3.5)])
  tools.fill()
  expect(inside()).toEqual(squareVoxels)
})

it('erases where it was begun so, or is told so', () => {
  mask!.voxels.fill(1)
  square.forEach(([x, y]) => click(x, y, 'outlineErase'))
  expect(tools.state().outline!.erases).toBe(true)
  tools.fill()
  expect(inside()).toHaveLength(144 - 6)
  mask!.voxels.fill(1)
  square.forEach(([x, y]) => click(x, y))
  tools.fill(0)
  expect(inside()).toHaveLength(144 - 6)
  expect(edits.map(({ action }) => action)).toEqual(['Polygon eraser', 'Polygon eraser'])
})

it('pastes the last outline on the next slice, or on the one that is shown', () => {
  expect(tools.paste()).toBeUndefined()
  square.forEach(([x, y]) => click(x, y))
  tools.fill()
  expect(tools.paste()).toEqual({ plane: 'axial', slice: 2 })
  slice = 2
  tools.fill()
  expect(inside(2)).toEqual(squareVoxels)
  slice = 0
  expect(tools.paste()).toEqual({ plane: 'axial', slice: 0 })
})

it('pastes no outline of another mask, which may be another reader’s', () => {
  square.forEach(([x, y]) => click(x, y))
  tools.fill()
  tools.putAway()
  expect([tools.state().canPaste, tools.paste()]).toEqual([false, undefined])
})

it('fills nothing with fewer than three points, and gives the points back one by one', () => {
  click(1, 1)
  click(4, 1)
  expect(tools.fill()).toBe(false)
  expect(tools.removePoint()).toBe(true)
  expect(tools.removePoint()).toBe(true)
  expect(tools.state().outline).toBeNull()
  expect(tools.removePoint()).toBe(false)
})

it.each([
  ['rectangle', 'inside', 'one', 144 - 6, 144],
  ['rectangle', 'outside', 'one', 6, 144],
  ['rectangle', 'inside', 'all', 144 - 6, 144 - 6],
  ['lasso', 'inside', 'one', 144 - 6, 144],
  ['lasso', 'outside', 'all', 6, 6],
] as const)('cuts with %s, %s, %s', (shape, side, slices, left, leftBeside) => {
  mask!.voxels.fill(1)
  tools.set({ scissors: { shape, act: 'erase', side, slices } })
  if (shape === 'lasso') drag('cut', ...square)
  else drag('cut', square[0], [9, 9], square[2])
  expect(inside()).toHaveLength(left)
  expect(inside(0)).toHaveLength(leftBeside)
  revertDifference(mask!.voxels, edits[0].difference)
  expect(mask!.voxels.includes(0)).toBe(false)
})

it.each([
  ['rectangle', 'inside', 'one', 6, 0],
  ['lasso', 'inside', 'all', 6, 6],
  ['rectangle', 'outside', 'one', 144 - 6, 0],
] as const)('fills with %s, %s, %s, in the colour of what fills', (shape, side, slices, filled, filledBeside) => {
  tools.set({ scissors: { shape, act: 'fill', side, slices } })
  tools.press('cut', 'axial', at(...square[0]))
  for (const [x, y] of shape === 'lasso' ? square.slice(1) : [square[2]]) tools.dragTo(at(x, y))
  expect(tools.sketchOf('axial', undefined)).toMatchObject({ erases: false })
  tools.release()
  expect(inside()).toHaveLength(filled)
  expect(inside(0)).toHaveLength(filledBeside)
  expect(edits).toMatchObject([{ action: 'Scissors, fill' }])
  revertDifference(mask!.voxels, edits[0].difference)
  expect(mask!.voxels.includes(1)).toBe(false)
})

it('cuts nothing at a click, and a line under way is cleared', () => {
  mask!.voxels.fill(1)
  drag('cut', [2, 2])
  expect(edits).toEqual([])
  tools.press('cut', 'axial', at(1, 1))
  tools.dragTo(at(6, 6))
  expect(tools.clear()).toBe(true)
  tools.release()
  expect(edits).toEqual([])
  expect(tools.clear()).toBe(false)
})

it('measures in mm between two clicks or along a drag, through voxels that are not square', () => {
  click(1, 1, 'measure')
  expect(tools.state().ruler).toMatchObject({ lengthMm: undefined })
  click(4, 3, 'measure')
  expect(tools.state().ruler).toMatchObject({ plane: 'axial', slice: 1, lengthMm: 5 })
  drag('measure', [0, 0], [2, 2], [6, 4])
  expect(tools.state().ruler!.lengthMm).toBeCloseTo(10, 12)
  expect(tools.sketchOf('axial', undefined)!.label!.text).toBe('10.0 mm')
  slice = 2
  expect(tools.sketchOf('axial', undefined)).toBeNull()
  mask = null
  click(1, 1, 'measure')
  expect(tools.state().ruler).toMatchObject({ slice: 2 })
})

it('draws nothing without a mask', () => {
  mask = null
  click(1, 1)
  expect(tools.state().outline).toBeNull()
})

it('splits an edge of the open outline at a click on it, and the new vertex can be dragged', () => {
  square.forEach(([x, y]) => click(x, y))
  drag('outline', [3, 1.5], [3, 0.5], [3, -3])
  expect(tools.state().outline!.pointCount).toBe(5)
  expect(tools.sketchOf('axial', undefined)!.line[1]).toEqual(at(3, -3))
  click(4.5, 2.5)
  expect(tools.state().outline!.pointCount).toBe(6)
  tools.fill()
  expect(inside()).toEqual(expect.arrayContaining([[3, 0], [3, 1], ...squareVoxels])) // prettier-ignore
})

it('removes the vertex under the hand, else the one taken hold of last', () => {
  square.forEach(([x, y]) => click(x, y))
  expect(tools.removeVertex({ ...at(4.5, 1.5), plane: 'axial' })).toBe(true)
  expect(tools.sketchOf('axial', undefined)!.handles).toEqual([at(1.5, 1.5), at(4.5, 3.5), at(1.5, 3.5)])
  click(4.5, 3.5)
  expect(tools.removeVertex(undefined)).toBe(true)
  expect(tools.sketchOf('axial', undefined)!.handles).toEqual([at(1.5, 1.5), at(1.5, 3.5)])
  expect(kept.at(-1)).toBe(2)
})

it('a closed outline is changed still, the region follows in one step, until something else is done', () => {
  square.forEach(([x, y]) => click(x, y))
  tools.fill()
  // An edge on the way back to the start, too.
  drag('outline', [1.5, 2.5], [1, 2.5], [-1, 2.5])
  expect(inside()).toEqual(expect.arrayContaining([[1, 2], [1, 3], ...squareVoxels])) // prettier-ignore
  expect(tools.sketchOf('axial', undefined)!.handles).toHaveLength(5)
  expect(tools.removeVertex({ ...at(-1, 2.5), plane: 'axial' })).toBe(true)
  expect(inside()).toEqual(squareVoxels)
  drag('outline', [4.5, 3.5], [6, 5], [4.5, 2.5])
  drag('outline', [1.5, 3.5], [1.5, 3], [1.5, 2.5])
  expect(inside()).toEqual(squareVoxels.slice(0, 3))
  expect(edits).toHaveLength(1)
  revertDifference(mask!.voxels, edits[0].difference)
  expect(mask!.voxels.includes(1)).toBe(false)
  tools.endClosed()
  expect(tools.sketchOf('axial', undefined)).toBeNull()
  expect(tools.removeVertex({ ...at(1.5, 1.5), plane: 'axial' })).toBe(false)
})

it('a closed outline of three vertices keeps them; a click beside it begins another one', () => {
  square.slice(0, 3).forEach(([x, y]) => click(x, y))
  tools.fill()
  expect(tools.removeVertex({ ...at(1.5, 1.5), plane: 'axial' })).toBe(false)
  click(9, 9)
  expect(tools.state()).toMatchObject({ canEditClosed: false, outline: { pointCount: 1 } })
})

it('a click on another slice, a paste or another mask does not lose an open outline', () => {
  square.forEach(([x, y]) => click(x, y))
  tools.fill()
  square.forEach(([x, y]) => click(x + 5, y + 5))
  slice = 2
  click(8, 8)
  expect(tools.state().outline).toMatchObject({ slice: 1, pointCount: 4 })
  expect(tools.paste()).toBeUndefined()
  expect(tools.state().outline).toMatchObject({ slice: 1, pointCount: 4 })
  kept = []
  tools.putAway()
  expect([tools.state().outline, kept]).toEqual([null, []])
})

it('tells each outline that is to be kept, and when it is closed or discarded', () => {
  square.slice(0, 3).forEach(([x, y]) => click(x, y))
  expect(kept).toEqual([1, 2, 3])
  tools.removePoint()
  click(4.5, 3.5)
  tools.fill()
  expect(kept.slice(3)).toEqual([2, 3, null])
  click(9, 9)
  tools.clear()
  expect(kept.slice(6)).toEqual([1, null])
})

it('cuts and closes nothing when the hand is stopped before it lets go; what it drew stays', () => {
  mask!.voxels.fill(1)
  tools.press('cut', 'axial', at(1, 1))
  tools.dragTo(at(9, 9))
  tools.breakOff()
  expect(mask!.voxels.includes(0)).toBe(false)
  square.forEach(([x, y]) => click(x, y, 'outlineErase'))
  tools.press('outlineErase', 'axial', at(...square[0]))
  tools.breakOff()
  expect(tools.state().outline!.pointCount).toBe(4)
  tools.press('outline', 'axial', at(1.5, 5))
  tools.dragTo(at(1.5, 7))
  tools.breakOff()
  expect([tools.state().outline!.pointCount, kept.at(-1)]).toEqual([6, 6])
  expect(edits).toEqual([])
})

it('changes no outline, and fills and lays none, while its picture is not there', () => {
  square.forEach(([x, y]) => click(x, y))
  isCovered = true
  expect([tools.fill(), tools.removePoint(), tools.removeVertex(undefined)]).toEqual([false, false, false])
  expect(tools.state().outline!.pointCount).toBe(4)
  isCovered = false
  expect(tools.fill()).toBe(true)
  isCovered = true
  expect([tools.paste(), tools.removeVertex({ plane: 'axial', ...at(1.5, 1.5) })]).toEqual([undefined, false])
  isCovered = false
  expect(tools.paste()).toEqual({ plane: 'axial', slice: 2 })
})

it('draws only over what it may, fills and cuts alike, tells how much was held back, and takes the very bytes back', () => {
  const start = mask!.voxels.slice()
  // All but the column of voxels at x = 3.
  over = (position) => position % 12 !== 3
  square.forEach(([x, y]) => click(x, y))
  tools.fill()
  expect(inside()).toEqual(squareVoxels.filter(([x]) => x !== 3))
  over = () => false
  tools.endClosed()
  square.forEach(([x, y]) => click(x, y))
  tools.fill(0)
  over = (position) => position % 12 === 4
  drag('cut', [1.5, 1.5], [4.5, 3.5])
  expect(inside()).toEqual([[2, 2], [2, 3]]) // prettier-ignore
  over = null
  drag('cut', [1.5, 1.5], [4.5, 3.5])
  expect(inside()).toEqual([])
  expect(held).toEqual(['some', 'all', 'some', 'nothing'])
  for (const { difference } of edits.toReversed()) revertDifference(mask!.voxels, difference)
  expect(mask!.voxels).toEqual(start)
})

/** Ways that go along x first, then along y: of whole voxels, without their ends. */
const corner: FollowEdges = (_, axis, from) => (to) => {
  expect(axis).toBe(2)
  const [start, end] = [from, to].map((at) => at.map(Math.round))
  const way: [number, number, number][] = []
  for (let x = start[0]; x !== end[0]; x += Math.sign(end[0] - x)) way.push([x, start[1], start[2]])
  for (let y = start[1]; y !== end[1]; y += Math.sign(end[1] - y)) way.push([end[0], y, start[2]])
  return way.slice(1)
}
const lineOf = () => tools.sketchOf('axial', undefined)!.line.map(({ x, y }) => [x / scale, y / scale])

it('goes along edges from point to point, to the hand and back to the start, and fills what that encloses', () => {
  tools.set({ followEdges: corner })
  click(2, 2)
  click(5, 4)
  expect(lineOf()).toEqual([[2, 2], [3, 2], [4, 2], [5, 2], [5, 3], [5, 4]]) // prettier-ignore
  expect(tools.sketchOf('axial', undefined)!.handles).toEqual([at(2, 2), at(5, 4)])
  const { closing } = tools.sketchOf('axial', at(3, 6))!
  expect(closing).toEqual([at(5, 4), at(4, 4), at(3, 4), at(3, 5), at(3, 6), at(2, 2)])
  tools.fill()
  // The way back goes along y = 4 and x = 2: a centre on an edge belongs to one side.
  expect(inside()).toEqual([[2, 2], [3, 2], [4, 2], [2, 3], [3, 3], [4, 3]]) // prettier-ignore
})

it('a vertex that is moved or removed takes its ways along, in the open outline and in the closed one, and undo brings the bytes back', () => {
  tools.set({ followEdges: corner })
  for (const [x, y] of [[2, 2], [6, 2], [6, 6], [2, 6]]) click(x, y) // prettier-ignore
  const bottom = [[6, 6], [5, 6], [4, 6], [3, 6], [2, 6]] // prettier-ignore
  drag('outline', [6, 2], [7, 3], [8, 4])
  expect(lineOf()).toEqual([[2, 2], [3, 2], [4, 2], [5, 2], [6, 2], [7, 2], [8, 2], [8, 3], [8, 4], [8, 5], [8, 6], [7, 6], ...bottom]) // prettier-ignore
  tools.removeVertex({ ...at(8, 4), plane: 'axial' })
  expect(lineOf()).toEqual([[2, 2], [3, 2], [4, 2], [5, 2], [6, 2], [6, 3], [6, 4], [6, 5], ...bottom]) // prettier-ignore
  tools.fill()
  const filled = inside()
  drag('outline', [6, 6], [6, 7], [8, 8])
  expect(inside().length).toBeGreaterThan(filled.length)
  expect(edits).toHaveLength(1)
  drag('outline', [8, 8], [7, 7], [6, 6])
  expect(inside()).toEqual(filled)
  for (const { difference } of edits.toReversed()) revertDifference(mask!.voxels, difference)
  expect(mask!.voxels.includes(1)).toBe(false)
})
