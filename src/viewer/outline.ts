import type { Polygon } from '../core/mask/edit/polygon.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { Point } from './placement.ts'
import type { Plane, PlaneAxes } from './planes.ts'

export interface OutlinePoint {
  /** Continuous voxel index. */
  readonly at: Triple
  /** Clicked, or an end of a freehand line: it can be taken and moved. */
  readonly isVertex: boolean
}

/** An outline under way in one slice of a view. */
export interface Outline {
  readonly plane: Plane
  readonly slice: number
  /** What Enter makes of the voxels inside. */
  readonly value: 0 | 1
  readonly points: readonly OutlinePoint[]
}

/** Without its last vertex, and the freehand line that led to it; undefined if nothing is left. */
export function dropLastVertex(outline: Outline): Outline | undefined {
  const before = outline.points.slice(0, -1)
  const points = before.slice(0, before.findLastIndex(({ isVertex }) => isVertex) + 1)
  return points.length > 0 ? { ...outline, points } : undefined
}

/** Finds ways from a voxel index to others, without both ends; see `createLivewire`. */
export type FindWay = (from: Triple) => (to: Triple) => Triple[]

const onTheWay = (at: Triple): OutlinePoint => ({ at, isVertex: false })

/** With another vertex at the end of the way to it. */
export function extendAlong(points: readonly OutlinePoint[], at: Triple, findWay: FindWay): OutlinePoint[] {
  const last = points.at(-1)
  return [...points, ...(last ? findWay(last.at)(at).map(onTheWay) : []), { at, isVertex: true }]
}

/** With the way from its last point back to the first one. */
export function closeAlong(points: readonly OutlinePoint[], findWay: FindWay): OutlinePoint[] {
  return [...points, ...findWay(points[points.length - 1].at)(points[0].at).map(onTheWay)]
}

/**
 * Takes hold of a vertex, whose ways to the vertices beside it are found anew wherever it goes. Those of a closed outline begin at it
 * from then on.
 * @param isClosed the last point is joined to the first
 * @returns the outline's points with the vertex at another place, or, at null, without it; and which one it is among them
 */
export function holdAlong(points: readonly OutlinePoint[], vertex: number, isClosed: boolean, findWay: FindWay) {
  const turned = isClosed ? [...points.slice(vertex), ...points.slice(0, vertex)] : points
  const held = isClosed ? 0 : vertex
  const next = turned.findIndex(({ isVertex }, i) => i > held && isVertex)
  const before = turned.findLastIndex(({ isVertex }, i) => isVertex && (isClosed ? i > held : i < held))
  const onward = next < 0 ? [] : turned.slice(next, isClosed ? before + 1 : undefined)
  const upTo = isClosed ? [] : turned.slice(0, before + 1)
  const wayFrom = before < 0 ? undefined : findWay(turned[before].at)
  const wayBack = next < 0 ? undefined : findWay(turned[next].at)
  return (at: Triple | null): { readonly points: readonly OutlinePoint[]; readonly vertex: number } => {
    const [first, second] = [wayFrom, wayBack].map((way) => (at && way ? way(at).map(onTheWay) : []))
    const joint = at === null && wayFrom && next >= 0 ? wayFrom(turned[next].at).map(onTheWay) : []
    const own = at ? [{ at, isVertex: true }] : []
    if (isClosed) return { points: [...own, ...second.toReversed(), ...onward, ...first, ...joint], vertex: 0 }
    return {
      points: [...upTo, ...first, ...joint, ...own, ...second.toReversed(), ...onward],
      vertex: upTo.length + first.length,
    }
  }
}

/** The same outline in another slice of its view. */
export function moveOutline(outline: Outline, { through }: PlaneAxes, slice: number): Outline {
  const points = outline.points.map((point) => ({ ...point, at: replaceAt(point.at, through.axis, slice) }))
  return { ...outline, slice, points }
}

/** The polygon of voxel indexes, as the mask functions want it. A loop is kept where a freehand line crosses itself. */
export function polygonOf(points: readonly Triple[], { through }: PlaneAxes, slice: number): Polygon {
  const [u, v] = [0, 1, 2].filter((axis) => axis !== through.axis)
  return { sliceAxis: through.axis, slice, points: points.map((at) => [at[u], at[v]] as const), rule: 'nonZero' }
}

/** Which point lies within reach of the hand, the nearest; -1 if none does. */
export function nearestPoint(points: readonly (Point | null)[], { x, y }: Point, reach: number): number {
  let [nearest, distance] = [-1, reach]
  points.forEach((point, i) => {
    const away = point ? Math.hypot(point.x - x, point.y - y) : Infinity
    if (away <= distance) [nearest, distance] = [i, away]
  })
  return nearest
}

/**
 * Which stretch of a line lies within reach of the hand, the nearest, by the point that it begins at; -1 if none does.
 * @param isClosed the last point is joined to the first
 */
export function nearestEdge(points: readonly Point[], isClosed: boolean, hand: Point, reach: number): number {
  let [nearest, distance] = [-1, reach]
  points.forEach((from, i) => {
    if (i === points.length - 1 && !isClosed) return
    const away = distanceToEdge(from, points[(i + 1) % points.length], hand)
    if (away <= distance) [nearest, distance] = [i, away]
  })
  return nearest
}

function distanceToEdge(from: Point, to: Point, { x, y }: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length2 = dx * dx + dy * dy
  const t = length2 > 0 ? Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length2)) : 0
  return Math.hypot(from.x + t * dx - x, from.y + t * dy - y)
}

function replaceAt(index: Triple, axis: number, value: number): Triple {
  const moved: [number, number, number] = [...index]
  moved[axis] = value
  return moved
}
