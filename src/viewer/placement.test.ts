import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityDirection, type Direction, type Grid } from '../core/image/volume.ts'
import { clampToGrid, fitPlacement, indexToPoint, panPlacement, pointToIndex, voxelAt, zoomPlacement } from './placement.ts'
import { gridPlanes } from './planes.ts'

const grid = (direction: Direction = identityDirection): Grid => ({
  size: [40, 20, 10],
  spacingMm: [1, 2, 5],
  originMm: [7, -8, 9],
  direction,
})
const view = { width: 400, height: 300 }

describe('placement', () => {
  it('fits the whole slice, outer edges of the border voxels included, in true aspect', () => {
    const { axial } = gridPlanes(identityDirection)
    const placement = fitPlacement(grid(), axial, view)
    expect(placement.centreMm).toEqual([19.5, 19])
    // 40 mm x 40 mm into 400 x 300 pixels less the margin: the height decides.
    expect(placement.mmPerPixel).toBeCloseTo(40 / (300 * 0.92), 12)
    const corner = indexToPoint(grid(), axial, placement, view, [-0.5, -0.5, 3])
    expect([corner.x, corner.y]).toEqual([expect.closeTo(200 - 138, 9), expect.closeTo(12, 9)])
  })

  it('finds the voxel under a point, also where index axes run against the screen', () => {
    // First axis to the right of the patient, second to the front: the corner voxel is at the bottom right.
    const turned = grid([-1, 0, 0, 0, -1, 0, 0, 0, 1])
    const { axial, sagittal } = gridPlanes(turned.direction)
    const placement = { centreMm: [19.5, 19], mmPerPixel: 0.2 } as const
    expect(pointToIndex(turned, axial, placement, view, 4, { x: 200, y: 150 })).toEqual([19.5, 9.5, 4])
    expect(pointToIndex(turned, axial, placement, view, 4, { x: 210, y: 140 })).toEqual([17.5, 10.5, 4])
    // Sagittal: to the right is the back, so the second index falls; downwards the third falls.
    expect(pointToIndex(turned, sagittal, { centreMm: [19, 22.5], mmPerPixel: 0.2 }, view, 5, { x: 210, y: 175 })).toEqual([
      5, 8.5, 3.5,
    ])
  })

  it('goes there and back, and keeps what is under the hand while zooming', () => {
    const number = fc.double({ min: -50, max: 450, noNaN: true })
    fc.assert(
      fc.property(
        number,
        number,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.constantFrom('axial', 'sagittal', 'coronal'),
        (x, y, factor, plane) => {
          const turned = grid([0, 0, -1, 1, 0, 0, 0, 1, 0])
          const axes = gridPlanes(turned.direction)[plane]
          const placement = fitPlacement(turned, axes, view)
          const index = pointToIndex(turned, axes, placement, view, 2, { x, y })
          const back = indexToPoint(turned, axes, placement, view, index)
          expect(back.x).toBeCloseTo(x, 9)
          expect(back.y).toBeCloseTo(y, 9)
          const zoomed = indexToPoint(turned, axes, zoomPlacement(placement, axes, view, { x, y }, factor), view, index)
          expect(zoomed.x).toBeCloseTo(x, 8)
          expect(zoomed.y).toBeCloseTo(y, 8)
          const moved = indexToPoint(turned, axes, panPlacement(placement, axes, 12, -7), view, index)
          expect(moved.x).toBeCloseTo(x + 12, 9)
          expect(moved.y).toBeCloseTo(y - 7, 9)
        },
      ),
      { seed: 11, numRuns: 200 },
    )
  })

  it('knows where the volume ends', () => {
    expect(voxelAt(grid(), [-0.4, 19.4, 9])).toEqual([0, 19, 9])
    expect(voxelAt(grid(), [-0.6, 3, 3])).toBeUndefined()
    expect(voxelAt(grid(), [3, 19.6, 3])).toBeUndefined()
    expect(clampToGrid(grid(), [-Infinity, 50, 4.4])).toEqual([0, 19, 4])
  })
})
