import type { Axis } from '../brush.ts'
import type { Mask } from '../mask.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { refuse } from '../messages.ts'

/** A closed outline in a slice of the grid; a freehand line is one of many points. The last point is joined to the first. */
export interface Polygon {
  readonly sliceAxis: Axis
  readonly slice: number
  /** Continuous voxel indexes along the two other axes, the lower axis first: (x, y), (x, z) or (y, z). A whole number is a voxel's centre. */
  readonly points: readonly (readonly [number, number])[]
  /** What is inside where the outline crosses itself: `evenOdd` leaves what is enclosed twice out, `nonZero` keeps it (a drawn loop). */
  readonly rule: 'evenOdd' | 'nonZero'
}

/**
 * Positions of the voxels of the slice whose centres lie in the polygon, ascending. A centre exactly on an edge belongs to one side
 * only: to the inside that begins there in growing index, so that two polygons with a common edge share no voxel and leave no gap.
 * What lies outside the volume is left out; fewer than three points, and a slice outside the volume, enclose nothing.
 * @throws DataError if a point is not finite
 */
export function listPolygonVoxels(size: Triple, { sliceAxis, slice, points, rule }: Polygon): number[] {
  const [axisU, axisV] = planeAxes(sliceAxis)
  const strides = [1, size[0], size[0] * size[1]]
  if (slice < 0 || slice >= size[sliceAxis]) return []
  const positions: number[] = []
  forEachSpan(points, rule, size[axisV], (v, first, last) => {
    const row = slice * strides[sliceAxis] + v * strides[axisV]
    for (let u = Math.max(0, first); u <= Math.min(size[axisU] - 1, last); u++) positions.push(row + u * strides[axisU])
  })
  return positions
}

/** The voxels of one slice that a polygon encloses get a value. @returns the new voxels */
export function fillPolygon(
  { voxels, size }: Pick<Mask, 'voxels' | 'size'>,
  polygon: Polygon,
  value: number,
): Uint8Array<ArrayBuffer> {
  const filled = voxels.slice()
  for (const position of listPolygonVoxels(size, polygon)) filled[position] = value
  return filled
}

export interface ScissorsOptions {
  /** Of the outline: whose voxels are changed. */
  readonly side: 'inside' | 'outside'
  /** What they become: 0 cuts them out of the mask, 1 fills them. */
  readonly value: 0 | 1
  /** The polygon's own slice, or all slices across its axis. The others stay as they are. */
  readonly slices: 'one' | 'all'
}

/** Cuts out of a mask what lies on one side of an outline (a rectangle is one of four points), or fills that. @returns the new voxels */
export function useScissors(
  { voxels, size }: Pick<Mask, 'voxels' | 'size'>,
  polygon: Polygon,
  { side, value, slices }: ScissorsOptions,
): Uint8Array<ArrayBuffer> {
  const { sliceAxis, slice } = polygon
  const strides = [1, size[0], size[0] * size[1]]
  const [axisU, axisV] = planeAxes(sliceAxis)
  const result = voxels.slice()
  const inPolygon = listPolygonVoxels(size, { ...polygon, slice: 0 })
  const changed =
    slices === 'all' ? Array.from({ length: size[sliceAxis] }, (_, i) => i) : slice >= 0 && slice < size[sliceAxis] ? [slice] : []
  for (const at of changed) {
    const offset = at * strides[sliceAxis]
    if (side === 'outside') {
      for (let v = 0; v < size[axisV]; v++)
        for (let u = 0; u < size[axisU]; u++) result[offset + u * strides[axisU] + v * strides[axisV]] = value
      for (const position of inPolygon) result[offset + position] = voxels[offset + position]
    } else for (const position of inPolygon) result[offset + position] = value
  }
  return result
}

function planeAxes(sliceAxis: Axis): readonly [Axis, Axis] {
  return sliceAxis === 0 ? [1, 2] : sliceAxis === 1 ? [0, 2] : [0, 1]
}

/** Calls back for each run of whole numbers inside, row by row; an edge counts at v if it goes from at most v to beyond v. */
function forEachSpan(
  points: Polygon['points'],
  rule: Polygon['rule'],
  rows: number,
  onSpan: (v: number, first: number, last: number) => void,
): void {
  if (!points.flat().every(Number.isFinite)) throw refuse('polygon-not-finite', {})
  const crossings = new Map<number, { u: number; direction: 1 | -1 }[]>()
  points.forEach(([u0, v0], i) => {
    const [u1, v1] = points[(i + 1) % points.length]
    const [low, high] = v0 < v1 ? [v0, v1] : [v1, v0]
    for (let v = Math.max(0, Math.ceil(low)); v < high && v < rows; v++) {
      // From the lower end, whichever way the edge is drawn: neighbours that share it get the same bits.
      const u = v0 < v1 ? u0 + ((v - v0) * (u1 - u0)) / (v1 - v0) : u1 + ((v - v1) * (u0 - u1)) / (v0 - v1)
      const row = crossings.get(v) ?? []
      row.push({ u, direction: v0 < v1 ? 1 : -1 })
      crossings.set(v, row)
    }
  })
  for (const [v, row] of [...crossings].sort(([a], [b]) => a - b)) {
    row.sort((a, b) => a.u - b.u)
    let winding = 0
    row.forEach(({ u, direction }, i) => {
      winding += rule === 'nonZero' ? direction : 1
      const inside = rule === 'nonZero' ? winding !== 0 : winding % 2 === 1
      if (!inside) return
      const [first, last] = [Math.ceil(u), Math.ceil(row[i + 1].u) - 1]
      if (last >= first) onSpan(v, first, last)
    })
  }
}
