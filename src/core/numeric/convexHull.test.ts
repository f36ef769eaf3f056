import { describe, expect, it } from 'vitest'
import { convexHull } from './convexHull.ts'
import { createRandom } from './random.ts'

type Point = readonly [number, number, number]

const pointsOf = (points: readonly Point[]) => Int32Array.from(points.flat())

/** Six times the volume that the triangles enclose, exact. */
function sixVolumes(points: readonly Point[], triangles: readonly (readonly [number, number, number])[]): number {
  return triangles.reduce((sum, [i, j, k]) => {
    const [a, b, c] = [points[i], points[j], points[k]]
    return sum + a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0])
  }, 0)
}

describe('convex hull of whole points', () => {
  it('is the cube of all points of a cube, whose faces hold many', () => {
    const points: Point[] = []
    for (let z = 0; z <= 6; z++) for (let y = 0; y <= 6; y++) for (let x = 0; x <= 6; x++) points.push([x, y, z])
    const hull = convexHull(pointsOf(points))
    expect(sixVolumes(points, hull)).toBe(6 * 6 ** 3)
    // Two triangles a face at least; points inside a face are no corners that the rest could need.
    expect(hull.length).toBeGreaterThanOrEqual(12)
  })

  it.each([1, 2, 3, 4])('has no point outside, and every edge twice, once each way round (seed %i)', (seed) => {
    const random = createRandom(seed)
    // Few different coordinates, so that many points are in a plane or in a line.
    const points = Array.from({ length: 300 }, (): Point => [random.integer(7), random.integer(5), random.integer(9)])
    const hull = convexHull(pointsOf(points))
    const edges = hull.flatMap(([a, b, c]) => [`${a} ${b}`, `${b} ${c}`, `${c} ${a}`])
    expect(new Set(edges).size).toBe(edges.length)
    expect(edges.filter((edge) => !edges.includes(edge.split(' ').reverse().join(' ')))).toEqual([])
    for (const [i, j, k] of hull)
      for (const point of points) {
        const shape = [points[i], points[j], points[k], point]
        expect(sixVolumes(shape.map(([x, y, z]): Point => [x - point[0], y - point[1], z - point[2]]), [[0, 1, 2]])).toBeGreaterThanOrEqual(0) // prettier-ignore
      }
  })

  it('refuses points in one plane', () => {
    expect(() => convexHull(pointsOf([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]]))).toThrow(/one plane/) // prettier-ignore
  })
})
