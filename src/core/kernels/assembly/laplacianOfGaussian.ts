import { F32s, F64s } from './views'

/*
 * Laplacian of Gaussian by the recursive filters of Farneback and Westin, "Improving Deriche-style recursive Gaussian filters"
 * (2006), Table 3. The order of operations is ITK's (LaplacianRecursiveGaussianImageFilter, Apache-2.0): lines in float64, a float32
 * image after every pass, so that the result has ITK's bits. Eight lines run side by side, each with the scalar order of operations.
 */

const lanes: i32 = 8
const row: usize = 64 // bytes of one sample of all lanes
const front: i32 = 3 // samples that continue a line before its start
const behind: i32 = 4 // and after its end

// Places of the coefficients of one filter in its table.
const N: i32 = 0 // causal, on x[i] .. x[i-3]
const M: i32 = 4 // anti-causal, on x[i+1] .. x[i+4]
const D: i32 = 8 // recursive, on y[i-1] .. y[i-4]
const BN: i32 = 12 // D for the samples before the start, per border value
const BM: i32 = 16 // D for the samples after the end
const tableSize: i32 = 20

/** Bytes of scratch memory that `laplacianOfGaussian` needs. */
export function laplacianOfGaussianScratch(nx: i32, ny: i32, nz: i32): i32 {
  const longest = max(nx, max(ny, nz))
  return 6 * tableSize * 8 + 3 * (front + longest + behind) * <i32>row + 2 * nx * ny * nz * 4
}

/** Sizes are at least 4. `target` is float64 and holds float32 values. */
export function laplacianOfGaussian(source: usize, nx: i32, ny: i32, nz: i32, sx: f64, sy: f64, sz: f64, sigma: f64, scratch: usize, target: usize): void {
  const longest = max(nx, max(ny, nz))
  const tables = scratch
  const lines = tables + 6 * tableSize * 8
  const filtered = lines + <usize>(3 * (front + longest + behind)) * row
  const count = nx * ny * nz
  const sum = filtered + (<usize>count << 2)

  for (let axis = 0; axis < 3; axis++) {
    const spacing = axis == 0 ? sx : axis == 1 ? sy : sz
    smoothing(sigma, spacing, table(tables, axis, 0))
    secondDerivative(sigma, spacing, table(tables, axis, 1))
  }
  memory.fill(sum, 0, <usize>count << 2)
  for (let axis = 0; axis < 3; axis++) {
    const first = axis == 0 ? 1 : 0
    const second = axis == 2 ? 1 : 2
    filterAxis<f64>(source, filtered, nx, ny, nz, axis, table(tables, axis, 1), lines)
    filterAxis<f32>(filtered, filtered, nx, ny, nz, first, table(tables, first, 0), lines)
    filterAxis<f32>(filtered, filtered, nx, ny, nz, second, table(tables, second, 0), lines)
    const spacing = axis == 0 ? sx : axis == 1 ? sy : sz
    addScaled(sum, filtered, 1.0 / (spacing * spacing), count)
  }
  for (let i: usize = 0; i < <usize>count; i++) store<f64>(target + (i << 3), <f64>load<f32>(sum + (i << 2)))
}

@inline function table(tables: usize, axis: i32, kind: i32): usize { return tables + <usize>((2 * axis + kind) * tableSize * 8) }

function addScaled(sum: usize, term: usize, factor: f64, count: i32): void {
  const a = changetype<F32s>(sum)
  const b = changetype<F32s>(term)
  for (let i = 0; i < count; i++) a[i] = <f32>(<f64>a[i] + <f64>b[i] * factor)
}

// Coefficients

/** Zero order: the Gaussian itself, gain 1. */
function smoothing(sigma: f64, spacing: f64, out: usize): void {
  const t = changetype<F64s>(out)
  const scaled = sigma / spacing
  denominator(scaled, out)
  numerator(scaled, 1.3530, 1.8151, -0.3531, 0.0902, out)
  const alpha = 2.0 * (t[N] + t[N + 1] + t[N + 2] + t[N + 3]) / sumD(t) - t[N]
  const scale = 1.0 / alpha
  for (let k = 0; k < 4; k++) t[N + k] = t[N + k] * scale
  derived(t)
}

/** Second order, times sigma squared (normalised across scale). */
function secondDerivative(sigma: f64, spacing: f64, out: usize): void {
  const t = changetype<F64s>(out)
  const scaled = sigma / spacing
  denominator(scaled, out)
  const sd = sumD(t)
  const dd = t[D] + 2.0 * t[D + 1] + 3.0 * t[D + 2] + 4.0 * t[D + 3]
  const ed = t[D] + 4.0 * t[D + 1] + 9.0 * t[D + 2] + 16.0 * t[D + 3]

  numerator(scaled, 1.3530, 1.8151, -0.3531, 0.0902, out)
  const p0 = t[N], p1 = t[N + 1], p2 = t[N + 2], p3 = t[N + 3]
  const sn0 = p0 + p1 + p2 + p3
  const dn0 = p1 + 2.0 * p2 + 3.0 * p3
  const en0 = p1 + 4.0 * p2 + 9.0 * p3
  numerator(scaled, -1.3563, 5.2318, 0.3446, -2.2355, out)
  const q0 = t[N], q1 = t[N + 1], q2 = t[N + 2], q3 = t[N + 3]
  const sn2 = q0 + q1 + q2 + q3
  const dn2 = q1 + 2.0 * q2 + 3.0 * q3
  const en2 = q1 + 4.0 * q2 + 9.0 * q3

  const beta = -(2.0 * sn2 - sd * q0) / (2.0 * sn0 - sd * p0)
  const sn = sn2 + beta * sn0
  const dn = dn2 + beta * dn0
  const en = en2 + beta * en0
  let alpha = en * sd * sd - ed * sn * sd - 2.0 * dn * dd * sd + 2.0 * dd * dd * sn
  alpha /= sd * sd * sd
  const scale = sigma * sigma / alpha
  t[N] = (q0 + beta * p0) * scale
  t[N + 1] = (q1 + beta * p1) * scale
  t[N + 2] = (q2 + beta * p2) * scale
  t[N + 3] = (q3 + beta * p3) * scale
  derived(t)
}

@inline function sumD(t: F64s): f64 { return 1.0 + t[D] + t[D + 1] + t[D + 2] + t[D + 3] }

function denominator(scaled: f64, out: usize): void {
  const t = changetype<F64s>(out)
  const cos1 = Math.cos(0.6681 / scaled)
  const cos2 = Math.cos(2.0787 / scaled)
  const exp1 = Math.exp(-1.3932 / scaled)
  const exp2 = Math.exp(-1.3732 / scaled)
  t[D + 3] = exp1 * exp1 * exp2 * exp2
  t[D + 2] = -2.0 * cos1 * exp1 * exp2 * exp2 + -2.0 * cos2 * exp2 * exp1 * exp1
  t[D + 1] = 4.0 * cos2 * cos1 * exp1 * exp2 + (exp1 * exp1 + exp2 * exp2)
  t[D] = -2.0 * (exp2 * cos2 + exp1 * cos1)
}

function numerator(scaled: f64, a1: f64, b1: f64, a2: f64, b2: f64, out: usize): void {
  const t = changetype<F64s>(out)
  const sin1 = Math.sin(0.6681 / scaled)
  const sin2 = Math.sin(2.0787 / scaled)
  const cos1 = Math.cos(0.6681 / scaled)
  const cos2 = Math.cos(2.0787 / scaled)
  const exp1 = Math.exp(-1.3932 / scaled)
  const exp2 = Math.exp(-1.3732 / scaled)
  t[N] = a1 + a2
  t[N + 1] = exp2 * (b2 * sin2 - (a2 + 2.0 * a1) * cos2) + exp1 * (b1 * sin1 - (a1 + 2.0 * a2) * cos1)
  t[N + 2] = ((a1 + a2) * cos2 * cos1 - (b1 * cos2 * sin1 + b2 * cos1 * sin2)) * (2.0 * exp1 * exp2) + (a2 * exp1 * exp1 + a1 * exp2 * exp2)
  t[N + 3] = exp2 * exp1 * exp1 * (b2 * sin2 - a2 * cos2) + exp1 * exp2 * exp2 * (b1 * sin1 - a1 * cos1)
}

/** The anti-causal half of a symmetric filter, and what continues a line by its end values. */
function derived(t: F64s): void {
  const n0 = t[N]
  for (let k = 0; k < 3; k++) t[M + k] = t[N + k + 1] - t[D + k] * n0
  t[M + 3] = -t[D + 3] * n0
  const sn = n0 + t[N + 1] + t[N + 2] + t[N + 3]
  const sm = t[M] + t[M + 1] + t[M + 2] + t[M + 3]
  const sd = sumD(t)
  for (let k = 0; k < 4; k++) {
    t[BN + k] = t[D + k] * sn / sd
    t[BM + k] = t[D + k] * sm / sd
  }
}

// Lines

/** One pass along an axis, eight lines at a time; `source` may be `target`. */
function filterAxis<T>(source: usize, target: usize, nx: i32, ny: i32, nz: i32, axis: i32, coefficients: usize, lines: usize): void {
  if (axis == 0) {
    for (let first = 0, end = ny * nz; first < end; first += lanes) filterLines<T>(source, target, first * nx, nx, 1, min(lanes, end - first), nx, coefficients, lines)
  } else if (axis == 1) {
    for (let z = 0; z < nz; z++) {
      for (let x = 0; x < nx; x += lanes) filterLines<T>(source, target, z * nx * ny + x, 1, nx, min(lanes, nx - x), ny, coefficients, lines)
    }
  } else {
    for (let first = 0, end = nx * ny; first < end; first += lanes) filterLines<T>(source, target, first, 1, nx * ny, min(lanes, end - first), nz, coefficients, lines)
  }
}

/** @param start index of the first sample of the first line; lines are `across` apart, samples `along`. */
function filterLines<T>(source: usize, target: usize, start: i32, across: i32, along: i32, count: i32, length: i32, coefficients: usize, lines: usize): void {
  const data = lines + <usize>front * row
  const end = data + <usize>length * row
  const causal = end + <usize>behind * row
  const antiCausal = causal + <usize>length * row
  if (count < lanes) memory.fill(data, 0, <usize>length * row)
  if (across == 1 && count == lanes) gatherRows<T>(source, start, along, length, data)
  else gatherLines<T>(source, start, across, along, count, length, data)
  for (let k: usize = 1; k <= <usize>front; k++) memory.copy(data - k * row, data, row)
  for (let k: usize = 0; k < <usize>behind; k++) memory.copy(end + k * row, end - row, row)

  runCausal(data, causal, length, coefficients)
  runAntiCausal(data, antiCausal, length, coefficients)
  if (across == 1 && count == lanes) scatterRows(causal, antiCausal, start, along, length, target)
  else scatterLines(causal, antiCausal, start, across, along, count, length, target)
}

function gatherLines<T>(source: usize, start: i32, across: i32, along: i32, count: i32, length: i32, data: usize): void {
  const size = sizeof<T>()
  const step = <usize>along * size
  const next = <usize>across * size
  let from = source + <usize>start * size
  for (let to = data, end = data + <usize>length * row; to < end; to += row) {
    let at = from
    for (let lane = 0; lane < count; lane++) {
      store<f64>(to + (<usize>lane << 3), size == 8 ? load<f64>(at) : <f64>load<f32>(at))
      at += next
    }
    from += step
  }
}

function gatherRows<T>(source: usize, start: i32, along: i32, length: i32, data: usize): void {
  const shift: usize = sizeof<T>() == 8 ? 3 : 2
  let from = source + (<usize>start << shift)
  const step = <usize>along << shift
  for (let to = data, end = data + <usize>length * row; to < end; to += row) {
    if (sizeof<T>() == 8) {
      v128.store(to, v128.load(from))
      v128.store(to, v128.load(from, 16), 16)
      v128.store(to, v128.load(from, 32), 32)
      v128.store(to, v128.load(from, 48), 48)
    } else {
      v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from)))
      v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from, 8)), 16)
      v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from, 16)), 32)
      v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from, 24)), 48)
    }
    from += step
  }
}

function scatterLines(causal: usize, antiCausal: usize, start: i32, across: i32, along: i32, count: i32, length: i32, target: usize): void {
  const step = <usize>along << 2
  const next = <usize>across << 2
  let to = target + (<usize>start << 2)
  for (let i: usize = 0, end = <usize>length * row; i < end; i += row) {
    let at = to
    for (let lane: usize = 0; lane < <usize>count << 3; lane += 8) {
      store<f32>(at, <f32>(load<f64>(causal + i + lane) + load<f64>(antiCausal + i + lane)))
      at += next
    }
    to += step
  }
}

function scatterRows(causal: usize, antiCausal: usize, start: i32, along: i32, length: i32, target: usize): void {
  let to = target + (<usize>start << 2)
  const step = <usize>along << 2
  for (let at: usize = 0, end = <usize>length * row; at < end; at += row) {
    const c = causal + at
    const a = antiCausal + at
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.add(v128.load(c), v128.load(a))), 0)
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.add(v128.load(c, 16), v128.load(a, 16))), 0, 8)
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.add(v128.load(c, 32), v128.load(a, 32))), 0, 16)
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.add(v128.load(c, 48), v128.load(a, 48))), 0, 24)
    to += step
  }
}

@inline function splat(coefficients: usize, k: i32): v128 { return v128.load64_splat(coefficients + (<usize>k << 3)) }

@inline function weighted(a1: v128, b1: v128, a2: v128, b2: v128, a3: v128, b3: v128, a4: v128, b4: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.add(f64x2.mul(a1, b1), f64x2.mul(a2, b2)), f64x2.mul(a3, b3)), f64x2.mul(a4, b4))
}

@inline function stepCausal(x: usize, y: usize, n0: v128, n1: v128, n2: v128, n3: v128, d1: v128, d2: v128, d3: v128, d4: v128): void {
  const moving = weighted(v128.load(x), n0, v128.load(x - row), n1, v128.load(x - 2 * row), n2, v128.load(x - 3 * row), n3)
  const fed = weighted(v128.load(y - row), d1, v128.load(y - 2 * row), d2, v128.load(y - 3 * row), d3, v128.load(y - 4 * row), d4)
  v128.store(y, f64x2.sub(moving, fed))
}

@inline function stepAntiCausal(x: usize, y: usize, m1: v128, m2: v128, m3: v128, m4: v128, d1: v128, d2: v128, d3: v128, d4: v128): void {
  const moving = weighted(v128.load(x, row), m1, v128.load(x, 2 * row), m2, v128.load(x, 3 * row), m3, v128.load(x, 4 * row), m4)
  const fed = weighted(v128.load(y, row), d1, v128.load(y, 2 * row), d2, v128.load(y, 3 * row), d3, v128.load(y, 4 * row), d4)
  v128.store(y, f64x2.sub(moving, fed))
}

/** y[i] = sum n[k] x[i-k] - sum d[k] y[i-k]; before the start x is the first sample and y what that would give for ever. */
function runCausal(data: usize, y: usize, length: i32, coefficients: usize): void {
  const n0 = splat(coefficients, N), n1 = splat(coefficients, N + 1), n2 = splat(coefficients, N + 2), n3 = splat(coefficients, N + 3)
  const d1 = splat(coefficients, D), d2 = splat(coefficients, D + 1), d3 = splat(coefficients, D + 2), d4 = splat(coefficients, D + 3)
  const b1 = splat(coefficients, BN), b2 = splat(coefficients, BN + 1), b3 = splat(coefficients, BN + 2), b4 = splat(coefficients, BN + 3)
  for (let pair: usize = 0; pair < row; pair += 16) {
    const first = v128.load(data + pair)
    for (let i: usize = 0; i < 4; i++) {
      const x = data + i * row + pair
      const to = y + i * row + pair
      const moving = weighted(v128.load(x), n0, v128.load(x - row), n1, v128.load(x - 2 * row), n2, v128.load(x - 3 * row), n3)
      const fed = weighted(
        i > 0 ? v128.load(to - row) : first, i > 0 ? d1 : b1,
        i > 1 ? v128.load(to - 2 * row) : first, i > 1 ? d2 : b2,
        i > 2 ? v128.load(to - 3 * row) : first, i > 2 ? d3 : b3,
        first, b4,
      )
      v128.store(to, f64x2.sub(moving, fed))
    }
  }
  for (let x = data + 4 * row, to = y + 4 * row, end = data + <usize>length * row; x < end; x += row, to += row) {
    stepCausal(x, to, n0, n1, n2, n3, d1, d2, d3, d4)
    stepCausal(x + 16, to + 16, n0, n1, n2, n3, d1, d2, d3, d4)
    stepCausal(x + 32, to + 32, n0, n1, n2, n3, d1, d2, d3, d4)
    stepCausal(x + 48, to + 48, n0, n1, n2, n3, d1, d2, d3, d4)
  }
}

/** y[i] = sum m[k] x[i+k] - sum d[k] y[i+k], k from 1; behind the end as in `runCausal`. */
function runAntiCausal(data: usize, y: usize, length: i32, coefficients: usize): void {
  const m1 = splat(coefficients, M), m2 = splat(coefficients, M + 1), m3 = splat(coefficients, M + 2), m4 = splat(coefficients, M + 3)
  const d1 = splat(coefficients, D), d2 = splat(coefficients, D + 1), d3 = splat(coefficients, D + 2), d4 = splat(coefficients, D + 3)
  const b1 = splat(coefficients, BM), b2 = splat(coefficients, BM + 1), b3 = splat(coefficients, BM + 2), b4 = splat(coefficients, BM + 3)
  const last = data + <usize>(length - 1) * row
  const lastY = y + <usize>(length - 1) * row
  for (let pair: usize = 0; pair < row; pair += 16) {
    const final = v128.load(last + pair)
    for (let i: usize = 0; i < 4; i++) {
      const x = last - i * row + pair
      const to = lastY - i * row + pair
      const moving = weighted(v128.load(x + row), m1, v128.load(x + 2 * row), m2, v128.load(x + 3 * row), m3, v128.load(x + 4 * row), m4)
      const fed = weighted(
        i > 0 ? v128.load(to + row) : final, i > 0 ? d1 : b1,
        i > 1 ? v128.load(to + 2 * row) : final, i > 1 ? d2 : b2,
        i > 2 ? v128.load(to + 3 * row) : final, i > 2 ? d3 : b3,
        final, b4,
      )
      v128.store(to, f64x2.sub(moving, fed))
    }
  }
  for (let x = last - 4 * row, to = lastY - 4 * row; x >= data; x -= row, to -= row) {
    stepAntiCausal(x, to, m1, m2, m3, m4, d1, d2, d3, d4)
    stepAntiCausal(x + 16, to + 16, m1, m2, m3, m4, d1, d2, d3, d4)
    stepAntiCausal(x + 32, to + 32, m1, m2, m3, m4, d1, d2, d3, d4)
    stepAntiCausal(x + 48, to + 48, m1, m2, m3, m4, d1, d2, d3, d4)
  }
}
