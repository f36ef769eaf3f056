import { F64s } from './views'

/*
 * Coefficients of the interpolating cubic B-spline with whole-sample mirror borders, operation for operation as scipy.ndimage
 * (spline_filter, order 3): LBP compares samples with the voxel between them, and in flat regions the last bit decides.
 */
const pole: f64 = -0.267949192431122706472553658494127633

/** Runs along `n` values that are `stride` bytes apart, for `count` lines side by side (8 bytes apart). */
function filterLines(start: usize, n: i32, stride: usize, count: i32): void {
  if (n < 2) return
  const gain = (1.0 - pole) * (1.0 - 1.0 / pole)
  const width = <usize>count << 3
  const last = start + stride * <usize>(n - 1)
  for (let i: usize = 0; i < <usize>n; i++) scaleRow(start + i * stride, width, gain)

  // first causal value: the mirrored line summed to infinity
  const far = Math.pow(pole, <f64>(n - 1))
  let power = pole
  addRow(start, last, width, far)
  for (let i = 1; i < n - 1; i++) {
    addRowPair(start, start + stride * <usize>i, start + stride * <usize>(n - 1 - i), width, power, far)
    power *= pole
  }
  divideRow(start, width, 1 - far * far)

  for (let i: usize = 1; i < <usize>n; i++) addRow(start + i * stride, start + (i - 1) * stride, width, pole)
  finishRow(last, last - stride, width)
  for (let i = n - 2; i >= 0; i--) anticausalRow(start + stride * <usize>i, width, stride)
}

@inline
function scaleRow(row: usize, width: usize, factor: f64): void {
  const w = f64x2.splat(factor)
  let i: usize = 0
  for (; i + 16 <= width; i += 16) v128.store(row + i, f64x2.mul(v128.load(row + i), w))
  for (; i < width; i += 8) store<f64>(row + i, load<f64>(row + i) * factor)
}

@inline
function divideRow(row: usize, width: usize, divisor: f64): void {
  for (let i: usize = 0; i < width; i += 8) store<f64>(row + i, load<f64>(row + i) / divisor)
}

@inline
function addRow(row: usize, other: usize, width: usize, factor: f64): void {
  const w = f64x2.splat(factor)
  let i: usize = 0
  for (; i + 16 <= width; i += 16) v128.store(row + i, f64x2.add(v128.load(row + i), f64x2.mul(w, v128.load(other + i))))
  for (; i < width; i += 8) store<f64>(row + i, load<f64>(row + i) + factor * load<f64>(other + i))
}

@inline
function addRowPair(row: usize, near: usize, mirrored: usize, width: usize, factor: f64, far: f64): void {
  const w = f64x2.splat(factor), v = f64x2.splat(far)
  let i: usize = 0
  for (; i + 16 <= width; i += 16) {
    const sum = f64x2.add(v128.load(near + i), f64x2.mul(v, v128.load(mirrored + i)))
    v128.store(row + i, f64x2.add(v128.load(row + i), f64x2.mul(w, sum)))
  }
  for (; i < width; i += 8) {
    store<f64>(row + i, load<f64>(row + i) + factor * (load<f64>(near + i) + far * load<f64>(mirrored + i)))
  }
}

@inline
function finishRow(row: usize, before: usize, width: usize): void {
  for (let i: usize = 0; i < width; i += 8) {
    store<f64>(row + i, (pole * load<f64>(before + i) + load<f64>(row + i)) * pole / (pole * pole - 1))
  }
}

@inline
function anticausalRow(row: usize, width: usize, stride: usize): void {
  const w = f64x2.splat(pole)
  let i: usize = 0
  for (; i + 16 <= width; i += 16) v128.store(row + i, f64x2.mul(w, f64x2.sub(v128.load(row + i + stride), v128.load(row + i))))
  for (; i < width; i += 8) store<f64>(row + i, pole * (load<f64>(row + i + stride) - load<f64>(row + i)))
}

@inline
function copyStrided(from: usize, step: usize, count: i32, to: usize, toStep: usize): void {
  for (let i: usize = 0; i < <usize>count; i++) store<f64>(to + i * toStep, load<f64>(from + i * step))
}

function mirrored(index: i32, n: i32): i32 {
  if (n <= 1) return 0
  const period = 2 * n - 2
  const i = ((index % period) + period) % period
  return i < n ? i : period - i
}

/**
 * Spline coefficients of an (nx, ny, nz) image, with one mirrored voxel before and two behind on every axis:
 * target is (nx + 3, ny + 3, nz + 3). `scratch` holds 8 * nx * (ny * nz + 8) bytes.
 */
export function mirrorSplineCoefficients(source: usize, nx: i32, ny: i32, nz: i32, scratch: usize, target: usize): void {
  const row = <usize>nx << 3, plane = row * <usize>ny
  memory.copy(scratch, source, plane * <usize>nz)
  for (let y = 0; y < ny; y++) filterLines(scratch + <usize>y * row, nz, plane, nx)
  for (let z = 0; z < nz; z++) filterLines(scratch + <usize>z * plane, ny, row, nx)
  // along x eight rows at a time, turned so that they lie side by side
  const turned = scratch + plane * <usize>nz
  for (let line = 0; line < ny * nz; line += 8) {
    const rows = min(8, ny * nz - line)
    const start = scratch + <usize>line * row
    for (let k = 0; k < rows; k++) copyStrided(start + <usize>k * row, 8, nx, turned + (<usize>k << 3), 64)
    filterLines(turned, nx, 64, rows)
    for (let k = 0; k < rows; k++) copyStrided(turned + (<usize>k << 3), 64, nx, start + <usize>k * row, 8)
  }

  let to = target
  for (let z = -1; z < nz + 2; z++) {
    for (let y = -1; y < ny + 2; y++) {
      const from = scratch + <usize>mirrored(z, nz) * plane + <usize>mirrored(y, ny) * row
      store<f64>(to, load<f64>(from + (<usize>mirrored(-1, nx) << 3)))
      memory.copy(to + 8, from, row)
      store<f64>(to + 8 + row, load<f64>(from + (<usize>mirrored(nx, nx) << 3)))
      store<f64>(to + 16 + row, load<f64>(from + (<usize>mirrored(nx + 1, nx) << 3)))
      to += row + 24
    }
  }
}

/**
 * Cubic spline weights at voxel + offset along an axis of n voxels, for every offset and for voxels 0 .. n + 2 (those from n on
 * have weight 0): weights[offset][tap][voxel] and, in coefficients padded as above, the index of the first tap, starts[offset][voxel].
 * A point outside [0, n - 1] has weight 0: it samples 0.
 */
export function mirrorSplineWeights(n: i32, offsets: usize, count: i32, weights: usize, starts: usize): void {
  const width = n + 3
  const values = changetype<F64s>(offsets)
  for (let o = 0; o < count; o++) {
    const out = changetype<F64s>(weights + (<usize>(o * 4 * width) << 3))
    const first = starts + (<usize>(o * width) << 2)
    for (let voxel = 0; voxel < width; voxel++) {
      const at = <f64>voxel + values[o]
      const inside = voxel < n && at >= 0 && at <= <f64>(n - 1)
      const floor = Math.floor(at)
      const x = at - floor, z = 1 - x
      const w1 = (x * x * (x - 2) * 3 + 4) / 6
      const w2 = (z * z * (z - 2) * 3 + 4) / 6
      const w0 = z * z * z / 6
      out[voxel] = inside ? w0 : 0
      out[voxel + width] = inside ? w1 : 0
      out[voxel + 2 * width] = inside ? w2 : 0
      out[voxel + 3 * width] = inside ? 1 - w0 - w1 - w2 : 0
      store<i32>(first + (<usize>voxel << 2), <i32>max<f64>(0, min<f64>(floor, <f64>(n - 1))))
    }
  }
}
