import { F64s } from './views'

/*
 * One axis of the stationary wavelet transform (level 1, undilated filter, periodic), in PyWavelets's order of summation, so that
 * float64 sub-bands have its bits. float32 images are filtered in float32 there; here they stay float64 values that are
 * rounded to float32 after every operation, which gives the same numbers.
 *
 * A tap is 16 bytes: the address of its first voxel (u32, 4 bytes unused) and its coefficient (f64).
 */
const tapShift: usize = 4

@inline
function addProduct<T>(sum: f64, value: f64, coefficient: f64): f64 {
  if (sizeof<T>() == 8) return sum + value * coefficient
  return <f64>(<f32>sum + <f32>value * <f32>coefficient)
}

@inline
function addProduct2<T>(sum: v128, value: v128, coefficient: v128): v128 {
  if (sizeof<T>() == 8) return f64x2.add(sum, f64x2.mul(value, coefficient))
  const product = roundToSingle(f64x2.mul(value, coefficient))
  return roundToSingle(f64x2.add(sum, product))
}

@inline
function roundToSingle(v: v128): v128 { return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(v)) }

/** target[i] = sum over the taps of tap.voxel[i] * tap.coefficient, for `count` neighbours along x. */
function filterRow<T>(taps: usize, length: i32, count: i32, target: usize): void {
  const end = taps + (<usize>length << tapShift)
  let i: usize = 0
  const bytes = <usize>count << 3
  for (; i + 64 <= bytes; i += 64) {
    let a = f64x2.splat(0), b = a, c = a, d = a
    for (let tap = taps; tap < end; tap += 16) {
      const from = <usize>load<u32>(tap) + i
      const w = v128.load64_splat(tap, 8)
      a = addProduct2<T>(a, v128.load(from), w)
      b = addProduct2<T>(b, v128.load(from, 16), w)
      c = addProduct2<T>(c, v128.load(from, 32), w)
      d = addProduct2<T>(d, v128.load(from, 48), w)
    }
    v128.store(target + i, a)
    v128.store(target + i, b, 16)
    v128.store(target + i, c, 32)
    v128.store(target + i, d, 48)
  }
  for (; i + 16 <= bytes; i += 16) {
    let a = f64x2.splat(0)
    for (let tap = taps; tap < end; tap += 16) a = addProduct2<T>(a, v128.load(<usize>load<u32>(tap) + i), v128.load64_splat(tap, 8))
    v128.store(target + i, a)
  }
  for (; i < bytes; i += 8) {
    let a: f64 = 0
    for (let tap = taps; tap < end; tap += 16) a = addProduct<T>(a, load<f64>(<usize>load<u32>(tap) + i), load<f64>(tap, 8))
    store<f64>(target + i, a)
  }
}

/**
 * Taps of output `p` on an axis of n voxels, `stride` bytes apart from `base` on. PyWavelets goes through the filter upwards, but
 * takes the part that reaches past the end of the axis first, and that part downwards.
 */
function setTaps(taps: usize, filter: F64s, length: i32, p: i32, n: i32, base: usize, stride: usize): void {
  const i = p + length / 2
  let tap = taps
  for (let f = i - n; f >= 0; f--) {
    store<u32>(tap, <u32>(base + <usize>((i - f) % n) * stride))
    store<f64>(tap, filter[f], 8)
    tap += 16
  }
  for (let f = max(0, i - n + 1); f < length; f++) {
    store<u32>(tap, <u32>(base + <usize>(((i - f) % n + n) % n) * stride))
    store<f64>(tap, filter[f], 8)
    tap += 16
  }
}

@inline
function convolve<T>(
  source: usize, nx: i32, ny: i32, nz: i32, axis: i32, filter: usize, length: i32, scratch: usize, target: usize, mx: i32, my: i32, mz: i32,
): void {
  const coefficients = changetype<F64s>(filter)
  const taps = scratch
  const row = <usize>nx << 3, plane = row * <usize>ny
  const targetRow = <usize>mx << 3
  let to = target
  if (axis == 2) {
    for (let z = 0; z < mz; z++) {
      for (let y = 0; y < my; y++) {
        setTaps(taps, coefficients, length, z, nz, source + <usize>y * row, plane)
        filterRow<T>(taps, length, mx, to)
        to += targetRow
      }
    }
    return
  }
  if (axis == 1) {
    for (let z = 0; z < mz; z++) {
      for (let y = 0; y < my; y++) {
        setTaps(taps, coefficients, length, y, ny, source + <usize>z * plane, row)
        filterRow<T>(taps, length, mx, to)
        to += targetRow
      }
    }
    return
  }
  // Along x: a copy of the line, continued to the left, serves all outputs that do not reach past its end.
  const line = scratch + (<usize>length << tapShift)
  const left = length - 1 - length / 2
  const regular = min(mx, max(0, nx - length / 2))
  for (let z = 0; z < mz; z++) {
    for (let y = 0; y < my; y++) {
      const from = source + <usize>z * plane + <usize>y * row
      if (regular > 0) {
        for (let t = 0; t < left; t++) store<f64>(line + (<usize>t << 3), load<f64>(from + (<usize>(((t - left) % nx + nx) % nx) << 3)))
        memory.copy(line + (<usize>left << 3), from, row)
        for (let f = 0; f < length; f++) {
          store<u32>(taps + (<usize>f << tapShift), <u32>(line + (<usize>(length - 1 - f) << 3)))
          store<f64>(taps + (<usize>f << tapShift), coefficients[f], 8)
        }
        filterRow<T>(taps, length, regular, to)
      }
      for (let x = regular; x < mx; x++) {
        setTaps(taps, coefficients, length, x, nx, from, 8)
        filterRow<T>(taps, length, 1, to + (<usize>x << 3))
      }
      to += targetRow
    }
  }
}

/**
 * Filters an (nx, ny, nz) float64 image along one axis (0 = x) and writes the first (mx, my, mz) outputs.
 * `scratch` holds 16 * length + 8 * (nx + length) bytes.
 */
export function waveletConvolve64(
  source: usize, nx: i32, ny: i32, nz: i32, axis: i32, filter: usize, length: i32, scratch: usize, target: usize, mx: i32, my: i32, mz: i32,
): void {
  convolve<f64>(source, nx, ny, nz, axis, filter, length, scratch, target, mx, my, mz)
}

/** The same in float32 arithmetic; image and filter hold float32 values stored as float64. */
export function waveletConvolve32(
  source: usize, nx: i32, ny: i32, nz: i32, axis: i32, filter: usize, length: i32, scratch: usize, target: usize, mx: i32, my: i32, mz: i32,
): void {
  convolve<f32>(source, nx, ny, nz, axis, filter, length, scratch, target, mx, my, mz)
}

/** Extends an (nx, ny, nz) image to (mx, my, mz), at most one voxel more an axis, by its first voxel (wrap-around). */
export function padWrap(source: usize, nx: i32, ny: i32, nz: i32, target: usize, mx: i32, my: i32, mz: i32): void {
  const row = <usize>nx << 3
  let to = target
  for (let z = 0; z < mz; z++) {
    for (let y = 0; y < my; y++) {
      const from = source + row * (<usize>(y % ny) + <usize>ny * <usize>(z % nz))
      memory.copy(to, from, row)
      if (mx > nx) store<f64>(to + row, load<f64>(from))
      to += <usize>mx << 3
    }
  }
}
