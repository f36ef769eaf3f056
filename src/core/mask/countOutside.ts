import { createGridMap } from '../image/gridTransform.ts'
import type { Grid } from '../image/volume.ts'
import type { BoundingBox, Mask } from './mask.ts'

/**
 * Voxels of a mask whose centres lie outside another grid: beyond the outer faces of its first and last voxels.
 * @param box outside it the mask is empty
 */
export function countOutside(mask: Mask, { lower, upper }: BoundingBox, target: Grid): { inside: number; outside: number } {
  const toTarget = createGridMap(mask, target)
  const [nx, ny] = mask.size
  let [inside, outside] = [0, 0]
  for (let k = lower[2]; k <= upper[2]; k++) {
    for (let j = lower[1]; j <= upper[1]; j++) {
      for (let i = lower[0]; i <= upper[0]; i++) {
        if (mask.voxels[i + nx * (j + ny * k)] === 0) continue
        const isInside = toTarget([i, j, k]).every((index, axis) => index >= -0.5 && index < target.size[axis] - 0.5)
        if (isInside) inside++
        else outside++
      }
    }
  }
  return { inside, outside }
}
