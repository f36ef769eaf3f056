import { F64s } from './views'

/** Bytes of scratch memory that `gaussianBlur` needs; `reach` is the largest of the three reaches. */
export function gaussianBlurScratch(nx: i32, ny: i32, nz: i32, reach: i32): i32 {
  return 8 * (max(nx, max(ny, nz)) + 3 * reach + 1)
}

/**
 * Gaussian of the same width in mm on each axis, in place: sampled weights up to `reach` voxels (r for each axis), their sum made 1,
 * the border value repeated. An axis of reach 0 stays as it is.
 */
export function gaussianBlur(data: usize, nx: i32, ny: i32, nz: i32, sx: f64, sy: f64, sz: f64, sigma: f64, rx: i32, ry: i32, rz: i32, scratch: usize): void {
  if (rx > 0) {
    weigh(scratch, sigma / sx, rx)
    for (let row = 0, rows = ny * nz; row < rows; row++) blurLine(data + (<usize>(row * nx) << 3), 1, nx, rx, scratch)
  }
  if (ry > 0) {
    weigh(scratch, sigma / sy, ry)
    for (let z = 0; z < nz; z++) for (let x = 0; x < nx; x++) blurLine(data + (<usize>(x + nx * ny * z) << 3), nx, ny, ry, scratch)
  }
  if (rz > 0) {
    weigh(scratch, sigma / sz, rz)
    for (let x = 0, plane = nx * ny; x < plane; x++) blurLine(data + (<usize>x << 3), plane, nz, rz, scratch)
  }
}

function weigh(weights: usize, width: f64, reach: i32): void {
  const w = changetype<F64s>(weights)
  let sum: f64 = 0
  for (let i = 0; i <= reach; i++) {
    const at = <f64>i / width
    w[i] = Math.exp(-0.5 * at * at)
    sum += i == 0 ? w[i] : 2 * w[i]
  }
  for (let i = 0; i <= reach; i++) w[i] = w[i] / sum
}

function blurLine(line: usize, step: i32, n: i32, reach: i32, scratch: usize): void {
  const t = changetype<F64s>(line)
  const w = changetype<F64s>(scratch)
  const padded = changetype<F64s>(scratch + (<usize>(reach + 1) << 3))
  for (let i = 0; i < n; i++) padded[i + reach] = t[i * step]
  for (let i = 0; i < reach; i++) {
    padded[i] = padded[reach]
    padded[n + reach + i] = padded[n + reach - 1]
  }
  for (let i = 0; i < n; i++) {
    let sum = w[0] * padded[i + reach]
    for (let k = 1; k <= reach; k++) sum += w[k] * (padded[i + reach - k] + padded[i + reach + k])
    t[i * step] = sum
  }
}
