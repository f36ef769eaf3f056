import type { Grid } from '../core/image/volume.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { PlaneAxes } from './planes.ts'

/** What part of its slice a view shows. Lengths on the grid are index times spacing, in mm, along rising index. */
export interface Placement {
  /** Grid position at the middle of the view, along its across and its down axis. */
  readonly centreMm: readonly [number, number]
  /** Size of one CSS pixel. The same both ways: true aspect. */
  readonly mmPerPixel: number
}

export interface PixelSize {
  readonly width: number
  readonly height: number
}

/** A point of a view in CSS pixels from its top left corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

/** Free room round a fitted slice, as a fraction of the view. */
const margin = 0.04

/** Extent of a slice from the outer edge of its first voxel to that of its last. */
function sliceExtentMm({ size, spacingMm }: Grid, { across, down }: PlaneAxes): readonly [number, number] {
  return [size[across.axis] * spacingMm[across.axis], size[down.axis] * spacingMm[down.axis]]
}

/** The whole slice in the middle of the view. */
export function fitPlacement(grid: Grid, axes: PlaneAxes, view: PixelSize): Placement {
  const [acrossMm, downMm] = sliceExtentMm(grid, axes)
  const mmPerPixel = Math.max(acrossMm / Math.max(1, view.width), downMm / Math.max(1, view.height)) / (1 - 2 * margin)
  const middle = (axis: number) => ((grid.size[axis] - 1) / 2) * grid.spacingMm[axis]
  return { centreMm: [middle(axes.across.axis), middle(axes.down.axis)], mmPerPixel }
}

/** Continuous voxel index under a point of the view. */
export function pointToIndex(
  grid: Grid,
  axes: PlaneAxes,
  placement: Placement,
  view: PixelSize,
  slice: number,
  point: Point,
): Triple {
  const index: [number, number, number] = [slice, slice, slice]
  const { across, down } = axes
  const right = (point.x - view.width / 2) * placement.mmPerPixel
  const below = (point.y - view.height / 2) * placement.mmPerPixel
  index[across.axis] = (placement.centreMm[0] + across.sign * right) / grid.spacingMm[across.axis]
  index[down.axis] = (placement.centreMm[1] + down.sign * below) / grid.spacingMm[down.axis]
  return index
}

/** Where a (continuous) voxel index stands in the view. */
export function indexToPoint(grid: Grid, axes: PlaneAxes, placement: Placement, view: PixelSize, index: Triple): Point {
  const { across, down } = axes
  const right = across.sign * (index[across.axis] * grid.spacingMm[across.axis] - placement.centreMm[0])
  const below = down.sign * (index[down.axis] * grid.spacingMm[down.axis] - placement.centreMm[1])
  return { x: view.width / 2 + right / placement.mmPerPixel, y: view.height / 2 + below / placement.mmPerPixel }
}

/** Moves what is shown with the hand, by CSS pixels. */
export function panPlacement(
  { centreMm, mmPerPixel }: Placement,
  { across, down }: PlaneAxes,
  dx: number,
  dy: number,
): Placement {
  return { mmPerPixel, centreMm: [centreMm[0] - across.sign * dx * mmPerPixel, centreMm[1] - down.sign * dy * mmPerPixel] }
}

/** Magnifies by `factor`; what is under `point` stays there. */
export function zoomPlacement(
  placement: Placement,
  { across, down }: PlaneAxes,
  view: PixelSize,
  point: Point,
  factor: number,
): Placement {
  const mmPerPixel = placement.mmPerPixel / factor
  const gain = placement.mmPerPixel - mmPerPixel
  return {
    mmPerPixel,
    centreMm: [
      placement.centreMm[0] + across.sign * (point.x - view.width / 2) * gain,
      placement.centreMm[1] + down.sign * (point.y - view.height / 2) * gain,
    ],
  }
}

/** Whether two placements show the same, up to rounding: a thousandth of a pixel. */
export function isSamePlacement(a: Placement, b: Placement): boolean {
  const apart = Math.max(Math.abs(a.centreMm[0] - b.centreMm[0]), Math.abs(a.centreMm[1] - b.centreMm[1]))
  return apart < 1e-3 * b.mmPerPixel && Math.abs(a.mmPerPixel / b.mmPerPixel - 1) < 1e-6
}

/** The voxel that a continuous index falls in; undefined outside the volume. */
export function voxelAt({ size }: Grid, index: Triple): Triple | undefined {
  const voxel: Triple = [Math.round(index[0]) + 0, Math.round(index[1]) + 0, Math.round(index[2]) + 0]
  return voxel.every((v, axis) => v >= 0 && v < size[axis]) ? voxel : undefined
}

/** The nearest voxel of the volume. */
export function clampToGrid({ size }: Grid, index: Triple): Triple {
  const clamp = (axis: number) => Math.min(size[axis] - 1, Math.max(0, Math.round(index[axis]))) + 0
  return [clamp(0), clamp(1), clamp(2)]
}
