import type { Triple } from '../numeric/voxelArray.ts'
import type { BoundingBox, Mask } from './mask.ts'

/** The voxels that two masks share. */
export interface MaskOverlap {
  readonly voxelCount: number
  /** One of them, in the slice along the third axis that has most, in the middle of its row. */
  readonly at: Triple
}

/**
 * What two masks on one grid share.
 * @param boxes outside which the one and the other mask are empty
 * @returns null where they share nothing
 */
export function findOverlap(
  { voxels: a, size: [nx, ny] }: Pick<Mask, 'voxels' | 'size'>,
  { voxels: b }: Pick<Mask, 'voxels'>,
  [one, other]: readonly [BoundingBox, BoundingBox],
): MaskOverlap | null {
  const [x0, y0, z0] = one.lower.map((lower, axis) => Math.max(lower, other.lower[axis]))
  const [x1, y1, z1] = one.upper.map((upper, axis) => Math.min(upper, other.upper[axis]))
  let voxelCount = 0
  let most = 0
  let at: Triple = [0, 0, 0]
  for (let z = z0; z <= z1; z++) {
    const shared: Triple[] = []
    for (let y = y0; y <= y1; y++) {
      const row = nx * (y + ny * z)
      for (let x = x0; x <= x1; x++) if (a[row + x] !== 0 && b[row + x] !== 0) shared.push([x, y, z])
    }
    voxelCount += shared.length
    if (shared.length <= most) continue
    most = shared.length
    at = shared[Math.floor(shared.length / 2)]
  }
  return voxelCount === 0 ? null : { voxelCount, at }
}
