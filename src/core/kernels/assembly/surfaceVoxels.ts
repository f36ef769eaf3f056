import { U8s } from './views'

/** 1 where the mask has a voxel with a face neighbour outside it or outside the array; 0 elsewhere. @returns how many */
export function surfaceVoxels(mask: usize, nx: i32, ny: i32, nz: i32, target: usize): i32 {
  const m = changetype<U8s>(mask)
  const t = changetype<U8s>(target)
  const plane = nx * ny
  let found = 0
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        const surface = m[i] != 0 && (
          x == 0 || x == nx - 1 || y == 0 || y == ny - 1 || z == 0 || z == nz - 1 ||
          m[i - 1] == 0 || m[i + 1] == 0 || m[i - nx] == 0 || m[i + nx] == 0 || m[i - plane] == 0 || m[i + plane] == 0
        )
        t[i] = <u8>surface
        found += i32(surface)
      }
    }
  }
  return found
}
