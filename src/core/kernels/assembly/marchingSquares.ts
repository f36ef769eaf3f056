import { F64s } from './views'

/**
 * Outline of a binary mask by marching squares, every crossing at the middle of its edge; diagonal pixels stay apart,
 * as in PyRadiomics. The outline is closed, so its area is the sum of the parts of the squares that are inside.
 * @param mask (nx, ny) bytes of 0 or 1 with an empty border.
 * @param result 2 float64: perimeter and area.
 */
export function marchSquares(mask: usize, nx: i32, ny: i32, sx: f64, sy: f64, result: usize): void {
  // Squares by what they hold: one or three pixels, a diagonal pair, a pair along x, a pair along y.
  let corners = 0
  let diagonals = 0
  let alongX = 0
  let alongY = 0
  let eighths = 0
  for (let y = 0; y < ny - 1; y++) {
    const near = mask + <usize>nx * <usize>y
    for (let x = 0; x < nx - 1; x++) {
      const at = near + <usize>x
      const a = <i32>load<u8>(at)
      const b = <i32>load<u8>(at, 1)
      const c = <i32>load<u8>(at + <usize>nx)
      const d = <i32>load<u8>(at + <usize>nx, 1)
      const inside = a + b + c + d
      if (inside === 0) continue
      if (inside === 4) {
        eighths += 8
      } else if (inside !== 2) {
        corners++
        eighths += inside === 1 ? 1 : 7
      } else if (a === d) {
        diagonals++
        eighths += 2
      } else {
        if (a === b) alongX++
        else alongY++
        eighths += 4
      }
    }
  }
  const slant = Math.sqrt(sx * sx + sy * sy) / 2
  const out = changetype<F64s>(result)
  out[0] = <f64>(corners + 2 * diagonals) * slant + <f64>alongX * sx + <f64>alongY * sy
  out[1] = <f64>eighths * 0.125 * sx * sy
}
