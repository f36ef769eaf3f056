import { F64s, I32s, U8s } from './views'

/*
 * Exact squared Euclidean distance to the nearest marked voxel, in mm, spacing per axis: Felzenszwalb and Huttenlocher, "Distance
 * Transforms of Sampled Functions", Theory of Computing 8 (2012), section 2.1: one pass an axis, each the lower envelope of parabolas.
 */

/** Bytes of scratch memory that `squaredDistances` needs. */
export function squaredDistancesScratch(nx: i32, ny: i32, nz: i32): i32 {
  return 28 * max(nx, max(ny, nz)) + 32
}

/**
 * @param wanted 1: distance to the nearest voxel that is not 0; 0: to the nearest that is 0
 * @param target float64, infinite where no voxel is wanted
 */
export function squaredDistances(mask: usize, wanted: i32, nx: i32, ny: i32, nz: i32, sx: f64, sy: f64, sz: f64, scratch: usize, target: usize): void {
  for (let row = 0, rows = ny * nz; row < rows; row++) {
    alongRow(mask + <usize>(row * nx), wanted, nx, sx, target + (<usize>(row * nx) << 3))
  }
  if (ny > 1) {
    for (let z = 0; z < nz; z++) {
      for (let x = 0; x < nx; x++) alongLine(target + (<usize>(x + nx * ny * z) << 3), nx, ny, sy, scratch)
    }
  }
  if (nz > 1) {
    for (let x = 0, plane = nx * ny; x < plane; x++) alongLine(target + (<usize>x << 3), plane, nz, sz, scratch)
  }
}

function alongRow(mask: usize, wanted: i32, n: i32, spacing: f64, target: usize): void {
  const m = changetype<U8s>(mask)
  const t = changetype<F64s>(target)
  let last = -1
  for (let i = 0; i < n; i++) {
    if (i32(m[i] != 0) == wanted) last = i
    t[i] = last < 0 ? Infinity : square(<f64>(i - last) * spacing)
  }
  last = -1
  for (let i = n - 1; i >= 0; i--) {
    if (t[i] == 0) last = i
    else if (last >= 0) t[i] = Math.min(t[i], square(<f64>(last - i) * spacing))
  }
}

@inline function square(x: f64): f64 { return x * x }

/** The minimum over the line of (value + squared distance along it), in place; samples are `step` apart. */
function alongLine(line: usize, step: i32, n: i32, spacing: f64, scratch: usize): void {
  const t = changetype<F64s>(line)
  const values = changetype<F64s>(scratch)
  const borders = changetype<F64s>(scratch + (<usize>n << 3))
  const vertices = changetype<I32s>(scratch + (<usize>(2 * n + 1) << 3))
  let top = -1
  for (let i = 0; i < n; i++) {
    const value = t[i * step]
    values[i] = value
    if (value == Infinity) continue
    const place = <f64>i * spacing
    let from: f64 = -Infinity
    while (top >= 0) {
      const other = <f64>vertices[top] * spacing
      from = (value + place * place - (values[vertices[top]] + other * other)) / (2 * (place - other))
      if (from > borders[top]) break
      top--
    }
    top++
    vertices[top] = i
    borders[top] = top == 0 ? -Infinity : from
  }
  if (top < 0) return
  let k = 0
  for (let i = 0; i < n; i++) {
    const place = <f64>i * spacing
    while (k < top && borders[k + 1] < place) k++
    t[i * step] = values[vertices[k]] + square(<f64>(i - vertices[k]) * spacing)
  }
}
