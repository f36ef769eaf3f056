import { fourierBackward, fourierForward, fourierTwiddles } from './fourier'
import { F64s } from './views'

/**
 * What Moran's I and Geary's C are made of, with weights 1 / distance between all pairs of voxels (0 of a voxel with itself): the sums over
 * pairs are convolutions with the weights, made by Fourier transforms of a box (px, py, pz) at least 2 n - 1 large, of lengths 2^a 3^b.
 * Region and deviations go through one transform as real and imaginary part.
 * @param inside 1 in the region, 0 outside; @param deviation grey value minus mean in the region, 0 outside: (nx, ny, nz), float64
 * @param weights, re, im px py pz float64; twiddles: 16 (px + py + pz) bytes
 * @param out sums over voxels i and j of w(i,j), w(i,j) d(i) d(j), w(i,j) d(i)^2
 */
export function spatialSums(
  inside: usize, deviation: usize, nx: i32, ny: i32, nz: i32, sx: f64, sy: f64, sz: f64,
  px: i32, py: i32, pz: i32, weights: usize, re: usize, im: usize, twiddles: usize, out: usize,
): void {
  const ofX = twiddles
  const ofY = ofX + (<usize>px << 4)
  const ofZ = ofY + (<usize>py << 4)
  fourierTwiddles(px, ofX)
  fourierTwiddles(py, ofY)
  fourierTwiddles(pz, ofZ)
  transformWeights(weights, im, px, py, pz, sx, sy, sz, ofX, ofY, ofZ)

  const slice = px * py
  memory.fill(re, 0, <usize>(slice * pz) << 3)
  memory.fill(im, 0, <usize>(slice * pz) << 3)
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const from = <usize>(nx * (y + ny * z)) << 3
      const to = <usize>(px * (y + py * z)) << 3
      memory.copy(re + to, inside + from, <usize>nx << 3)
      memory.copy(im + to, deviation + from, <usize>nx << 3)
    }
  }
  // What lies outside the region is 0, before as after: lines that hold nothing else are passed over.
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) lines(re, im, px * (y + py * z), px, 1, 1, ofX)
    lines(re, im, slice * z, py, px, px, ofY)
  }
  const real = changetype<F64s>(re)
  const imaginary = changetype<F64s>(im)
  const weight = changetype<F64s>(weights)
  for (let y = 0; y < py; y++) {
    lines(re, im, px * y, pz, slice, px, ofZ)
    for (let z = 0; z < pz; z++) {
      for (let at = px * (y + py * z), end = at + px; at < end; at++) {
        const w = weight[at]
        real[at] = real[at] * w
        imaginary[at] = imaginary[at] * w
      }
    }
    fourierBackward(re + (<usize>(px * y) << 3), im + (<usize>(px * y) << 3), pz, slice, px, ofZ)
  }
  const scale = 1 / (f64(px) * f64(py) * f64(pz))
  const region = changetype<F64s>(inside)
  const deviations = changetype<F64s>(deviation)
  let sumWeights: f64 = 0, products: f64 = 0, squares: f64 = 0
  for (let z = 0; z < nz; z++) {
    const start = <usize>(slice * z) << 3
    fourierBackward(re + start, im + start, py, px, px, ofY)
    for (let y = 0; y < ny; y++) {
      const row = px * (y + py * z)
      fourierBackward(re + (<usize>row << 3), im + (<usize>row << 3), px, 1, 1, ofX)
      const from = nx * (y + ny * z)
      for (let x = 0; x < nx; x++) {
        const d = deviations[from + x]
        sumWeights += region[from + x] * real[row + x]
        products += d * imaginary[row + x]
        squares += d * d * real[row + x]
      }
    }
  }
  const result = changetype<F64s>(out)
  result[0] = sumWeights * scale
  result[1] = products * scale
  result[2] = squares * scale
}

@inline
function lines(re: usize, im: usize, first: i32, n: i32, stride: i32, width: i32, twiddles: usize): void {
  const start = <usize>first << 3
  fourierForward(re + start, im + start, n, stride, width, twiddles)
}

/** The spectrum of 1 / distance round the origin; it is even along every axis, so it is real, and rows that mirror others are copied. */
function transformWeights(
  weights: usize, im: usize, px: i32, py: i32, pz: i32, sx: f64, sy: f64, sz: f64, ofX: usize, ofY: usize, ofZ: usize,
): void {
  const weight = changetype<F64s>(weights)
  const slice = px * py
  memory.fill(im, 0, <usize>(slice * pz) << 3)
  for (let z = 0; z <= pz >> 1; z++) {
    for (let y = 0; y <= py >> 1; y++) {
      const row = px * (y + py * z)
      const across = f64(y) * sy * (f64(y) * sy) + f64(z) * sz * (f64(z) * sz)
      for (let x = 0; x < px; x++) {
        const along = f64(min(x, px - x)) * sx
        const squared = along * along + across
        weight[row + x] = squared > 0 ? 1 / sqrt(squared) : 0
      }
      lines(weights, im, row, px, 1, 1, ofX)
      const mirrored = px * ((y ? py - y : 0) + py * z)
      copyRow(weights, row, mirrored, px)
      copyRow(im, row, mirrored, px)
    }
    lines(weights, im, slice * z, py, px, px, ofY)
    const mirrored = slice * (z ? pz - z : 0)
    copyRow(weights, slice * z, mirrored, slice)
    copyRow(im, slice * z, mirrored, slice)
  }
  for (let y = 0; y < py; y++) lines(weights, im, px * y, pz, slice, px, ofZ)
}

@inline
function copyRow(array: usize, from: i32, to: i32, count: i32): void {
  if (from != to) memory.copy(array + (<usize>to << 3), array + (<usize>from << 3), <usize>count << 3)
}
