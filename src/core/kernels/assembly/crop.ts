export function cropF64(source: usize, nx: i32, ny: i32, x0: i32, y0: i32, z0: i32, mx: i32, my: i32, mz: i32, target: usize): void {
  cropRows(source, nx, ny, x0, y0, z0, mx, my, mz, target, 3)
}

export function cropU8(source: usize, nx: i32, ny: i32, x0: i32, y0: i32, z0: i32, mx: i32, my: i32, mz: i32, target: usize): void {
  cropRows(source, nx, ny, x0, y0, z0, mx, my, mz, target, 0)
}

function cropRows(source: usize, nx: i32, ny: i32, x0: i32, y0: i32, z0: i32, mx: i32, my: i32, mz: i32, target: usize, shift: usize): void {
  const row = <usize>mx << shift
  let to = target
  for (let z = 0; z < mz; z++) {
    for (let y = 0; y < my; y++) {
      const from = <usize>x0 + <usize>nx * (<usize>(y0 + y) + <usize>ny * <usize>(z0 + z))
      memory.copy(to, source + (from << shift), row)
      to += row
    }
  }
}
