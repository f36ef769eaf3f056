import { F64s } from './views'

// Fourier transforms of complex numbers whose real and imaginary parts lie in arrays of their own, in place, for lengths 2^a 3^b. The
// forward one leaves the frequencies in the order of its own steps, the backward one takes them in that order: whoever multiplies
// two spectra needs no other.

/** Cosines and sines of -2 pi k / n, k = 0 .. n - 1. @param target 16 n bytes: cosines, then sines */
export function fourierTwiddles(n: i32, target: usize): void {
  const cosine = changetype<F64s>(target)
  const sine = changetype<F64s>(target + (<usize>n << 3))
  for (let k = 0; k < n; k++) {
    const angle = (-2 * Math.PI * f64(k)) / f64(n)
    cosine[k] = Math.cos(angle)
    sine[k] = Math.sin(angle)
  }
}

const half: f64 = 0.5
const rootOfThreeQuarters: f64 = 0.8660254037844386

/**
 * Transforms `width` numbers beside each other at once: number k of each stands `stride` numbers behind number k - 1.
 * @param re, im of the first number, float64
 */
export function fourierForward(re: usize, im: usize, n: i32, stride: i32, width: i32, twiddles: usize): void {
  let length = n
  for (; length % 3 == 0; length /= 3) {
    const m = length / 3
    for (let start = 0; start < n; start += length) {
      for (let j = 0; j < m; j++) splitThree(re, im, start + j, m, stride, width, n, j * (n / length), twiddles)
    }
  }
  for (; length > 1; length >>= 1) {
    const m = length >> 1
    for (let start = 0; start < n; start += length) {
      for (let j = 0; j < m; j++) splitTwo(re, im, start + j, m, stride, width, n, j * (n / length), twiddles)
    }
  }
}

/** The way back, n times what went in. */
export function fourierBackward(re: usize, im: usize, n: i32, stride: i32, width: i32, twiddles: usize): void {
  let odd = n
  while (odd % 2 == 0) odd >>= 1
  for (let length = 2; length <= n / odd; length <<= 1) {
    const m = length >> 1
    for (let start = 0; start < n; start += length) {
      for (let j = 0; j < m; j++) joinTwo(re, im, start + j, m, stride, width, n, j * (n / length), twiddles)
    }
  }
  for (let length = (n / odd) * 3; length <= n; length *= 3) {
    const m = length / 3
    for (let start = 0; start < n; start += length) {
      for (let j = 0; j < m; j++) joinThree(re, im, start + j, m, stride, width, n, j * (n / length), twiddles)
    }
  }
}

@inline
function pair(x: f64): v128 {
  return f64x2.splat(x)
}

/** Where number k of the first line stands. */
@inline
function rowAt(array: usize, k: i32, stride: i32): usize {
  return array + (<usize>(k * stride) << 3)
}

@inline
function splitTwo(re: usize, im: usize, k: i32, m: i32, stride: i32, width: i32, n: i32, t: i32, twiddles: usize): void {
  const c = load<f64>(twiddles + (<usize>t << 3)), s = load<f64>(twiddles + (<usize>(n + t) << 3))
  const ra = rowAt(re, k, stride), ia = rowAt(im, k, stride)
  const rb = rowAt(re, k + m, stride), ib = rowAt(im, k + m, stride)
  const cc = pair(c), ss = pair(s)
  const even = <usize>(width & ~1) << 3
  for (let x: usize = 0; x < even; x += 16) {
    const ar = v128.load(ra + x), ai = v128.load(ia + x), br = v128.load(rb + x), bi = v128.load(ib + x)
    const dr = f64x2.sub(ar, br), di = f64x2.sub(ai, bi)
    v128.store(ra + x, f64x2.add(ar, br))
    v128.store(ia + x, f64x2.add(ai, bi))
    v128.store(rb + x, f64x2.sub(f64x2.mul(dr, cc), f64x2.mul(di, ss)))
    v128.store(ib + x, f64x2.add(f64x2.mul(dr, ss), f64x2.mul(di, cc)))
  }
  if (width & 1) {
    const ar = load<f64>(ra + even), ai = load<f64>(ia + even), br = load<f64>(rb + even), bi = load<f64>(ib + even)
    const dr = ar - br, di = ai - bi
    store<f64>(ra + even, ar + br)
    store<f64>(ia + even, ai + bi)
    store<f64>(rb + even, dr * c - di * s)
    store<f64>(ib + even, dr * s + di * c)
  }
}

@inline
function joinTwo(re: usize, im: usize, k: i32, m: i32, stride: i32, width: i32, n: i32, t: i32, twiddles: usize): void {
  const c = load<f64>(twiddles + (<usize>t << 3)), s = -load<f64>(twiddles + (<usize>(n + t) << 3))
  const ra = rowAt(re, k, stride), ia = rowAt(im, k, stride)
  const rb = rowAt(re, k + m, stride), ib = rowAt(im, k + m, stride)
  const cc = pair(c), ss = pair(s)
  const even = <usize>(width & ~1) << 3
  for (let x: usize = 0; x < even; x += 16) {
    const ar = v128.load(ra + x), ai = v128.load(ia + x), yr = v128.load(rb + x), yi = v128.load(ib + x)
    const br = f64x2.sub(f64x2.mul(yr, cc), f64x2.mul(yi, ss)), bi = f64x2.add(f64x2.mul(yr, ss), f64x2.mul(yi, cc))
    v128.store(ra + x, f64x2.add(ar, br))
    v128.store(ia + x, f64x2.add(ai, bi))
    v128.store(rb + x, f64x2.sub(ar, br))
    v128.store(ib + x, f64x2.sub(ai, bi))
  }
  if (width & 1) {
    const ar = load<f64>(ra + even), ai = load<f64>(ia + even), yr = load<f64>(rb + even), yi = load<f64>(ib + even)
    const br = yr * c - yi * s, bi = yr * s + yi * c
    store<f64>(ra + even, ar + br)
    store<f64>(ia + even, ai + bi)
    store<f64>(rb + even, ar - br)
    store<f64>(ib + even, ai - bi)
  }
}

function splitThree(re: usize, im: usize, k: i32, m: i32, stride: i32, width: i32, n: i32, t: i32, twiddles: usize): void {
  const second = (2 * t) % n
  const c1 = load<f64>(twiddles + (<usize>t << 3)), s1 = load<f64>(twiddles + (<usize>(n + t) << 3))
  const c2 = load<f64>(twiddles + (<usize>second << 3)), s2 = load<f64>(twiddles + (<usize>(n + second) << 3))
  const ra = rowAt(re, k, stride), ia = rowAt(im, k, stride)
  const rb = rowAt(re, k + m, stride), ib = rowAt(im, k + m, stride)
  const rc = rowAt(re, k + 2 * m, stride), ic = rowAt(im, k + 2 * m, stride)
  for (let x: usize = 0; x < <usize>width << 3; x += 8) {
    const ar = load<f64>(ra + x), ai = load<f64>(ia + x)
    const br = load<f64>(rb + x), bi = load<f64>(ib + x), cr = load<f64>(rc + x), ci = load<f64>(ic + x)
    const sr = br + cr, si = bi + ci
    const dr = rootOfThreeQuarters * (bi - ci), di = -rootOfThreeQuarters * (br - cr)
    const mr = ar - half * sr, mi = ai - half * si
    const ur = mr + dr, ui = mi + di, vr = mr - dr, vi = mi - di
    store<f64>(ra + x, ar + sr)
    store<f64>(ia + x, ai + si)
    store<f64>(rb + x, ur * c1 - ui * s1)
    store<f64>(ib + x, ur * s1 + ui * c1)
    store<f64>(rc + x, vr * c2 - vi * s2)
    store<f64>(ic + x, vr * s2 + vi * c2)
  }
}

function joinThree(re: usize, im: usize, k: i32, m: i32, stride: i32, width: i32, n: i32, t: i32, twiddles: usize): void {
  const second = (2 * t) % n
  const c1 = load<f64>(twiddles + (<usize>t << 3)), s1 = -load<f64>(twiddles + (<usize>(n + t) << 3))
  const c2 = load<f64>(twiddles + (<usize>second << 3)), s2 = -load<f64>(twiddles + (<usize>(n + second) << 3))
  const ra = rowAt(re, k, stride), ia = rowAt(im, k, stride)
  const rb = rowAt(re, k + m, stride), ib = rowAt(im, k + m, stride)
  const rc = rowAt(re, k + 2 * m, stride), ic = rowAt(im, k + 2 * m, stride)
  for (let x: usize = 0; x < <usize>width << 3; x += 8) {
    const ar = load<f64>(ra + x), ai = load<f64>(ia + x)
    const yr = load<f64>(rb + x), yi = load<f64>(ib + x), zr = load<f64>(rc + x), zi = load<f64>(ic + x)
    const br = yr * c1 - yi * s1, bi = yr * s1 + yi * c1, cr = zr * c2 - zi * s2, ci = zr * s2 + zi * c2
    const sr = br + cr, si = bi + ci
    const dr = -rootOfThreeQuarters * (bi - ci), di = rootOfThreeQuarters * (br - cr)
    const mr = ar - half * sr, mi = ai - half * si
    store<f64>(ra + x, ar + sr)
    store<f64>(ia + x, ai + si)
    store<f64>(rb + x, mr + dr)
    store<f64>(ib + x, mi + di)
    store<f64>(rc + x, mr - dr)
    store<f64>(ic + x, mi - di)
  }
}
