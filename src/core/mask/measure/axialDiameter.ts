import type { Axis } from '../brush.ts'
import type { Mask } from '../mask.ts'

/** The longest line between two points of the mask's outline in one slice. */
export interface LongestDiameter {
  readonly diameterMm: number
  readonly slice: number
  /** Its ends in continuous voxel indexes (x, y, z), to draw it. */
  readonly from: readonly [number, number, number]
  readonly to: readonly [number, number, number]
  /**
   * The longest line across it at a right angle, in the same slice, of the convex hull of the outline (WHO 1979: "the greatest
   * perpendicular diameter"; in an outline with a bay it may cross the bay, as a caliper does).
   */
  readonly orthogonalMm: number
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
  let outline: { readonly hull: readonly Point[]; readonly ends: readonly [number, number] } | undefined
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
          longest = { diameterMm, slice, from: place(hull[i]), to: place(hull[j]), orthogonalMm: 0 }
          outline = { hull: hull.map(([u, v]): Point => [u * su, v * sv]), ends: [i, j] }
        }
      }
    }
  }
  return longest && outline && { ...longest, orthogonalMm: longestAcross(outline.hull, outline.ends) }
}

type Point = readonly [number, number]

/**
 * The longest chord of a convex polygon at right angles to the line between two of its corners. Along that line the length of the chord
 * changes its slope at corners alone, so one of the chords through a corner is the longest.
 */
function longestAcross(hull: readonly Point[], [from, to]: readonly [number, number]): number {
  const [du, dv] = [hull[to][0] - hull[from][0], hull[to][1] - hull[from][1]]
  const length = Math.sqrt(du * du + dv * dv)
  /** Along the line, and across it. */
  const turned = hull.map(([u, v]): Point => [(u * du + v * dv) / length, (v * du - u * dv) / length])
  let longest = 0
  for (const [along] of turned) {
    let [lowest, highest] = [Infinity, -Infinity]
    for (let i = 0; i < turned.length; i++) {
      const [a, b] = [turned[i], turned[(i + 1) % turned.length]]
      if (Math.min(a[0], b[0]) > along || Math.max(a[0], b[0]) < along) continue
      // Of a side along the chord both ends count: the other end comes with the next side.
      const across = a[0] === b[0] ? a[1] : a[1] + ((along - a[0]) / (b[0] - a[0])) * (b[1] - a[1])
      lowest = Math.min(lowest, across)
      highest = Math.max(highest, across)
    }
    longest = Math.max(longest, highest - lowest)
  }
  return longest
}

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
