import { I32s, U8s } from './views'

/**
 * The median of a mask in a box of (2 rx + 1) (2 ry + 1) (2 rz + 1) voxels, cut off where the array ends; a tie leaves the voxel as it was.
 * @param sums int32, two arrays of the mask's length one behind the other
 */
export function majority(mask: usize, nx: i32, ny: i32, nz: i32, rx: i32, ry: i32, rz: i32, sums: usize, target: usize): void {
  const count = nx * ny * nz
  const m = changetype<U8s>(mask)
  const t = changetype<U8s>(target)
  const a = changetype<I32s>(sums)
  const b = changetype<I32s>(sums + (<usize>count << 2))
  for (let i = 0; i < count; i++) a[i] = i32(m[i] != 0)
  for (let row = 0, rows = ny * nz; row < rows; row++) slide(a, b, row * nx, 1, nx, rx)
  for (let z = 0; z < nz; z++) for (let x = 0; x < nx; x++) slide(b, a, x + nx * ny * z, nx, ny, ry)
  for (let x = 0, plane = nx * ny; x < plane; x++) slide(a, b, x, plane, nz, rz)
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const across = extent(z, nz, rz) * extent(y, ny, ry)
      for (let x = 0; x < nx; x++, i++) {
        const voxels = across * extent(x, nx, rx)
        const twice = 2 * b[i]
        t[i] = twice == voxels ? <u8>(m[i] != 0) : <u8>(twice > voxels)
      }
    }
  }
}

@inline function extent(at: i32, n: i32, radius: i32): i32 { return min(n - 1, at + radius) - max(0, at - radius) + 1 }

/** Sums over a window that slides along one line. */
function slide(source: I32s, target: I32s, start: i32, step: i32, n: i32, radius: i32): void {
  let sum = 0
  for (let i = 0; i < min(radius, n); i++) sum += source[start + i * step]
  for (let i = 0; i < n; i++) {
    if (i + radius < n) sum += source[start + (i + radius) * step]
    if (i - radius > 0) sum -= source[start + (i - radius - 1) * step]
    target[start + i * step] = sum
  }
}
