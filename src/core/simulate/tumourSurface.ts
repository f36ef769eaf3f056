import type { Random } from '../numeric/random.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/** How deep a point is under a surface: in mm along the ray from the centre (negative outside), and as a part of the way to the centre. */
export type Surface = (fromCentreMm: Triple) => { readonly depthMm: number; readonly depthShare: number }

/** An ellipsoid along the axes with five smooth bumps of up to 8 % of its radius. */
export function ellipsoidSurface(random: Random, radiiMm: Triple): Surface {
  const bumps = Array.from({ length: 5 }, () => ({ axis: randomDirection(random), height: 0.16 * (random.uniform() - 0.5) }))
  return ([x, y, z]) => {
    const scaled: Triple = [x / radiiMm[0], y / radiiMm[1], z / radiiMm[2]]
    const share = Math.sqrt(dot(scaled, scaled))
    const distance = Math.sqrt(x * x + y * y + z * z)
    const direction: Triple = distance > 0 ? [x / distance, y / distance, z / distance] : [0, 0, 0]
    let limit = 1
    for (const { axis, height } of bumps) {
      const along = dot(axis, direction)
      limit += height * along * Math.abs(along)
    }
    const radius = distance > 0 ? (distance / share) * limit : radiiMm[2]
    return { depthMm: radius - distance, depthShare: 1 - distance / radius }
  }
}

/** Uniform on the sphere: a point of the ball, made one long. */
export function randomDirection(random: Random): Triple {
  for (;;) {
    const point: Triple = [2 * random.uniform() - 1, 2 * random.uniform() - 1, 2 * random.uniform() - 1]
    const length2 = dot(point, point)
    if (length2 > 1e-4 && length2 <= 1) return point.map((x) => x / Math.sqrt(length2)) as unknown as Triple
  }
}

export function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
