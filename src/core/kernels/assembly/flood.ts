import { I32s, U8s } from './views'

/**
 * Spreads from the voxels of state 2 through those of state 1, across faces, and makes them 2.
 * @param axes along which axes it may go: 1 for x, 2 for y, 4 for z, added
 * @param stack int32, one a voxel
 * @returns how many voxels are 2 in the end
 */
export function flood(state: usize, nx: i32, ny: i32, nz: i32, axes: i32, stack: usize): i32 {
  const s = changetype<U8s>(state)
  const waiting = changetype<I32s>(stack)
  const plane = nx * ny
  const count = plane * nz
  let top = 0
  for (let i = 0; i < count; i++) if (s[i] == 2) waiting[top++] = i
  let reached = top
  while (top > 0) {
    const i = waiting[--top]
    const before = top
    if (axes & 1) {
      const x = i % nx
      if (x > 0 && s[i - 1] == 1) { s[i - 1] = 2; waiting[top++] = i - 1 }
      if (x < nx - 1 && s[i + 1] == 1) { s[i + 1] = 2; waiting[top++] = i + 1 }
    }
    if (axes & 2) {
      const y = (i / nx) % ny
      if (y > 0 && s[i - nx] == 1) { s[i - nx] = 2; waiting[top++] = i - nx }
      if (y < ny - 1 && s[i + nx] == 1) { s[i + nx] = 2; waiting[top++] = i + nx }
    }
    if (axes & 4) {
      if (i >= plane && s[i - plane] == 1) { s[i - plane] = 2; waiting[top++] = i - plane }
      if (i < count - plane && s[i + plane] == 1) { s[i + plane] = 2; waiting[top++] = i + plane }
    }
    reached += top - before
  }
  return reached
}

/** 1 where low <= value <= high and, when `allowed` is not 0, the mask there is not 0; 0 elsewhere, also for NaN. */
export function selectRange(values: usize, allowed: usize, count: i32, low: f64, high: f64, target: usize): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const value = load<f64>(values + (i << 3))
    const inside = value >= low && value <= high && (allowed == 0 || load<u8>(allowed + i) != 0)
    store<u8>(target + i, <u8>inside)
  }
}

/** 0 becomes 1, anything else 0, in place. */
export function invertMask(mask: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) store<u8>(mask + i, <u8>(load<u8>(mask + i) == 0))
}
