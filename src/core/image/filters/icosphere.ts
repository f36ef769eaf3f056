/**
 * Vertices of a subdivided icosahedron as trimesh 4 makes them (`creation.icosphere`), in its order, three numbers a vertex:
 * each step adds the midpoints of all edges, ordered by their larger, then their smaller vertex number, and moves all vertices
 * to the radius. 12, 42, 162, 642 ... vertices.
 */
export function icosphereVertices(subdivisions: number, radius: number): Float64Array<ArrayBuffer> {
  let vertices = icosahedronVertices
  let faces = icosahedronFaces
  for (let step = 0; step < subdivisions; step++) {
    const split = subdivide(vertices, faces)
    vertices = split.vertices.map((vertex) => moveToRadius(vertex, radius))
    faces = split.faces
  }
  if (subdivisions === 0) vertices = vertices.map((vertex) => moveToRadius(vertex, radius))
  return Float64Array.from(vertices.flat())
}

type Vertex = readonly [number, number, number]

function moveToRadius([a, b, c]: Vertex, radius: number): Vertex {
  const length = Math.sqrt(a * a + b * b + c * c)
  const missing = radius - length
  return [a + (a / length) * missing, b + (b / length) * missing, c + (c / length) * missing]
}

function subdivide(vertices: readonly Vertex[], faces: readonly Vertex[]): { vertices: Vertex[]; faces: Vertex[] } {
  const edgeKey = (p: number, q: number) => Math.max(p, q) * vertices.length + Math.min(p, q)
  const keys = [...new Set(faces.flatMap(([p, q, r]) => [edgeKey(p, q), edgeKey(q, r), edgeKey(r, p)]))].sort((p, q) => p - q)
  const midpointOf = new Map(keys.map((key, i) => [key, vertices.length + i]))
  const midpoints = keys.map((key): Vertex => {
    const p = vertices[key % vertices.length]
    const q = vertices[Math.floor(key / vertices.length)]
    return [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2, (p[2] + q[2]) / 2]
  })
  const smaller = faces.flatMap(([p, q, r]): Vertex[] => {
    const [pq, qr, rp] = [edgeKey(p, q), edgeKey(q, r), edgeKey(r, p)].map((key) => midpointOf.get(key)!)
    return [
      [p, pq, rp],
      [pq, q, qr],
      [rp, qr, r],
      [pq, qr, rp],
    ]
  })
  return { vertices: [...vertices, ...midpoints], faces: smaller }
}

const a = 0.5257311121191336
const b = 0.85065080835204
const icosahedronVertices: readonly Vertex[] = [
  [-a, b, 0],
  [a, b, 0],
  [-a, -b, 0],
  [a, -b, 0],
  [0, -a, b],
  [0, a, b],
  [0, -a, -b],
  [0, a, -b],
  [b, 0, -a],
  [b, 0, a],
  [-b, 0, -a],
  [-b, 0, a],
]
const icosahedronFaces: readonly Vertex[] = [
  [0, 11, 5],
  [0, 5, 1],
  [0, 1, 7],
  [0, 7, 10],
  [0, 10, 11],
  [1, 5, 9],
  [5, 11, 4],
  [11, 10, 2],
  [10, 7, 6],
  [7, 1, 8],
  [3, 9, 4],
  [3, 4, 2],
  [3, 2, 6],
  [3, 6, 8],
  [3, 8, 9],
  [4, 9, 5],
  [2, 4, 11],
  [6, 2, 10],
  [8, 6, 7],
  [9, 8, 1],
]
