import { bsplineFirst, bsplineWeights, cubicWeights } from './bspline'
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
export function resampleScratch(mx: i32): i32 { return tableBytes + ((mx >> 2) + 2) * <i32>groupBytes + 4 * 4 * 16 * 2 }

// Weights and places of the taps of three axes, and at most 27 labels with their sums.
const tableBytes: i32 = 3 * (tapsPerAxis * 8 + tapsPerAxis * 4) + 64 * 16

// The image that is being read: set by `resampleImage`, so that the samplers need not carry it.
let data: F64s = changetype<F64s>(0)
let boxX: i32, boxY: i32, boxZ: i32, offsetX: i32, offsetY: i32, offsetZ: i32, wholeX: i32, wholeY: i32, wholeZ: i32
let weights: usize, places: usize, table: usize

/**
 * @param kind one of the kinds above; for `bsplineKind` the source holds coefficients of a spline of `order`
 * @param fromZ,toZ the slices of the output that are made (the second exclusive); a voxel's value does not depend on them
 * @param lowest,highest range of the output's pixel type, @param rounding 0 none, 1 to float32, 2 towards zero
 */
export function resampleImage(
  source: usize, bx: i32, by: i32, bz: i32, ox: i32, oy: i32, oz: i32, wx: i32, wy: i32, wz: i32,
  kind: i32, order: i32, geometry: usize, mx: i32, my: i32, fromZ: i32, toZ: i32, lowest: f64, highest: f64, rounding: i32, scratch: usize, target: usize,
): void {
  data = changetype<F64s>(source)
  boxX = bx; boxY = by; boxZ = bz
  offsetX = ox; offsetY = oy; offsetZ = oz
  wholeX = wx; wholeY = wy; wholeZ = wz
  weights = scratch
  places = weights + 3 * tapsPerAxis * 8
  table = places + 3 * tapsPerAxis * 4

  const g = changetype<F64s>(geometry)
  const groups = kind == bsplineKind && order == 3
  if (groups) startGroups(table + 64 * 16, (mx >> 2) + 2)
  let to = target
  let atX = NaN, atY = NaN, atZ = NaN // where the weights in the tables were made for
  for (let z = fromZ; z < toZ; z++) {
    for (let y = 0; y < my; y++) {
      const startX = sourceIndex(g, 0, 0, y, z), startY = sourceIndex(g, 1, 0, y, z), startZ = sourceIndex(g, 2, 0, y, z)
      const alongX = sourceIndex(g, 0, mx, y, z) - startX, alongY = sourceIndex(g, 1, mx, y, z) - startY, alongZ = sourceIndex(g, 2, mx, y, z) - startZ
      for (let x = 0; x < mx; x++) {
        if (groups && (x & 3) == 0 && x + 4 <= mx && cubicGroup(x, mx, startX, startY, startZ, alongX, alongY, alongZ, to)) {
          if (rounding > 0) for (let i = 0; i < 32; i += 8) store<f64>(to + i, toPixel(load<f64>(to + i), lowest, highest, rounding))
          to += 32
          x += 3
          continue
        }
        const alpha = <f64>x / <f64>mx
        const i = startX + alpha * alongX, j = startY + alpha * alongY, k = startZ + alpha * alongZ
        let value = 0.0
        if (isInside(i, wholeX) && isInside(j, wholeY) && isInside(k, wholeZ)) {
          if (kind == nearestKind) {
            value = data[at(roundHalfUp(i), roundHalfUp(j), roundHalfUp(k))]
          } else if (kind == linearKind) {
            value = linear(i, j, k)
          } else {
            if (i != atX) { prepareAxis(0, i, kind, order); atX = i }
            if (j != atY) { prepareAxis(1, j, kind, order); atY = j }
            if (k != atZ) { prepareAxis(2, k, kind, order); atZ = k }
            value = kind == bsplineKind ? spline(order) : kind == gaussianKind ? gaussian() : kind == labelGaussianKind ? labelGaussian() : sinc()
          }
          if (rounding > 0) value = toPixel(value, lowest, highest, rounding)
        }
        store<f64>(to, value)
        to += 8
      }
    }
  }
}

@inline function isInside(index: f64, size: i32): bool { return index >= -0.5 && index < <f64>size - 0.5 }

@inline function toPixel(value: f64, lowest: f64, highest: f64, rounding: i32): f64 {
  return value <= lowest ? lowest : value >= highest ? highest : rounding == 1 ? <f64><f32>value : Math.trunc(value)
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

/** Whole-sample mirror. (ITK mirrors once, and reads elsewhere if that is not enough.) */
function mirror(i: i32, size: i32): i32 {
  if (size == 1) return 0
  while (i < 0 || i >= size) i = i < 0 ? -i : 2 * (size - 1) - i
  return i
}

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
    index = kind == bsplineKind ? mirror(index, size) : clamp(index, size)
    store<i32>(places + <usize>((axis * tapsPerAxis + tap) << 2), (index - offset) * stride)
  }
  if (axis == 0) taps0 = count
  else if (axis == 1) taps1 = count
  else taps2 = count
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

/*
 * Cubic splines take nearly all images, so four voxels of a scan line run side by side, two in each vector, each with the order of
 * operations of `spline`. The taps of four voxels along an axis: their indices (4 float64), weights (tap, pair of voxels), and byte
 * offsets of their coefficients (voxel, tap). Those along x are kept from line to line.
 */

const groupWeights: usize = 32
const groupPlaces: usize = 160
const groupBytes: usize = 224
let groupsX: usize, groupY: usize, groupZ: usize, products: usize

function startGroups(at: usize, count: i32): void {
  products = at
  groupY = products + 4 * 4 * 16 * 2
  groupZ = groupY + groupBytes
  groupsX = groupZ + groupBytes
  for (let i = 0; i < count; i++) store<f64>(groupY + <usize>i * groupBytes, NaN)
}

/** False, and nothing done, where a voxel lies outside the image or its taps are mirrored along x. */
function cubicGroup(x: i32, mx: i32, startX: f64, startY: f64, startZ: f64, alongX: f64, alongY: f64, alongZ: f64, to: usize): bool {
  const m = <f64>mx
  const a0 = <f64>x / m, a1 = <f64>(x + 1) / m, a2 = <f64>(x + 2) / m, a3 = <f64>(x + 3) / m
  const i0 = startX + a0 * alongX, i1 = startX + a1 * alongX, i2 = startX + a2 * alongX, i3 = startX + a3 * alongX
  if (!isInnermost(i0, wholeX) || !isInnermost(i1, wholeX) || !isInnermost(i2, wholeX) || !isInnermost(i3, wholeX)) return false
  const j0 = startY + a0 * alongY, j1 = startY + a1 * alongY, j2 = startY + a2 * alongY, j3 = startY + a3 * alongY
  if (!isInside(j0, wholeY) || !isInside(j1, wholeY) || !isInside(j2, wholeY) || !isInside(j3, wholeY)) return false
  const k0 = startZ + a0 * alongZ, k1 = startZ + a1 * alongZ, k2 = startZ + a2 * alongZ, k3 = startZ + a3 * alongZ
  if (!isInside(k0, wholeZ) || !isInside(k1, wholeZ) || !isInside(k2, wholeZ) || !isInside(k3, wholeZ)) return false
  const groupX = groupsX + <usize>(x >> 2) * groupBytes
  prepareGroup(groupX, 0, i0, i1, i2, i3)
  prepareGroup(groupY, 1, j0, j1, j2, j3)
  prepareGroup(groupZ, 2, k0, k1, k2, k3)
  multiplyWeights(groupX)

  const d = changetype<usize>(data)
  const d0 = d + load<i32>(groupX, groupPlaces), d1 = d + load<i32>(groupX, groupPlaces + 16)
  const d2 = d + load<i32>(groupX, groupPlaces + 32), d3 = d + load<i32>(groupX, groupPlaces + 48)
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  for (let z: usize = 0; z < 4; z++) {
    const w = groupZ + groupWeights + (z << 5)
    const wLow = v128.load(w), wHigh = v128.load(w, 16)
    const placeZ = groupZ + groupPlaces + (z << 2)
    const z0 = d0 + load<i32>(placeZ), z1 = d1 + load<i32>(placeZ, 16), z2 = d2 + load<i32>(placeZ, 32), z3 = d3 + load<i32>(placeZ, 48)
    for (let y: usize = 0; y < 4; y++) {
      const placeY = groupY + groupPlaces + (y << 2)
      const p0 = z0 + load<i32>(placeY), p1 = z1 + load<i32>(placeY, 16), p2 = z2 + load<i32>(placeY, 32), p3 = z3 + load<i32>(placeY, 48)
      const uv = products + (y << 7)
      low = f64x2.add(low, f64x2.mul(f64x2.mul(v128.load(uv), wLow), v128.load64_lane(p1, v128.load64_zero(p0), 1)))
      high = f64x2.add(high, f64x2.mul(f64x2.mul(v128.load(uv, 16), wHigh), v128.load64_lane(p3, v128.load64_zero(p2), 1)))
      low = f64x2.add(low, f64x2.mul(f64x2.mul(v128.load(uv, 32), wLow), v128.load64_lane(p1, v128.load64_zero(p0, 8), 1, 8)))
      high = f64x2.add(high, f64x2.mul(f64x2.mul(v128.load(uv, 48), wHigh), v128.load64_lane(p3, v128.load64_zero(p2, 8), 1, 8)))
      low = f64x2.add(low, f64x2.mul(f64x2.mul(v128.load(uv, 64), wLow), v128.load64_lane(p1, v128.load64_zero(p0, 16), 1, 16)))
      high = f64x2.add(high, f64x2.mul(f64x2.mul(v128.load(uv, 80), wHigh), v128.load64_lane(p3, v128.load64_zero(p2, 16), 1, 16)))
      low = f64x2.add(low, f64x2.mul(f64x2.mul(v128.load(uv, 96), wLow), v128.load64_lane(p1, v128.load64_zero(p0, 24), 1, 24)))
      high = f64x2.add(high, f64x2.mul(f64x2.mul(v128.load(uv, 112), wHigh), v128.load64_lane(p3, v128.load64_zero(p2, 24), 1, 24)))
    }
  }
  v128.store(to, low)
  v128.store(to, high, 16)
  return true
}

/** The four taps lie in the image. (Their first is chosen in float32, so a whole voxel is left at both ends.) */
@inline function isInnermost(index: f64, size: i32): bool { return index >= 2.0 && index < <f64>size - 3.0 }

/** The products of the weights along x and y: 4 taps of y, 4 of x, 2 pairs. */
function multiplyWeights(groupX: usize): void {
  let to = products
  for (let y: usize = 0; y < 4; y++) {
    const low = v128.load(groupY + groupWeights + (y << 5)), high = v128.load(groupY + groupWeights + (y << 5), 16)
    for (let x: usize = 0; x < 4; x++) {
      v128.store(to, f64x2.mul(v128.load(groupX + groupWeights + (x << 5)), low))
      v128.store(to, f64x2.mul(v128.load(groupX + groupWeights + (x << 5), 16), high), 16)
      to += 32
    }
  }
}

@inline function prepareGroup(group: usize, axis: i32, x0: f64, x1: f64, x2: f64, x3: f64): void {
  if (load<f64>(group) == x0 && load<f64>(group, 8) == x1 && load<f64>(group, 16) == x2 && load<f64>(group, 24) == x3) return
  prepareMember(group, axis, 0, x0)
  prepareMember(group, axis, 1, x1)
  prepareMember(group, axis, 2, x2)
  prepareMember(group, axis, 3, x3)
}

@inline function prepareMember(group: usize, axis: i32, member: usize, x: f64): void {
  const size = axis == 0 ? wholeX : axis == 1 ? wholeY : wholeZ
  const offset = axis == 0 ? offsetX : axis == 1 ? offsetY : offsetZ
  const stride = (axis == 0 ? 1 : axis == 1 ? boxX : boxX * boxY) << 3
  const first = bsplineFirst(x, 3)
  store<f64>(group + (member << 3), x)
  cubicWeights(x, first, group + groupWeights + (member << 3), 32)
  const places = group + groupPlaces + (member << 4)
  if (first >= 0 && first + 3 < size) {
    const start = (first - offset) * stride
    store<i32>(places, start)
    store<i32>(places, start + stride, 4)
    store<i32>(places, start + 2 * stride, 8)
    store<i32>(places, start + 3 * stride, 12)
  } else {
    for (let tap = 0; tap < 4; tap++) store<i32>(places + (<usize>tap << 2), (mirror(first + tap, size) - offset) * stride)
  }
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
