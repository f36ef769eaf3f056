import type { Random } from '../numeric/random.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { clamp } from './blend.ts'
import { dot, randomDirection } from './tumourSurface.ts'

/** A bent tube from a face of the volume to the middle of the tumour: how far a point is from its wall (negative inside). */
export function createVessel(
  random: Random,
  centreMm: Triple,
  extentMm: readonly number[],
): (x: number, y: number, z: number) => number {
  const towards = randomDirection(random)
  const reach = Math.min(...[0, 1].map((a) => (towards[a] === 0 ? Infinity : (0.55 * extentMm[a]) / Math.abs(towards[a]))))
  const points = [1, 0.75, 0.5, 0.25, 0].map((share) =>
    centreMm.map((mm, axis) => mm + share * reach * towards[axis] + (share > 0 ? 8 * (random.uniform() - 0.5) : 0)),
  ) as unknown as Triple[]
  const radiusMm = 0.9 + 0.5 * random.uniform()
  const segments = points.slice(1).map((b, i) => {
    const [a] = points.slice(i)
    const along: Triple = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
    return { a, along, squaredLength: dot(along, along) }
  })
  // No array is made here: it is asked for every voxel.
  return (x, y, z) => {
    let nearest = Infinity
    for (const { a, along, squaredLength } of segments) {
      const fx = x - a[0]
      const fy = y - a[1]
      const fz = z - a[2]
      const share = clamp((fx * along[0] + fy * along[1] + fz * along[2]) / squaredLength)
      const ox = fx - share * along[0]
      const oy = fy - share * along[1]
      const oz = fz - share * along[2]
      nearest = Math.min(nearest, ox * ox + oy * oy + oz * oz)
    }
    return Math.sqrt(nearest) - radiusMm
  }
}
