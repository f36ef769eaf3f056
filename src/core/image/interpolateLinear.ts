import type { Triple, VoxelArray } from '../numeric/voxelArray.ts'

/** Linear between the eight voxels around a place (continuous voxel index); NaN beyond the outer faces of the image. */
export function interpolateLinear(voxels: VoxelArray, [nx, ny, nz]: Triple, x: number, y: number, z: number): number {
  if (!(x >= -0.5 && x < nx - 0.5 && y >= -0.5 && y < ny - 0.5 && z >= -0.5 && z < nz - 0.5)) return NaN
  const [cx, cy, cz] = [clamp(x, nx), clamp(y, ny), clamp(z, nz)]
  const [i, j, k] = [Math.floor(cx), Math.floor(cy), Math.floor(cz)]
  const [u, v, w] = [cx - i, cy - j, cz - k]
  // On the last voxel there is none behind it, nor any part of one.
  const [di, dj, dk] = [u > 0 ? 1 : 0, v > 0 ? nx : 0, w > 0 ? nx * ny : 0]
  const at = i + nx * (j + ny * k)
  const line = (from: number) => voxels[from] + u * (voxels[from + di] - voxels[from])
  const plane = (from: number) => line(from) + v * (line(from + dj) - line(from))
  return plane(at) + w * (plane(at + dk) - plane(at))
}

function clamp(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value))
}
