import { F64s } from './views'

/*
 * B-spline coefficients of an image, whole-sample mirror at the border (Unser, "Splines: a perfect fit for signal and image
 * processing", 1999, Box 2). The order of operations is that of ITK's BSplineDecompositionImageFilter (Apache-2.0).
 */

const tolerance: f64 = 1e-10 // of the causal start, as in ITK

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

/** Turns samples into spline coefficients in place; an axis of one voxel is left as it is. */
export function bsplineCoefficients(data: usize, nx: i32, ny: i32, nz: i32, order: i32): void {
  const poles = bsplinePoles(order)
  if (poles == 0) return
  const plane = nx * ny
  if (nx > 1) {
    for (let line = 0; line < ny * nz; line++) filterLanes(data + (<usize>(line * nx) << 3), 1, 1, nx, order)
  }
  if (ny > 1) {
    for (let z = 0; z < nz; z++) filterLanes(data + (<usize>(z * plane) << 3), nx, nx, ny, order)
  }
  if (nz > 1) {
    for (let y = 0; y < ny; y++) filterLanes(data + (<usize>(y * nx) << 3), plane, nx, nz, order)
  }
}

/** Filters `width` adjacent lines whose samples are `step` apart. */
function filterLanes(data: usize, step: i32, width: i32, length: i32, order: i32): void {
  const poles = bsplinePoles(order)
  const bytes = <usize>step << 3
  const last = data + bytes * <usize>(length - 1)
  let gain = 1.0
  for (let k = 0; k < poles; k++) gain = gain * (1.0 - pole(order, k)) * (1.0 - 1.0 / pole(order, k))
  for (let at = data; at <= last; at += bytes) {
    const row = changetype<F64s>(at)
    for (let i = 0; i < width; i++) row[i] = row[i] * gain
  }
  for (let k = 0; k < poles; k++) {
    const z = pole(order, k)
    startCausal(data, bytes, width, length, z)
    for (let at = data + bytes; at <= last; at += bytes) {
      const row = changetype<F64s>(at)
      const before = changetype<F64s>(at - bytes)
      for (let i = 0; i < width; i++) row[i] = row[i] + z * before[i]
    }
    const end = changetype<F64s>(last)
    const beforeEnd = changetype<F64s>(last - bytes)
    const factor = z / (z * z - 1.0)
    for (let i = 0; i < width; i++) end[i] = factor * (z * beforeEnd[i] + end[i])
    for (let at = last - bytes; at >= data; at -= bytes) {
      const row = changetype<F64s>(at)
      const behind = changetype<F64s>(at + bytes)
      for (let i = 0; i < width; i++) row[i] = z * (behind[i] - row[i])
    }
  }
}

function startCausal(data: usize, bytes: usize, width: i32, length: i32, z: f64): void {
  const horizon = <i32>Math.ceil(Math.log(tolerance) / Math.log(Math.abs(z)))
  const sum = changetype<F64s>(data)
  let zn = z
  if (horizon < length) {
    for (let n = 1; n < horizon; n++) {
      const row = changetype<F64s>(data + bytes * <usize>n)
      for (let i = 0; i < width; i++) sum[i] = sum[i] + zn * row[i]
      zn *= z
    }
    return
  }
  const inverse = 1.0 / z
  let z2n = Math.pow(z, <f64>(length - 1))
  const end = changetype<F64s>(data + bytes * <usize>(length - 1))
  for (let i = 0; i < width; i++) sum[i] = sum[i] + z2n * end[i]
  z2n *= z2n * inverse
  for (let n = 1; n <= length - 2; n++) {
    const row = changetype<F64s>(data + bytes * <usize>n)
    const weight = zn + z2n
    for (let i = 0; i < width; i++) sum[i] = sum[i] + weight * row[i]
    zn *= z
    z2n *= inverse
  }
  for (let i = 0; i < width; i++) sum[i] = sum[i] / (1.0 - zn * zn)
}

/** Weights of the order + 1 coefficients around x; the first of them is `first`. */
@inline export function bsplineFirst(x: f64, order: i32): i32 {
  // The support is chosen in float32, as in ITK; a sample at most 1e-7 off it is extrapolated by its polynomial.
  return <i32>Mathf.floor(<f32>x + (order & 1 ? <f32>0.0 : <f32>0.5)) - (order >> 1)
}

export function bsplineWeights(x: f64, first: i32, order: i32, out: usize): void {
  const t = changetype<F64s>(out)
  if (order == 3) {
    const w = x - <f64>(first + 1)
    const w3 = (1.0 / 6.0) * w * w * w
    const w0 = 1.0 / 6.0 + 0.5 * w * (w - 1.0) - w3
    const w2 = w + w0 - 2.0 * w3
    t[0] = w0
    t[1] = 1.0 - w0 - w2 - w3
    t[2] = w2
    t[3] = w3
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
