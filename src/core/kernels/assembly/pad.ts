/** Copies an (nx, ny, nz) mask into the middle of an (nx + 2, ny + 2, nz + 2) one with an empty border. */
export function padU8(source: usize, nx: i32, ny: i32, nz: i32, target: usize): void {
  const row = <usize>nx + 2
  const slice = row * (<usize>ny + 2)
  memory.fill(target, 0, slice * (<usize>nz + 2))
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      memory.copy(target + slice * <usize>(z + 1) + row * <usize>(y + 1) + 1, source + <usize>nx * (<usize>y + <usize>ny * <usize>z), nx)
    }
  }
}
