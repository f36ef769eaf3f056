import type { Triple } from '../numeric/voxelArray.ts'
import { invertLikeItk } from './invertLikeItk.ts'
import type { Direction, Grid } from './volume.ts'

/*
 * The maps between voxel indices and physical points in ITK's arithmetic. `volume.ts` has the same maps; these here give ITK's bits,
 * because a point half-way between two voxels goes to one or the other by the last bit.
 */

/** Direction times spacing: column j is the step from one voxel to the next along axis j, in mm. */
export function indexToPhysicalMatrix({ spacingMm: [sx, sy, sz], direction: d }: Grid): Direction {
  return [d[0] * sx, d[1] * sy, d[2] * sz, d[3] * sx, d[4] * sy, d[5] * sz, d[6] * sx, d[7] * sy, d[8] * sz]
}

/** The inverse of `indexToPhysicalMatrix`, as ITK computes it. */
export function physicalToIndexMatrix(grid: Grid): Direction {
  return invertLikeItk(indexToPhysicalMatrix(grid))
}

/** Physical point of a continuous index; the origin is added last (ITK's order for continuous indices). */
export function continuousIndexToPhysical(grid: Grid, [i, j, k]: Triple): Triple {
  const m = indexToPhysicalMatrix(grid)
  const o = grid.originMm
  return [m[0] * i + m[1] * j + m[2] * k + o[0], m[3] * i + m[4] * j + m[5] * k + o[1], m[6] * i + m[7] * j + m[8] * k + o[2]]
}

/** Continuous index of a physical point. */
export function physicalToContinuousIndex(grid: Grid, point: Triple): Triple {
  return toIndex(physicalToIndexMatrix(grid), grid.originMm, point)
}

function toIndex(m: Direction, o: Triple, point: Triple): Triple {
  const [p, q, r] = [point[0] - o[0], point[1] - o[1], point[2] - o[2]]
  return [m[0] * p + m[1] * q + m[2] * r, m[3] * p + m[4] * q + m[5] * r, m[6] * p + m[7] * q + m[8] * r]
}

/** Physical point of a voxel; the origin is the first summand (ITK's order for voxel indices). */
export function voxelToPhysical(grid: Grid, [i, j, k]: Triple): Triple {
  const m = indexToPhysicalMatrix(grid)
  const o = grid.originMm
  return [o[0] + m[0] * i + m[1] * j + m[2] * k, o[1] + m[3] * i + m[4] * j + m[5] * k, o[2] + m[6] * i + m[7] * j + m[8] * k]
}

/** The map from voxels of one grid to continuous indices of another, as a function that keeps the matrices. */
export function createGridMap(from: Grid, to: Grid): (voxel: Triple) => Triple {
  const m = physicalToIndexMatrix(to)
  return (voxel) => toIndex(m, to.originMm, voxelToPhysical(from, voxel))
}
