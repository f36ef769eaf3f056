import { bsplineFirst, bsplineWeights } from './bspline'
import { F64s } from './views'

/*
 * Interpolation of an image on another grid, in the order of operations of ITK's ResampleImageFilter (Apache-2.0): the continuous
 * source index goes along each output scan line from the index of its first voxel to that of the voxel behind its last.
 *
 * `geometry` holds 24 float64: output index to physical (9) and origin (3), source physical to index (9) and origin (3).
 * `source` holds the box of the whole source image that starts at (ox, oy, oz) and has the size (bx, by, bz).
 */

const nearestKind: i32 = 0
const linearKind: i32 = 1
const bsplineKind: i32 = 2
const gaussianKind: i32 = 3
const labelGaussianKind: i32 = 4
const hammingKind: i32 = 5
const cosineKind: i32 = 6
const welchKind: i32 = 7
const lanczosKind: i32 = 8
const blackmanKind: i32 = 9

const sincRadius: i32 = 5
const tapsPerAxis: i32 = 16 // the sincs use 10, the Gaussian at most 8

/** Bytes of scratch memory that `resampleImage` needs. */
export function resampleScratch(): i32 { return 3 * (tapsPerAxis * 8 + tapsPerAxis * 4) + 64 * 16 }

// The image that is being read: set by `resampleImage`, so that the samplers need not carry it.
let data: F64s = changetype<F64s>(0)
let boxX: i32, boxY: i32, boxZ: i32, offsetX: i32, offsetY: i32, offsetZ: i32, wholeX: i32, wholeY: i32, wholeZ: i32
let weights: usize, places: usize, table: usize

/**
 * @param kind one of the kinds above; for `bsplineKind` the source holds coefficients of a spline of `order`
 * @param lowest,highest range of the output's pixel type, @param rounding 0 none, 1 to float32, 2 towards zero
 */
export function resampleImage(
  source: usize, bx: i32, by: i32, bz: i32, ox: i32, oy: i32, oz: i32, wx: i32, wy: i32, wz: i32,
  kind: i32, order: i32, geometry: usize, mx: i32, my: i32, mz: i32, lowest: f64, highest: f64, rounding: i32, scratch: usize, target: usize,
): void {
  data = changetype<F64s>(source)
  boxX = bx; boxY = by; boxZ = bz
  offsetX = ox; offsetY = oy; offsetZ = oz
  wholeX = wx; wholeY = wy; wholeZ = wz
  weights = scratch
  places = weights + 3 * tapsPerAxis * 8
  table = places + 3 * tapsPerAxis * 4

  const g = changetype<F64s>(geometry)
  const endX = <f64>wx - 0.5, endY = <f64>wy - 0.5, endZ = <f64>wz - 0.5
  let to = target
  let atX = NaN, atY = NaN, atZ = NaN // where the weights in the tables were made for
  for (let z = 0; z < mz; z++) {
    for (let y = 0; y < my; y++) {
      const startX = sourceIndex(g, 0, 0, y, z), startY = sourceIndex(g, 1, 0, y, z), startZ = sourceIndex(g, 2, 0, y, z)
      const alongX = sourceIndex(g, 0, mx, y, z) - startX, alongY = sourceIndex(g, 1, mx, y, z) - startY, alongZ = sourceIndex(g, 2, mx, y, z) - startZ
      for (let x = 0; x < mx; x++) {
        const alpha = <f64>x / <f64>mx
        const i = startX + alpha * alongX, j = startY + alpha * alongY, k = startZ + alpha * alongZ
        let value = 0.0
        if (i >= -0.5 && i < endX && j >= -0.5 && j < endY && k >= -0.5 && k < endZ) {
          if (kind == nearestKind) {
            value = data[at(roundHalfUp(i), roundHalfUp(j), roundHalfUp(k))]
          } else if (kind == linearKind) {
            value = linear(i, j, k)
          } else {
            if (i != atX) { prepareAxis(0, i, kind, order); atX = i }
            if (j != atY) { prepareAxis(1, j, kind, order); atY = j }
            if (k != atZ) { prepareAxis(2, k, kind, order); atZ = k }
            value = kind == bsplineKind ? (order == 3 ? cubic() : spline(order)) : kind == gaussianKind ? gaussian() : kind == labelGaussianKind ? labelGaussian() : sinc()
          }
          if (rounding > 0) value = value <= lowest ? lowest : value >= highest ? highest : rounding == 1 ? <f64><f32>value : Math.trunc(value)
        }
        store<f64>(to, value)
        to += 8
      }
    }
  }
}

@inline function sourceIndex(g: F64s, axis: i32, x: i32, y: i32, z: i32): f64 {
  const i = <f64>x, j = <f64>y, k = <f64>z
  const p = g[9] + g[0] * i + g[1] * j + g[2] * k - g[21]
  const q = g[10] + g[3] * i + g[4] * j + g[5] * k - g[22]
  const r = g[11] + g[6] * i + g[7] * j + g[8] * k - g[23]
  const row = 12 + 3 * axis
  return g[row] * p + g[row + 1] * q + g[row + 2] * r
}

/** floor(x + 0.5), exact also just below a half. */
@inline function roundHalfUp(x: f64): i32 { return <i32>(<i64>nearest(2.0 * x + 0.5) >> 1) }

/** floor(x), but 0 for the rounding noise just below it (as ITK's integer floor). */
@inline function floorIndex(x: f64): i32 { return <i32>(<i64>nearest(2.0 * x - 0.5) >> 1) }

@inline function clamp(i: i32, size: i32): i32 { return max(0, min(i, size - 1)) }

/** Offset in the box of a voxel of the whole image. */
@inline function at(x: i32, y: i32, z: i32): i32 { return x - offsetX + boxX * (y - offsetY + boxY * (z - offsetZ)) }

function linear(i: f64, j: f64, k: f64): f64 {
  const x0 = max(floorIndex(i), 0), y0 = max(floorIndex(j), 0), z0 = max(floorIndex(k), 0)
  const dx = max(i - <f64>x0, 0.0), dy = max(j - <f64>y0, 0.0), dz = max(k - <f64>z0, 0.0)
  // A sample that has no part in the value is not read (it may lie outside the box, or be infinite).
  const x1 = dx > 0.0 ? min(x0 + 1, wholeX - 1) : x0
  const y1 = dy > 0.0 ? min(y0 + 1, wholeY - 1) : y0
  const z1 = dz > 0.0 ? min(z0 + 1, wholeZ - 1) : z0
  const low = bilinear(x0, x1, dx, y0, y1, dy, z0)
  return z1 == z0 ? low : mix(low, bilinear(x0, x1, dx, y0, y1, dy, z1), dz)
}

@inline function bilinear(x0: i32, x1: i32, dx: f64, y0: i32, y1: i32, dy: f64, z: i32): f64 {
  const a = data[at(x0, y0, z)]
  const low = x1 == x0 ? a : mix(a, data[at(x1, y0, z)], dx)
  if (y1 == y0) return low
  const b = data[at(x0, y1, z)]
  return mix(low, x1 == x0 ? b : mix(b, data[at(x1, y1, z)], dx), dy)
}

@inline function mix(a: f64, b: f64, t: f64): f64 { return a + (b - a) * t }

// Kernels of several taps: weights and places (offsets in the box) of the taps of each axis

let taps0: i32, taps1: i32, taps2: i32

@inline function weight(axis: i32, tap: i32): f64 { return load<f64>(weights + <usize>((axis * tapsPerAxis + tap) << 3)) }
@inline function place(axis: i32, tap: i32): i32 { return load<i32>(places + <usize>((axis * tapsPerAxis + tap) << 2)) }

function prepareAxis(axis: i32, x: f64, kind: i32, order: i32): void {
  const out = weights + <usize>(axis * tapsPerAxis * 8)
  const size = axis == 0 ? wholeX : axis == 1 ? wholeY : wholeZ
  const offset = axis == 0 ? offsetX : axis == 1 ? offsetY : offsetZ
  const stride = axis == 0 ? 1 : axis == 1 ? boxX : boxX * boxY
  let first: i32
  let count: i32
  if (kind == bsplineKind) {
    first = bsplineFirst(x, order)
    count = order + 1
    bsplineWeights(x, first, order, out)
  } else if (kind == gaussianKind || kind == labelGaussianKind) {
    const sigma = kind == gaussianKind ? 0.8 : 1.0 // in voxels, as SimpleITK sets it
    const reach = kind == gaussianKind ? sigma * 4.0 : sigma
    first = max(0, <i32>Math.floor(x + 0.5 - reach))
    count = min(size, <i32>Math.ceil(x + 0.5 + reach)) - first
    errorFunctionWeights(x, first, count, sigma, out)
  } else {
    first = floorIndex(x) - sincRadius + 1
    count = 2 * sincRadius
    sincWeights(x - <f64>(first + sincRadius - 1), kind, out)
  }
  for (let tap = 0; tap < count; tap++) {
    let index = first + tap
    // Splines see the mirrored image, sincs the repeated border. (ITK mirrors once, and reads elsewhere if that is not enough.)
    if (kind == bsplineKind && size > 1) {
      while (index < 0 || index >= size) index = index < 0 ? -index : 2 * (size - 1) - index
    }
    store<i32>(places + <usize>((axis * tapsPerAxis + tap) << 2), (clamp(index, size) - offset) * stride)
  }
  if (axis == 0) taps0 = count
  else if (axis == 1) taps1 = count
  else taps2 = count
}

function cubic(): f64 {
  const d = changetype<usize>(data)
  const x0 = <usize>place(0, 0) << 3, x1 = <usize>place(0, 1) << 3, x2 = <usize>place(0, 2) << 3, x3 = <usize>place(0, 3) << 3
  const u0 = weight(0, 0), u1 = weight(0, 1), u2 = weight(0, 2), u3 = weight(0, 3)
  let sum = 0.0
  for (let z = 0; z < 4; z++) {
    const w = weight(2, z)
    const plane = d + (<usize>place(2, z) << 3)
    for (let y = 0; y < 4; y++) {
      const v = weight(1, y)
      const line = plane + (<usize>place(1, y) << 3)
      sum += u0 * v * w * load<f64>(line + x0)
      sum += u1 * v * w * load<f64>(line + x1)
      sum += u2 * v * w * load<f64>(line + x2)
      sum += u3 * v * w * load<f64>(line + x3)
    }
  }
  return sum
}

function spline(order: i32): f64 {
  let sum = 0.0
  for (let z = 0; z <= order; z++) {
    for (let y = 0; y <= order; y++) {
      const line = place(2, z) + place(1, y)
      for (let x = 0; x <= order; x++) sum += weight(0, x) * weight(1, y) * weight(2, z) * data[line + place(0, x)]
    }
  }
  return sum
}

function sinc(): f64 {
  let sum = 0.0
  for (let z = 0; z < taps2; z++) {
    for (let y = 0; y < taps1; y++) {
      const line = place(2, z) + place(1, y)
      for (let x = 0; x < taps0; x++) sum += data[line + place(0, x)] * weight(0, x) * weight(1, y) * weight(2, z)
    }
  }
  return sum
}

function gaussian(): f64 {
  let sum = 0.0
  let total = 0.0
  for (let z = 0; z < taps2; z++) {
    for (let y = 0; y < taps1; y++) {
      const line = place(2, z) + place(1, y)
      for (let x = 0; x < taps0; x++) {
        const w = weight(0, x) * weight(1, y) * weight(2, z)
        sum += data[line + place(0, x)] * w
        total += w
      }
    }
  }
  return sum / total
}

/** The value whose voxels have the largest summed weight; of equals the one that reached it first. */
function labelGaussian(): f64 {
  const values = changetype<F64s>(table)
  const sums = changetype<F64s>(table + 64 * 8)
  let labels = 0
  let best = 0.0
  let most = 0.0
  for (let z = 0; z < taps2; z++) {
    for (let y = 0; y < taps1; y++) {
      const line = place(2, z) + place(1, y)
      for (let x = 0; x < taps0; x++) {
        const value = data[line + place(0, x)]
        let label = 0
        while (label < labels && values[label] != value) label++
        if (label == labels) {
          values[label] = value
          sums[label] = 0.0
          labels++
        }
        const sum = sums[label] + weight(0, x) * weight(1, y) * weight(2, z)
        sums[label] = sum
        if (sum > most) {
          most = sum
          best = value
        }
      }
    }
  }
  return best
}

function sincWeights(distance: f64, kind: i32, out: usize): void {
  const t = changetype<F64s>(out)
  let x = distance + <f64>sincRadius
  for (let tap = 0; tap < 2 * sincRadius; tap++) {
    x -= 1.0
    t[tap] = distance == 0.0 ? (tap == sincRadius - 1 ? 1.0 : 0.0) : windowAt(x, kind) * sincAt(x)
  }
}

function sincAt(x: f64): f64 {
  const px = Math.PI * x
  return x == 0.0 ? 1.0 : Math.sin(px) / px
}

function windowAt(x: f64, kind: i32): f64 {
  const radius = <f64>sincRadius
  if (kind == hammingKind) return 0.54 + 0.46 * Math.cos(x * (Math.PI / radius))
  if (kind == cosineKind) return Math.cos(x * (Math.PI / (2.0 * radius)))
  if (kind == welchKind) return 1.0 - x * (1.0 / (radius * radius)) * x
  if (kind == lanczosKind) {
    const z = (Math.PI / radius) * x
    return x == 0.0 ? 1.0 : Math.sin(z) / z
  }
  return 0.42 + 0.5 * Math.cos(x * (Math.PI / radius)) + 0.08 * Math.cos(x * (2.0 * Math.PI / radius))
}

/** Integrals of the Gaussian over the voxels. */
function errorFunctionWeights(x: f64, first: i32, count: i32, sigma: f64, out: usize): void {
  const t = changetype<F64s>(out)
  const scale = 1.0 / (Math.SQRT2 * sigma)
  let edge = (-0.5 - x + <f64>first) * scale
  let before = errorFunction(edge)
  for (let tap = 0; tap < count; tap++) {
    edge += scale
    const now = errorFunction(edge)
    t[tap] = now - before
    before = now
  }
}

/*
 * The error function as the incomplete gamma function P(1/2, x^2), by its series or its continued fraction (Lentz) to a relative
 * error of 3e-7, and log gamma by Lanczos's approximation: ITK takes this (VXL's vnl_erf), and its error of 1e-7 is in its values.
 */
function errorFunction(x: f64): f64 {
  const p = gammaP(x * x)
  return x < 0.0 ? -p : p
}

const precision: f64 = 3.0e-7
const tiny: f64 = 1.0e-30

function gammaP(x: f64): f64 {
  const a = 0.5
  if (x <= 0.0) return 0.0
  const scale = Math.exp(-x + a * Math.log(x) - logGamma(a))
  if (x < a + 1.0) {
    let term = 1.0 / a
    let sum = term
    let ai = a
    for (let i = 1; i <= 100; i++) {
      ai += 1.0
      term *= x / ai
      sum += term
      if (Math.abs(term) < Math.abs(sum) * precision) break
    }
    return sum * scale
  }
  let b = x + 1.0 - a
  let c = 1.0 / tiny
  let d = 1.0 / b
  let fraction = d
  for (let i = 1; i <= 100; i++) {
    const an = <f64>i * (a - <f64>i)
    b += 2.0
    d = an * d + b
    if (Math.abs(d) < tiny) d = tiny
    c = b + an / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1.0 / d
    const delta = d * c
    fraction *= delta
    if (Math.abs(delta - 1.0) < precision) break
  }
  return 1.0 - scale * fraction
}

function logGamma(x: f64): f64 {
  let z = 2.50662827563479526904
  z += 225.525584619175212544 / x
  z -= 268.295973841304927459 / (x + 1.0)
  z += 80.9030806934622512966 / (x + 2.0)
  z -= 5.00757863970517583837 / (x + 3.0)
  z += 0.0114684895434781459556 / (x + 4.0)
  const x1 = x + 4.65
  return Math.log(z) + (x - 0.5) * Math.log(x1) - x1
}
