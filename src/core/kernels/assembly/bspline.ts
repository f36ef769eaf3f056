import { F64s } from './views'

/*
 * B-spline coefficients of an image, whole-sample mirror at the border (Unser, "Splines: a perfect fit for signal and image
 * processing", 1999, Box 2). The order of operations is that of ITK's BSplineDecompositionImageFilter (Apache-2.0).
 */

const tolerance: f64 = 1e-10 // of the causal start, as in ITK
const lanes: i32 = 8

/** Number of recursive poles of a spline of this order, 0 to 5. */
export function bsplinePoles(order: i32): i32 { return order >> 1 }

function pole(order: i32, k: i32): f64 {
  if (order == 2) return Math.sqrt(8.0) - 3.0
  if (order == 3) return Math.sqrt(3.0) - 2.0
  if (order == 4) {
    return k == 0 ? Math.sqrt(664.0 - Math.sqrt(438976.0)) + Math.sqrt(304.0) - 19.0 : Math.sqrt(664.0 + Math.sqrt(438976.0)) - Math.sqrt(304.0) - 19.0
  }
  return k == 0
    ? Math.sqrt(135.0 / 2.0 - Math.sqrt(17745.0 / 4.0)) + Math.sqrt(105.0 / 4.0) - 13.0 / 2.0
    : Math.sqrt(135.0 / 2.0 + Math.sqrt(17745.0 / 4.0)) - Math.sqrt(105.0 / 4.0) - 13.0 / 2.0
}

/**
 * Turns samples into spline coefficients in place; an axis of one voxel is left as it is. Only the coefficients with x0 <= x <= x1 and
 * y0 <= y <= y1 are of use afterwards: the others are not filtered along the later axes.
 * @param scratch 64 bytes for each voxel along x
 */
export function bsplineCoefficients(data: usize, nx: i32, ny: i32, nz: i32, order: i32, x0: i32, x1: i32, y0: i32, y1: i32, scratch: usize): void {
  if (bsplinePoles(order) == 0) return
  const width = x1 - x0 + 1
  const plane = nx * ny
  if (nx > 1) {
    for (let row = 0; row < ny * nz; row += lanes) filterRows(data + (<usize>(row * nx) << 3), nx, min(lanes, ny * nz - row), order, scratch)
  }
  if (ny > 1) {
    for (let z = 0; z < nz; z++) filterLanes(data + (<usize>(z * plane + x0) << 3), nx, width, ny, order)
  }
  if (nz > 1) {
    for (let y = y0; y <= y1; y++) filterLanes(data + (<usize>(y * nx + x0) << 3), plane, width, nz, order)
  }
}

/** Filters some rows side by side, in a buffer of their transpose. */
function filterRows(data: usize, length: i32, count: i32, order: i32, buffer: usize): void {
  const row = <usize>length << 3
  for (let i: usize = 0; i < row; i += 8) {
    for (let lane: usize = 0; lane < <usize>count; lane++) store<f64>(buffer + i * lanes + (lane << 3), load<f64>(data + i + lane * row))
  }
  filterLanes(buffer, lanes, count, length, order)
  for (let i: usize = 0; i < row; i += 8) {
    for (let lane: usize = 0; lane < <usize>count; lane++) store<f64>(data + i + lane * row, load<f64>(buffer + i * lanes + (lane << 3)))
  }
}

/** Filters `width` adjacent lines whose samples are `step` apart. */
function filterLanes(data: usize, step: i32, width: i32, length: i32, order: i32): void {
  const poles = bsplinePoles(order)
  const bytes = <usize>step << 3
  const last = data + bytes * <usize>(length - 1)
  let gain = 1.0
  for (let k = 0; k < poles; k++) gain = gain * (1.0 - pole(order, k)) * (1.0 - 1.0 / pole(order, k))
  for (let at = data; at <= last; at += bytes) scaleRow(at, width, gain)
  for (let k = 0; k < poles; k++) {
    const z = pole(order, k)
    startCausal(data, bytes, width, length, z)
    for (let at = data + bytes; at <= last; at += bytes) addToRow(at, z, at - bytes, width)
    const end = changetype<F64s>(last)
    const beforeEnd = changetype<F64s>(last - bytes)
    const factor = z / (z * z - 1.0)
    for (let i = 0; i < width; i++) end[i] = factor * (z * beforeEnd[i] + end[i])
    for (let at = last - bytes; at >= data; at -= bytes) scaleDifference(at, z, at + bytes, width)
  }
}

function startCausal(data: usize, bytes: usize, width: i32, length: i32, z: f64): void {
  const horizon = <i32>Math.ceil(Math.log(tolerance) / Math.log(Math.abs(z)))
  let zn = z
  if (horizon < length) {
    for (let n = 1; n < horizon; n++) {
      addToRow(data, zn, data + bytes * <usize>n, width)
      zn *= z
    }
    return
  }
  const inverse = 1.0 / z
  let z2n = Math.pow(z, <f64>(length - 1))
  addToRow(data, z2n, data + bytes * <usize>(length - 1), width)
  z2n *= z2n * inverse
  for (let n = 1; n <= length - 2; n++) {
    addToRow(data, zn + z2n, data + bytes * <usize>n, width)
    zn *= z
    z2n *= inverse
  }
  const sum = changetype<F64s>(data)
  for (let i = 0; i < width; i++) sum[i] = sum[i] / (1.0 - zn * zn)
}

/** row = row * factor */
function scaleRow(row: usize, width: i32, factor: f64): void {
  const f = f64x2.splat(factor)
  const end = row + (<usize>width << 3)
  for (; row + 16 <= end; row += 16) v128.store(row, f64x2.mul(v128.load(row), f))
  if (row < end) store<f64>(row, load<f64>(row) * factor)
}

/** row = row + factor * other */
function addToRow(row: usize, factor: f64, other: usize, width: i32): void {
  const f = f64x2.splat(factor)
  const end = row + (<usize>width << 3)
  for (; row + 16 <= end; row += 16, other += 16) v128.store(row, f64x2.add(v128.load(row), f64x2.mul(f, v128.load(other))))
  if (row < end) store<f64>(row, load<f64>(row) + factor * load<f64>(other))
}

/** row = factor * (other - row) */
function scaleDifference(row: usize, factor: f64, other: usize, width: i32): void {
  const f = f64x2.splat(factor)
  const end = row + (<usize>width << 3)
  for (; row + 16 <= end; row += 16, other += 16) v128.store(row, f64x2.mul(f, f64x2.sub(v128.load(other), v128.load(row))))
  if (row < end) store<f64>(row, factor * (load<f64>(other) - load<f64>(row)))
}

/** Index of the first of the order + 1 coefficients around x. */
@inline export function bsplineFirst(x: f64, order: i32): i32 {
  // The support is chosen in float32, as in ITK; a sample at most 1e-7 off it is extrapolated by its polynomial.
  return <i32>Mathf.floor(<f32>x + (order & 1 ? <f32>0.0 : <f32>0.5)) - (order >> 1)
}

/** The four weights of a cubic spline at x, written `step` bytes apart. */
@inline export function cubicWeights(x: f64, first: i32, out: usize, step: usize): void {
  const w = x - <f64>(first + 1)
  const w3 = (1.0 / 6.0) * w * w * w
  const w0 = 1.0 / 6.0 + 0.5 * w * (w - 1.0) - w3
  const w2 = w + w0 - 2.0 * w3
  store<f64>(out, w0)
  store<f64>(out + step, 1.0 - w0 - w2 - w3)
  store<f64>(out + 2 * step, w2)
  store<f64>(out + 3 * step, w3)
}

/** Weights of the order + 1 coefficients at x, the first of which is `first`. */
export function bsplineWeights(x: f64, first: i32, order: i32, out: usize): void {
  const t = changetype<F64s>(out)
  if (order == 3) {
    cubicWeights(x, first, out, 8)
  } else if (order == 1) {
    const w = x - <f64>first
    t[0] = 1.0 - w
    t[1] = w
  } else if (order == 2) {
    const w = x - <f64>(first + 1)
    const w1 = 0.75 - w * w
    const w2 = 0.5 * (w - w1 + 1.0)
    t[0] = 1.0 - w1 - w2
    t[1] = w1
    t[2] = w2
  } else if (order == 4) {
    const w = x - <f64>(first + 2)
    const square = w * w
    const sixth = (1.0 / 6.0) * square
    let w0 = 0.5 - w
    w0 *= w0
    w0 *= (1.0 / 24.0) * w0
    const t0 = w * (sixth - 11.0 / 24.0)
    const t1 = 19.0 / 96.0 + square * (0.25 - sixth)
    const w1 = t1 + t0
    const w3 = t1 - t0
    const w4 = w0 + t0 + 0.5 * w
    t[0] = w0
    t[1] = w1
    t[2] = 1.0 - w0 - w1 - w3 - w4
    t[3] = w3
    t[4] = w4
  } else {
    let w = x - <f64>(first + 2)
    let square = w * w
    const w5 = (1.0 / 120.0) * w * square * square
    square -= w
    const fourth = square * square
    w -= 0.5
    const s = square * (square - 3.0)
    t[5] = w5
    t[0] = (1.0 / 24.0) * (1.0 / 5.0 + square + fourth) - w5
    let t0 = (1.0 / 24.0) * (square * (square - 5.0) + 46.0 / 5.0)
    let t1 = (-1.0 / 12.0) * w * (s + 4.0)
    t[2] = t0 + t1
    t[3] = t0 - t1
    t0 = (1.0 / 16.0) * (9.0 / 5.0 - s)
    t1 = (1.0 / 24.0) * w * (fourth - square - 5.0)
    t[1] = t0 + t1
    t[4] = t0 - t1
  }
}
