import { F64s, I32s } from './views'

const zero: i32 = 0
const nearest: i32 = 1
const periodic: i32 = 2

/** The voxel of a line of n that stands for the one at i: -1 where the line ends in zeros; mirrored with the outermost voxel twice. */
@inline
export function inside(i: i32, n: i32, boundary: i32): i32 {
  if (i >= 0 && i < n) return i
  if (boundary == zero) return -1
  if (boundary == nearest) return i < 0 ? 0 : n - 1
  if (boundary == periodic) return ((i % n) + n) % n
  const twice = ((i % (2 * n)) + 2 * n) % (2 * n)
  return twice < n ? twice : 2 * n - 1 - twice
}

/** target += weight * source, over `count` numbers. */
@inline
function accumulate(target: usize, source: usize, count: i32, weight: f64): void {
  const even = <usize>(count & ~1) << 3
  const both = f64x2.splat(weight)
  for (let at: usize = 0; at < even; at += 16) {
    v128.store(target + at, f64x2.add(v128.load(target + at), f64x2.mul(both, v128.load(source + at))))
  }
  if (count & 1) store<f64>(target + even, load<f64>(target + even) + weight * load<f64>(source + even))
}

/**
 * Sums of the voxels along an axis at given offsets, weighted: target(i) = sum of weights[t] source(i + offsets[t]).
 * @param axis 0 = x; @param boundary 0 zeros, 1 the nearest voxel, 2 periodic, 3 mirrored with the outermost voxel twice
 * @param offsets int32; @param reach of the greatest of them; @param scratch 8 * (nx + 2 * reach) bytes
 */
export function convolveAxis(
  source: usize, nx: i32, ny: i32, nz: i32, axis: i32, weights: usize, offsets: usize, taps: i32, reach: i32, boundary: i32, scratch: usize, target: usize,
): void {
  const weight = changetype<F64s>(weights)
  const offset = changetype<I32s>(offsets)
  const line = changetype<F64s>(scratch)
  memory.fill(target, 0, <usize>(nx * ny * nz) << 3)
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const to = target + (<usize>(nx * (y + ny * z)) << 3)
      if (axis == 0) {
        const from = changetype<F64s>(source + (<usize>(nx * (y + ny * z)) << 3))
        for (let x = -reach; x < nx + reach; x++) {
          const at = inside(x, nx, boundary)
          line[x + reach] = at < 0 ? 0 : from[at]
        }
        for (let t = 0; t < taps; t++) accumulate(to, scratch + (<usize>(reach + offset[t]) << 3), nx, weight[t])
        continue
      }
      for (let t = 0; t < taps; t++) {
        const row = axis == 1 ? inside(y + offset[t], ny, boundary) : y
        const slice = axis == 2 ? inside(z + offset[t], nz, boundary) : z
        if (row >= 0 && slice >= 0) accumulate(to, source + (<usize>(nx * (row + ny * slice)) << 3), nx, weight[t])
      }
    }
  }
}
