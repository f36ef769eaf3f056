import type { Axis } from '../brush.ts'
import type { Mask } from '../mask.ts'

/** The longest line between two points of the mask's outline in one slice. */
export interface LongestDiameter {
  readonly diameterMm: number
  readonly slice: number
  /** Its ends in continuous voxel indexes (x, y, z), to draw it. */
  readonly from: readonly [number, number, number]
  readonly to: readonly [number, number, number]
}

/**
 * The longest diameter in the plane of the slices, over all slices (RECIST 1.1, Eisenhauer 2009: "longest diameter in the plane of
 * measurement"). A reader's caliper lies on the visible edge of the lesion, not on the middle of its last pixels, so the ends are
 * points of the outline: the middles of the pixel sides that part inside from outside, half a voxel beyond the outermost centres.
 * These are the vertices that PyRadiomics's mesh has in a slice, so that the number agrees with `Maximum2DDiameterSlice` of the
 * feature table (which may be larger only where it joins points of two neighbouring slices). One voxel measures its longer side.
 * Distances are true in mm for perpendicular grid axes, whatever the orientation of the series.
 *
 * @param sliceAxis the axis across the slices, 2 for those of the series
 * @returns undefined for an empty mask; the first slice of equals
 */
export function findLongestDiameter({ voxels, size, spacingMm }: Mask, sliceAxis: Axis = 2): LongestDiameter | undefined {
  const [axisU, axisV] = sliceAxis === 0 ? ([1, 2] as const) : sliceAxis === 1 ? ([0, 2] as const) : ([0, 1] as const)
  const strides = [1, size[0], size[0] * size[1]]
  let longest: LongestDiameter | undefined
  for (let slice = 0; slice < size[sliceAxis]; slice++) {
    const points: Point[] = []
    for (let v = 0; v < size[axisV]; v++) {
      const row = slice * strides[sliceAxis] + v * strides[axisV]
      // Of a row only its outermost voxels can be ends.
      let first = 0
      while (first < size[axisU] && voxels[row + first * strides[axisU]] === 0) first++
      if (first === size[axisU]) continue
      let last = size[axisU] - 1
      while (voxels[row + last * strides[axisU]] === 0) last--
      points.push([first - 0.5, v], [last + 0.5, v], [first, v - 0.5], [first, v + 0.5], [last, v - 0.5], [last, v + 0.5])
    }
    const [su, sv] = [spacingMm[axisU], spacingMm[axisV]]
    const hull = convexHull(points)
    for (let i = 0; i < hull.length; i++) {
      for (let j = i + 1; j < hull.length; j++) {
        const [du, dv] = [(hull[i][0] - hull[j][0]) * su, (hull[i][1] - hull[j][1]) * sv]
        const diameterMm = Math.sqrt(du * du + dv * dv)
        if (diameterMm > (longest?.diameterMm ?? 0)) {
          const place = ([u, v]: Point) => {
            const at: [number, number, number] = [slice, slice, slice]
            at[axisU] = u
            at[axisV] = v
            return at
          }
          longest = { diameterMm, slice, from: place(hull[i]), to: place(hull[j]) }
        }
      }
    }
  }
  return longest
}

type Point = readonly [number, number]

/** Andrew's monotone chain (1979), without points on its edges. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (ordered: readonly Point[]) => {
    const chain: Point[] = []
    for (const point of ordered) {
      while (chain.length > 1 && cross(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

function cross(o: Point, a: Point, b: Point): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
}
