import type { RegionMesh } from '../core/features/meshRegion.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'

/** A half of space: what lies on the side to which the normal points, and on the plane itself. */
export interface HalfSpace {
  readonly originMm: Triple
  readonly normal: Triple
}

/**
 * Where a line first meets one of the surfaces, as far as they are not cut away (Möller and Trumbore 1997).
 * @param throughMm a point of the line
 * @param towards a unit vector to where it comes from
 * @returns the nearest point to where it comes from; undefined where it meets none
 */
export function meetSurface(
  meshes: readonly RegionMesh[],
  throughMm: Triple,
  towards: Triple,
  kept: HalfSpace | null,
): Triple | undefined {
  let nearest = -Infinity
  for (const { positionsMm, triangles } of meshes)
    for (let at = 0; at < triangles.length; at += 3) {
      const distance = meetTriangle(
        positionsMm,
        3 * triangles[at],
        3 * triangles[at + 1],
        3 * triangles[at + 2],
        throughMm,
        towards,
      )
      if (distance > nearest && (!kept || isKept(kept, pointAt(throughMm, towards, distance)))) nearest = distance
    }
  return nearest === -Infinity ? undefined : pointAt(throughMm, towards, nearest)
}

const pointAt = (throughMm: Triple, towards: Triple, distance: number): Triple => [
  throughMm[0] + distance * towards[0],
  throughMm[1] + distance * towards[1],
  throughMm[2] + distance * towards[2],
]

const isKept = ({ originMm, normal }: HalfSpace, point: Triple) =>
  normal[0] * (point[0] - originMm[0]) + normal[1] * (point[1] - originMm[1]) + normal[2] * (point[2] - originMm[2]) >= 0

/** How far along the line the triangle lies; NaN where the line passes it by. */
function meetTriangle(p: Float32Array, a: number, b: number, c: number, [ox, oy, oz]: Triple, [dx, dy, dz]: Triple): number {
  const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]]
  const [vx, vy, vz] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]]
  const [hx, hy, hz] = [dy * vz - dz * vy, dz * vx - dx * vz, dx * vy - dy * vx]
  const determinant = ux * hx + uy * hy + uz * hz
  if (determinant === 0) return NaN
  const [sx, sy, sz] = [ox - p[a], oy - p[a + 1], oz - p[a + 2]]
  const u = (sx * hx + sy * hy + sz * hz) / determinant
  if (u < 0 || u > 1) return NaN
  const [qx, qy, qz] = [sy * uz - sz * uy, sz * ux - sx * uz, sx * uy - sy * ux]
  const v = (dx * qx + dy * qy + dz * qz) / determinant
  if (v < 0 || u + v > 1) return NaN
  return (vx * qx + vy * qy + vz * qz) / determinant
}
