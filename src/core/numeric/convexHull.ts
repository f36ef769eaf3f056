/** Triangle of a hull: numbers of its corners, seen from outside against the clock. */
type Triangle = readonly [number, number, number]

interface Facet {
  readonly corners: Triangle
  /** Of its plane n x = offset, outward. */
  readonly normal: Triangle
  readonly offset: number
  /** Points that lie outside of it and are not looked at elsewhere. */
  outside: number[]
  isGone: boolean
}

/**
 * The convex hull of points with whole coordinates (quickhull, Barber 1996), all arithmetic exact: coordinates may be up to 2^16, so that
 * products of three stay below 2^53. Points in the plane of a facet are no corners, whatever their number, and no tolerance is needed.
 * @param points x, y, z of each
 * @returns triangles; facets with more corners come in several
 * @throws if all points lie in one plane
 */
export function convexHull(points: Int32Array): Triangle[] {
  const count = points.length / 3
  const at = (i: number): Triangle => [points[3 * i], points[3 * i + 1], points[3 * i + 2]]
  const heightOver = ({ normal: [nx, ny, nz], offset }: Facet, i: number) =>
    nx * points[3 * i] + ny * points[3 * i + 1] + nz * points[3 * i + 2] - offset
  /** The facet on the left of each edge. */
  const facetOf = new Map<number, Facet>()
  const edge = (a: number, b: number) => a * count + b
  const facets: Facet[] = []
  const waiting: Facet[] = []

  function addFacet(corners: Triangle): Facet {
    const [a, b, c] = corners
    const normal = cross(minus(at(b), at(a)), minus(at(c), at(a)))
    const facet = { corners, normal, offset: dot(normal, at(a)), outside: [], isGone: false }
    facets.push(facet)
    facetOf.set(edge(a, b), facet).set(edge(b, c), facet).set(edge(c, a), facet)
    return facet
  }
  /** Gives every point to the first facet that it lies outside of. */
  function share(candidates: readonly number[], among: readonly Facet[]) {
    for (const i of candidates) among.find((facet) => heightOver(facet, i) > 0)?.outside.push(i)
    waiting.push(...among.filter(({ outside }) => outside.length > 0))
  }
  /** Facets that a point sees, and the edges round them. */
  function lookFrom(point: number, first: Facet) {
    const seen = [first]
    const horizon: (readonly [number, number])[] = []
    first.isGone = true
    for (let k = 0; k < seen.length; k++) {
      const [a, b, c] = seen[k].corners
      for (const [from, to] of [[a, b], [b, c], [c, a]] as const) {
        const beyond = facetOf.get(edge(to, from))!
        if (beyond.isGone) continue
        if (heightOver(beyond, point) > 0) {
          beyond.isGone = true
          seen.push(beyond)
        } else horizon.push([from, to])
      } // prettier-ignore
    }
    // An edge between two facets that go is on neither's border, whichever was reached first.
    return { seen, horizon: horizon.filter(([from, to]) => !facetOf.get(edge(to, from))!.isGone) }
  }

  const all = Array.from({ length: count }, (_, i) => i)
  const [a, b, c, d] = startSimplex(all, at)
  const simplex: Triangle[] = [[a, b, c], [a, d, b], [b, d, c], [c, d, a]] // prettier-ignore
  share(all, simplex.map(addFacet))
  for (let facet = waiting.pop(); facet; facet = waiting.pop()) {
    if (facet.isGone) continue
    const current = facet
    const point = current.outside.reduce((best, i) => (heightOver(current, i) > heightOver(current, best) ? i : best))
    const { seen, horizon } = lookFrom(point, current)
    const added = horizon.map(([from, to]) => addFacet([from, to, point]))
    share(seen.flatMap(({ outside }) => outside).filter((i) => i !== point), added) // prettier-ignore
  }
  return facets.filter(({ isGone }) => !isGone).map(({ corners }) => corners)
}

/** Four points that are not in one plane; the last lies behind the triangle of the others. */
function startSimplex(all: readonly number[], at: (i: number) => Triangle): [number, number, number, number] {
  const farthest = (measure: (i: number) => number) => all.reduce((best, i) => (measure(i) > measure(best) ? i : best))
  const a = farthest((i) => -at(i)[0])
  const b = farthest((i) => squared(minus(at(i), at(a))))
  const c = farthest((i) => squared(cross(minus(at(b), at(a)), minus(at(i), at(a)))))
  const normal = cross(minus(at(b), at(a)), minus(at(c), at(a)))
  const height = (i: number) => dot(normal, minus(at(i), at(a)))
  const d = farthest((i) => Math.abs(height(i)))
  if (height(d) === 0) throw new Error('a hull needs points that are not all in one plane')
  return height(d) < 0 ? [a, b, c, d] : [a, c, b, d]
}

function minus([a, b, c]: Triangle, [d, e, f]: Triangle): Triangle {
  return [a - d, b - e, c - f]
}

function cross([a, b, c]: Triangle, [d, e, f]: Triangle): Triangle {
  return [b * f - c * e, c * d - a * f, a * e - b * d]
}

function dot([a, b, c]: Triangle, [d, e, f]: Triangle): number {
  return a * d + b * e + c * f
}

function squared(v: Triangle): number {
  return dot(v, v)
}
