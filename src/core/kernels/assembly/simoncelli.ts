import { anyLengthScratch, anyLengthTables, prepareLength, transformLines } from './fourierOfAnyLength'
import { F64s } from './views'

/** Bytes of scratch for `simoncelli`. @param mx, my, mz 2^a 3^b, at least 2 n - 1 */
export function simoncelliScratch(nx: i32, ny: i32, nz: i32, mx: i32, my: i32, mz: i32): usize {
  const tables = anyLengthTables(nx, mx) + anyLengthTables(ny, my) + anyLengthTables(nz, mz)
  return (<usize>(nx * ny * nz) << 4) + tables + anyLengthScratch(max(mx, max(my, mz)))
}

/**
 * Response to Simoncelli's band-pass of a level (from 1), by the Fourier transform of the image as it is, which continues it periodically.
 * Frequencies nu, as parts of the highest, are weighted with cos(pi / 2 log2(2 nu / top)) from top / 4 to top = 2^(1 - level), the
 * others not at all. An axis of n voxels has n frequencies from -1 to 1, both ends among them; an axis of one voxel is none.
 * @param mx, my, mz 2^a 3^b, at least 2 n - 1
 */
export function simoncelli(
  source: usize, nx: i32, ny: i32, nz: i32, level: i32, mx: i32, my: i32, mz: i32, scratch: usize, target: usize,
): void {
  const slice = nx * ny
  const bytes = <usize>(slice * nz) << 3
  const re = scratch, im = re + bytes
  const ofX = im + bytes
  const ofY = ofX + anyLengthTables(nx, mx)
  const ofZ = ofY + anyLengthTables(ny, my)
  const lines = ofZ + anyLengthTables(nz, mz)
  prepareLength(nx, mx, ofX)
  prepareLength(ny, my, ofY)
  prepareLength(nz, mz, ofZ)
  memory.copy(re, source, bytes)
  memory.fill(im, 0, bytes)
  transformLines(re, im, nx, 1, ny * nz, nx, mx, ofX, lines)
  for (let z = 0; z < nz; z++) {
    const start = <usize>(slice * z) << 3
    transformLines(re + start, im + start, ny, nx, nx, 1, my, ofY, lines)
  }
  if (nz > 1) transformLines(re, im, nz, slice, slice, 1, mz, ofZ, lines)

  const real = changetype<F64s>(re), imaginary = changetype<F64s>(im)
  const top = 1 / f64(1 << (level - 1))
  const scale = 1 / (f64(nx) * f64(ny) * f64(nz))
  for (let z = 0; z < nz; z++) {
    const w = frequency(z, nz)
    for (let y = 0; y < ny; y++) {
      const v = frequency(y, ny)
      const start = nx * (y + ny * z)
      for (let x = 0; x < nx; x++) {
        const u = frequency(x, nx)
        const nu = sqrt(u * u + v * v + w * w)
        const weight = nu >= top / 4 && nu <= top ? Math.cos(0.5 * Math.PI * Math.log2(2 * nu / top)) * scale : 0
        real[start + x] = real[start + x] * weight
        imaginary[start + x] = imaginary[start + x] * weight
      }
    }
  }

  // The way back: imaginary part before real part.
  if (nz > 1) transformLines(im, re, nz, slice, slice, 1, mz, ofZ, lines)
  for (let z = 0; z < nz; z++) {
    const start = <usize>(slice * z) << 3
    transformLines(im + start, re + start, ny, nx, nx, 1, my, ofY, lines)
  }
  transformLines(im, re, nx, 1, ny * nz, nx, mx, ofX, lines)
  memory.copy(target, re, bytes)
}

/** Of place k of n, in the order of the transform: 0 and the positive ones, then the negative ones. */
@inline
function frequency(k: i32, n: i32): f64 {
  if (n == 1) return 0
  const signed = k < (n + 1) >> 1 ? k : k - n
  return f64(2 * signed + (n & 1 ? 0 : 1)) / f64(n - 1)
}
