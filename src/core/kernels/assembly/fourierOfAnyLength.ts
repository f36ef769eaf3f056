import { fourierBackward, fourierForward, fourierTwiddles } from './fourier'
import { F64s } from './views'

// Fourier transforms of any length n, in place, with frequencies in their order (Bluestein 1970): the transform is a convolution with a
// chirp, exp(i pi k^2 / n), which transforms of a length m = 2^a 3^b of at least 2 n - 1 make. The way back is the same with real and
// imaginary part changed over, n times what went in.

/** Lines that are transformed side by side. */
const together: i32 = 16

/** Bytes of tables for transforms of length n through those of length m. */
export function anyLengthTables(n: i32, m: i32): usize {
  return (<usize>n << 4) + (<usize>m << 5)
}

/** Bytes of scratch for `transformLines` through a length m. */
export function anyLengthScratch(m: i32): usize {
  return <usize>(m * together) << 4
}

/** Fills the tables: chirp (cosines, sines), its spectrum over m (real, imaginary parts), twiddles of m. */
export function prepareLength(n: i32, m: i32, tables: usize): void {
  const chirpRe = changetype<F64s>(tables), chirpIm = changetype<F64s>(tables + (<usize>n << 3))
  const spectrum = tables + (<usize>n << 4)
  const re = changetype<F64s>(spectrum), im = changetype<F64s>(spectrum + (<usize>m << 3))
  const twiddles = spectrum + (<usize>m << 4)
  fourierTwiddles(m, twiddles)
  memory.fill(spectrum, 0, <usize>m << 4)
  for (let k = 0; k < n; k++) {
    const angle = (Math.PI * f64((<i64>k * <i64>k) % (2 * <i64>n))) / f64(n)
    const c = Math.cos(angle), s = Math.sin(angle)
    chirpRe[k] = c
    chirpIm[k] = s
    re[k] = c
    im[k] = s
    if (k > 0) {
      re[m - k] = c
      im[m - k] = s
    }
  }
  fourierForward(spectrum, spectrum + (<usize>m << 3), m, 1, 1, twiddles)
}

/** Transforms `count` lines of n numbers, `stride` numbers apart in a line, the lines' first ones `between` apart. */
export function transformLines(
  re: usize, im: usize, n: i32, stride: i32, count: i32, between: i32, m: i32, tables: usize, scratch: usize,
): void {
  for (let first = 0; first < count; first += together) {
    const width = min(together, count - first)
    const from = <usize>(first * between) << 3
    transformTogether(re + from, im + from, n, stride, width, between, m, tables, scratch)
  }
}

function transformTogether(
  re: usize, im: usize, n: i32, stride: i32, width: i32, between: i32, m: i32, tables: usize, scratch: usize,
): void {
  const chirpRe = changetype<F64s>(tables), chirpIm = changetype<F64s>(tables + (<usize>n << 3))
  const spectrum = tables + (<usize>n << 4)
  const twiddles = spectrum + (<usize>m << 4)
  const ofRe = changetype<F64s>(spectrum), ofIm = changetype<F64s>(spectrum + (<usize>m << 3))
  const bytes = <usize>(m * width) << 3
  const workRe = changetype<F64s>(scratch), workIm = changetype<F64s>(scratch + bytes)
  const real = changetype<F64s>(re), imaginary = changetype<F64s>(im)
  for (let k = 0; k < n; k++) {
    const c = chirpRe[k], s = chirpIm[k]
    for (let i = 0; i < width; i++) {
      const x = real[k * stride + i * between], y = imaginary[k * stride + i * between]
      workRe[k * width + i] = x * c + y * s
      workIm[k * width + i] = y * c - x * s
    }
  }
  const used = <usize>(n * width) << 3
  memory.fill(scratch + used, 0, bytes - used)
  memory.fill(scratch + bytes + used, 0, bytes - used)
  fourierForward(scratch, scratch + bytes, m, width, width, twiddles)
  for (let k = 0; k < m; k++) {
    const c = ofRe[k], s = ofIm[k]
    for (let i = k * width; i < (k + 1) * width; i++) {
      const x = workRe[i], y = workIm[i]
      workRe[i] = x * c - y * s
      workIm[i] = x * s + y * c
    }
  }
  fourierBackward(scratch, scratch + bytes, m, width, width, twiddles)
  const scale = 1 / f64(m)
  for (let k = 0; k < n; k++) {
    const c = chirpRe[k] * scale, s = chirpIm[k] * scale
    for (let i = 0; i < width; i++) {
      const x = workRe[k * width + i], y = workIm[k * width + i]
      real[k * stride + i * between] = x * c + y * s
      imaginary[k * stride + i * between] = y * c - x * s
    }
  }
}
