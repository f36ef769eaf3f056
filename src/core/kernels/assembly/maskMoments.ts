import { F64s } from './views'

/**
 * Count and covariance of the voxel indices inside a mask. Sums are exact integers around an integer centre near the
 * mean, so a flat region gets a variance of exactly 0.
 * @param result 7 float64: count, then covariance (divided by the count) xx, yy, zz, xy, xz, yz in voxels squared.
 */
export function maskMoments(mask: usize, nx: i32, ny: i32, nz: i32, result: usize): void {
  let n: i64 = 0
  let x1: i64 = 0
  let y1: i64 = 0
  let z1: i64 = 0
  let xx: i64 = 0
  let yy: i64 = 0
  let zz: i64 = 0
  let xy: i64 = 0
  let xz: i64 = 0
  let yz: i64 = 0
  let at = mask
  for (let z: i64 = 0; z < <i64>nz; z++) {
    for (let y: i64 = 0; y < <i64>ny; y++) {
      let count: i64 = 0
      let sum: i64 = 0
      let squares: i64 = 0
      for (let x: i64 = 0; x < <i64>nx; x++) {
        const inside = <i64>load<u8>(at++)
        const term = inside * x
        count += inside
        sum += term
        squares += term * x
      }
      n += count
      x1 += sum
      y1 += count * y
      z1 += count * z
      xx += squares
      yy += count * y * y
      zz += count * z * z
      xy += sum * y
      xz += sum * z
      yz += count * y * z
    }
  }
  const out = changetype<F64s>(result)
  out[0] = <f64>n
  if (n === 0) return
  const cx = x1 / n
  const cy = y1 / n
  const cz = z1 / n
  out[1] = centred(xx, x1, x1, cx, cx, n)
  out[2] = centred(yy, y1, y1, cy, cy, n)
  out[3] = centred(zz, z1, z1, cz, cz, n)
  out[4] = centred(xy, x1, y1, cx, cy, n)
  out[5] = centred(xz, x1, z1, cx, cz, n)
  out[6] = centred(yz, y1, z1, cy, cz, n)
}

/** Covariance of a and b from the sums of ab, a and b: shifted by the integers ca and cb without rounding, then by the rest. */
@inline
function centred(ab: i64, a: i64, b: i64, ca: i64, cb: i64, n: i64): f64 {
  const shifted = ab - ca * b - cb * a + ca * cb * n
  const restA = <f64>(a - ca * n) / <f64>n
  const restB = <f64>(b - cb * n) / <f64>n
  return <f64>shifted / <f64>n - restA * restB
}
