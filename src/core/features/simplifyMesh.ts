import { unitVectors, type RegionMesh } from './meshRegion.ts'

/**
 * The surface with fewer triangles, to be drawn while it moves: vertices that lie in one cell of a grid become one, in their middle,
 * and triangles that lose a corner by that go (Rossignac and Borrel 1993). Cells are doubled until it is small enough.
 * @param most triangles
 * @param cellMm side of the cells at first
 * @returns the surface itself where it has no more
 */
export function simplifyMesh(mesh: RegionMesh, most: number, cellMm: number): RegionMesh {
  if (mesh.triangles.length <= 3 * most) return mesh
  for (let side = cellMm; ; side *= 2) {
    const joined = joinCells(mesh, side)
    if (joined.triangles.length <= 3 * most) return joined
  }
}

function joinCells({ positionsMm, normals, triangles }: RegionMesh, side: number): RegionMesh {
  const cells = new Map<string, number>()
  const cellOf = new Uint32Array(positionsMm.length / 3)
  for (let vertex = 0; vertex < cellOf.length; vertex++) {
    const [x, y, z] = positionsMm.subarray(3 * vertex, 3 * vertex + 3)
    const key = `${Math.floor(x / side)} ${Math.floor(y / side)} ${Math.floor(z / side)}`
    let cell = cells.get(key)
    if (cell === undefined) cells.set(key, (cell = cells.size))
    cellOf[vertex] = cell
  }
  const [places, ways] = [new Float64Array(3 * cells.size), new Float64Array(3 * cells.size)]
  const counts = new Uint32Array(cells.size)
  for (let vertex = 0; vertex < cellOf.length; vertex++) {
    const cell = cellOf[vertex]
    counts[cell]++
    for (let axis = 0; axis < 3; axis++) {
      places[3 * cell + axis] += positionsMm[3 * vertex + axis]
      ways[3 * cell + axis] += normals[3 * vertex + axis]
    }
  }
  const kept: number[] = []
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [cellOf[triangles[at]], cellOf[triangles[at + 1]], cellOf[triangles[at + 2]]]
    if (a !== b && b !== c && c !== a) kept.push(a, b, c)
  }
  return {
    positionsMm: Float32Array.from(places, (sum, i) => sum / counts[Math.floor(i / 3)]),
    normals: unitVectors(ways),
    triangles: Uint32Array.from(kept),
  }
}
