import { I32s, U8s } from './views'

/**
 * Steps from face to face to the nearest voxel outside the mask: 1 for a voxel at its border, 0 outside; what lies around the box is
 * outside. Two passes give city-block distances exactly.
 * @param inSlices steps stay in a slice (across z)
 * @param target int32
 */
export function cityBlockDistances(mask: usize, nx: i32, ny: i32, nz: i32, inSlices: bool, target: usize): void {
  const inside = changetype<U8s>(mask)
  const distance = changetype<I32s>(target)
  const slice = nx * ny
  let at = 0
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        let nearest: i32 = 0
        if (inside[at]) {
          nearest = min(x > 0 ? distance[at - 1] : 0, y > 0 ? distance[at - nx] : 0) + 1
          if (!inSlices) nearest = min(nearest, (z > 0 ? distance[at - slice] : 0) + 1)
        }
        distance[at] = nearest
      }
    }
  }
  at = slice * nz - 1
  for (let z = nz - 1; z >= 0; z--) {
    for (let y = ny - 1; y >= 0; y--) {
      for (let x = nx - 1; x >= 0; x--, at--) {
        if (!inside[at]) continue
        let nearest = min(x < nx - 1 ? distance[at + 1] : 0, y < ny - 1 ? distance[at + nx] : 0) + 1
        if (!inSlices) nearest = min(nearest, (z < nz - 1 ? distance[at + slice] : 0) + 1)
        distance[at] = min(distance[at], nearest)
      }
    }
  }
}
