import { expect, it } from 'vitest'
import { identityDirection } from '../core/image/volume.ts'
import { dropLastVertex, moveOutline, nearestPoint, polygonOf, type Outline } from './outline.ts'
import { gridPlanes } from './planes.ts'

const point = (x: number, y: number, isVertex = true) => ({ at: [x, y, 7] as const, isVertex })
const outline = (...points: Outline['points']): Outline => ({ plane: 'axial', slice: 7, value: 1, points })
const { axial, sagittal } = gridPlanes(identityDirection)

it('loses its last vertex with the freehand line that led to it', () => {
  const drawn = outline(point(0, 0), point(4, 0), point(4.5, 1, false), point(5, 2, false), point(5, 4))
  const before = dropLastVertex(drawn)!
  expect(before.points).toEqual([point(0, 0), point(4, 0)])
  expect(dropLastVertex(before)!.points).toEqual([point(0, 0)])
  expect(dropLastVertex(outline(point(0, 0)))).toBeUndefined()
})

it('goes to another slice with every point, and nothing else of it changes', () => {
  const moved = moveOutline(outline(point(1, 2), point(3.5, 4, false)), axial, 9)
  expect(moved).toEqual({
    plane: 'axial',
    slice: 9,
    value: 1,
    points: [
      { at: [1, 2, 9], isVertex: true },
      { at: [3.5, 4, 9], isVertex: false },
    ],
  })
})

it('is a polygon of the two indexes of its slice, by rising axis', () => {
  const points = [[1, 2, 3], [4, 5, 3], [6, 8, 3]] as const // prettier-ignore
  expect(polygonOf(points, axial, 3)).toMatchObject({ sliceAxis: 2, slice: 3, points: [[1, 2], [4, 5], [6, 8]] }) // prettier-ignore
  expect(polygonOf(points, sagittal, 1)).toMatchObject({ sliceAxis: 0, slice: 1, points: [[2, 3], [5, 3], [8, 3]] }) // prettier-ignore
})

it('is taken hold of at the nearest vertex within reach', () => {
  const places = [{ x: 0, y: 0 }, null, { x: 10, y: 0 }]
  expect(nearestPoint(places, { x: 6, y: 0 }, 8)).toBe(2)
  expect(nearestPoint(places, { x: 4, y: 0 }, 8)).toBe(0)
  expect(nearestPoint(places, { x: 0, y: 9 }, 8)).toBe(-1)
  expect(nearestPoint([], { x: 0, y: 0 }, 8)).toBe(-1)
})
