import { indexToPhysical, type Grid } from '../image/volume.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { extentOf, findBoundingBox } from '../mask/boundingBox.ts'
import type { Mask } from '../mask/mask.ts'
import { cutMask } from '../mask/maskPart.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { padMask } from './shape.ts'

/** A region's surface in the patient. Plain data. */
export interface RegionMesh {
  /** LPS in mm, three numbers a vertex. */
  readonly positionsMm: Float32Array<ArrayBuffer>
  /** Unit vectors outwards, three numbers a vertex: of the triangles round it, each as much as it has area. */
  readonly normals: Float32Array<ArrayBuffer>
  /** Three vertices a triangle, which turn about the way out as a right hand does. */
  readonly triangles: Uint32Array<ArrayBuffer>
}

/**
 * The surface of which MeshVolume and SurfaceArea are measured (`measureShape`), triangle by triangle: the middles of the lines from
 * voxels inside to their neighbours outside. At ambiguous corners it has small holes, as PyRadiomics's has.
 * @returns no triangle for an empty mask
 */
export function meshRegion(kernels: Kernels, mask: Mask): RegionMesh {
  // Cropped to the region, as for the shape features.
  const box = findBoundingBox(mask.voxels, mask.size)
  if (!box) return { positionsMm: new Float32Array(0), normals: new Float32Array(0), triangles: new Uint32Array(0) }
  const { voxels } = cutMask(mask, box)
  const [nx, ny, nz] = extentOf(box)
  const places = kernels.scope(() => {
    const pointer = kernels.allocate(voxels.length)
    kernels.u8(pointer, voxels.length).set(voxels)
    const padded = padMask(kernels, { pointer, size: [nx, ny, nz] })
    const count = kernels.exports.listTriangles(padded.pointer, ...padded.size, 0)
    const list = kernels.allocate(count * 3 * 4)
    kernels.exports.listTriangles(padded.pointer, ...padded.size, list)
    return Uint32Array.from(kernels.i32(list, count * 3))
  })
  const { triangles, vertices } = joinVertices(places)
  const positionsMm = placeVertices(vertices, [nx, ny, nz], { ...mask, originMm: indexToPhysical(mask, box.lower) })
  // On a grid that is a mirror image of the patient they turn the other way.
  if (determinant(mask.direction) < 0) turnRound(triangles)
  return { positionsMm, normals: averageNormals(positionsMm, triangles), triangles }
}

/** Corners at the same place become one vertex. */
function joinVertices(places: Uint32Array) {
  const numbers = new Map<number, number>()
  const triangles = new Uint32Array(places.length)
  for (let i = 0; i < places.length; i++) {
    let vertex = numbers.get(places[i])
    if (vertex === undefined) numbers.set(places[i], (vertex = numbers.size))
    triangles[i] = vertex
  }
  return { triangles, vertices: Uint32Array.from(numbers.keys()) }
}

/** @param size of the grid; places count half voxels from a voxel before it on */
function placeVertices(vertices: Uint32Array, [nx, ny]: Triple, grid: Grid): Float32Array<ArrayBuffer> {
  const [X, Y] = [2 * nx + 3, 2 * ny + 3]
  const positionsMm = new Float32Array(vertices.length * 3)
  for (const [i, place] of vertices.entries()) {
    const line = Math.floor(place / X)
    const index: Triple = [(place % X) / 2 - 1, (line % Y) / 2 - 1, Math.floor(line / Y) / 2 - 1]
    positionsMm.set(indexToPhysical(grid, index), 3 * i)
  }
  return positionsMm
}

function determinant([a, b, c, d, e, f, g, h, i]: Grid['direction']): number {
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
}

function turnRound(triangles: Uint32Array): void {
  for (let at = 0; at < triangles.length; at += 3) {
    const second = triangles[at + 1]
    triangles[at + 1] = triangles[at + 2]
    triangles[at + 2] = second
  }
}

function averageNormals(positionsMm: Float32Array, triangles: Uint32Array): Float32Array<ArrayBuffer> {
  const sums = new Float64Array(positionsMm.length)
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [3 * triangles[at], 3 * triangles[at + 1], 3 * triangles[at + 2]]
    const side = (from: number, to: number, axis: number) => positionsMm[to + axis] - positionsMm[from + axis]
    const [ux, uy, uz] = [side(a, b, 0), side(a, b, 1), side(a, b, 2)]
    const [vx, vy, vz] = [side(a, c, 0), side(a, c, 1), side(a, c, 2)]
    // As long as twice the area.
    const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    for (const vertex of [a, b, c]) {
      sums[vertex] += nx
      sums[vertex + 1] += ny
      sums[vertex + 2] += nz
    }
  }
  return unitVectors(sums)
}

/** Of three numbers each; where they are 0, as they may be round the corner of a hole, no way is out. */
export function unitVectors(vectors: Float64Array): Float32Array<ArrayBuffer> {
  const units = new Float32Array(vectors.length)
  for (let at = 0; at < vectors.length; at += 3) {
    const [x, y, z] = [vectors[at], vectors[at + 1], vectors[at + 2]]
    const length = Math.sqrt(x * x + y * y + z * z)
    if (length > 0) units.set([x / length, y / length, z / length], at)
  }
  return units
}
