import { F64s, I32s, U8s } from './views'

/**
 * Means of the grey values round each voxel of the region, over the steps that stay in the image.
 * @param steps dx, dy, dz of each (int32); @param boxX, boxY, boxZ where the region's box begins in the image
 * @param result largest mean, then the largest one of the voxels whose own grey value is the region's highest
 */
export function localPeaks(
  image: usize, nx: i32, ny: i32, nz: i32, mask: usize, mx: i32, my: i32, mz: i32, boxX: i32, boxY: i32, boxZ: i32, steps: usize, stepCount: i32, result: usize,
): void {
  const value = changetype<F64s>(image)
  const inside = changetype<U8s>(mask)
  const step = changetype<I32s>(steps)
  const out = changetype<F64s>(result)
  let highest: f64 = -Infinity, global: f64 = -Infinity, local: f64 = -Infinity
  for (let k = 0, at = 0; k < mz; k++) {
    for (let j = 0; j < my; j++) {
      for (let i = 0; i < mx; i++, at++) {
        if (!inside[at]) continue
        const x = boxX + i, y = boxY + j, z = boxZ + k
        let sum: f64 = 0
        let count = 0
        for (let s = 0; s < stepCount; s++) {
          const tx = x + step[3 * s], ty = y + step[3 * s + 1], tz = z + step[3 * s + 2]
          if (tx < 0 || tx >= nx || ty < 0 || ty >= ny || tz < 0 || tz >= nz) continue
          sum += value[tx + nx * (ty + ny * tz)]
          count++
        }
        const mean = sum / f64(count)
        const own = value[x + nx * (y + ny * z)]
        global = max(global, mean)
        if (own > highest) {
          highest = own
          local = mean
        } else if (own == highest) local = max(local, mean)
      }
    }
  }
  out[0] = global
  out[1] = local
}
