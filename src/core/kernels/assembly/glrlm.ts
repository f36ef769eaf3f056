import { F64s, I32s, U16s } from './views'

/**
 * Adds `weight` for every run of equal levels along `offset` (> 0) to matrix[level index - 1][length - 1]. Unless `evenAlone`, the
 * matrix is not touched if no voxel has another one of the region behind it, near or far, in that direction: PyRadiomics then takes
 * the region for flat there and leaves the direction out.
 * @param lengths uint16, as long as the level image
 * @param nx, ny, nz size of the region; dx, dy, dz the direction in voxels; row, slice strides and base of the level image
 */
export function countRuns(
  levels: usize, places: usize, count: i32, offset: i32, columns: i32, weight: f64, matrix: usize, lengths: usize,
  nx: i32, ny: i32, nz: i32, dx: i32, dy: i32, dz: i32, rowStride: i32, sliceStride: i32, base: i32,
  evenAlone: bool,
): void {
  const level = changetype<U16s>(levels)
  const place = changetype<I32s>(places)
  const cell = changetype<F64s>(matrix)
  const length = changetype<U16s>(lengths)
  let together = evenAlone
  for (let v = 0; v < count && !together; v++) together = level[place[v] + offset] != 0
  if (!together && !linesMeetTwice(level, place, count, offset, nx, ny, nz, dx, dy, dz, rowStride, sliceStride, base)) return
  // From the last voxel to the first: the next one of the line knows its rest of the run. Without branches, which texture makes unpredictable.
  for (let v = count - 1; v >= 0; v--) {
    const at = place[v]
    const l = level[at]
    const rest = select<i32>(i32(length[at + offset]), 0, level[at + offset] == l)
    length[at] = u16(rest + 1)
    const index = (i32(l) - 1) * columns + rest
    cell[index] = cell[index] + select<f64>(weight, 0, level[at - offset] != l)
  }
}

/** True if some line along the direction holds two voxels of the region, with any gap between them. */
function linesMeetTwice(
  level: U16s, place: I32s, count: i32, offset: i32, nx: i32, ny: i32, nz: i32, dx: i32, dy: i32, dz: i32, rowStride: i32, sliceStride: i32, base: i32,
): bool {
  for (let v = 0; v < count; v++) {
    let at = place[v]
    const inside = at - base
    let z = inside / sliceStride
    let y = (inside - z * sliceStride) / rowStride
    let x = inside - z * sliceStride - y * rowStride
    while (true) {
      x += dx
      y += dy
      z += dz
      at += offset
      if (x < 0 || x >= nx || y < 0 || y >= ny || z < 0 || z >= nz) break
      if (level[at]) return true
    }
  }
  return false
}
