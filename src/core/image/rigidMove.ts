import type { Triple } from '../numeric/voxelArray.ts'
import { identityDirection, type Direction, type Grid } from './volume.ts'

/** A rigid movement in physical space (LPS, mm): x goes to `rotation (x - centreMm) + centreMm + translationMm`. Plain data. */
export interface RigidMove {
  /** Row-major 3 x 3, orthogonal with determinant 1. */
  readonly rotation: Direction
  /** The point that the rotation leaves where it is. */
  readonly centreMm: Triple
  readonly translationMm: Triple
}

/** A movement without rotation. */
export function translation(translationMm: Triple): RigidMove {
  return { rotation: identityDirection, centreMm: [0, 0, 0], translationMm }
}

export function movePoint({ rotation, centreMm: c, translationMm: t }: RigidMove, [x, y, z]: Triple): Triple {
  const [p, q, r] = rotate(rotation, [x - c[0], y - c[1], z - c[2]])
  return [p + c[0] + t[0], q + c[1] + t[1], r + c[2] + t[2]]
}

/** The movement back. */
export function invertMove({ rotation: m, centreMm: c, translationMm: t }: RigidMove): RigidMove {
  const rotation: Direction = [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]]
  const [p, q, r] = rotate(rotation, t)
  // + 0 makes 0 of -0.
  return { rotation, centreMm: c, translationMm: [-p + 0, -q + 0, -r + 0] }
}

/** The same movement, told by a rotation about another point: only its translation is another one. */
export function moveAbout(move: RigidMove, centreMm: Triple): RigidMove {
  const [x, y, z] = movePoint(move, centreMm)
  return { rotation: move.rotation, centreMm, translationMm: [x - centreMm[0], y - centreMm[1], z - centreMm[2]] }
}

/** Moves so many mm further, on top of a movement; null for none yet. */
export function nudgeMove(move: RigidMove | null, [dx, dy, dz]: Triple): RigidMove {
  const before = move ?? translation([0, 0, 0])
  const [x, y, z] = before.translationMm
  return { ...before, translationMm: [x + dx, y + dy, z + dz] }
}

/**
 * Where a grid stands after it was moved. To resample an image or a mask as aligned, its voxels are taken with the moved grid for as long
 * as that lasts; the geometry that is stored stays as the scanner wrote it.
 */
export function moveGrid({ size, spacingMm, originMm, direction: d }: Grid, move: RigidMove): Grid {
  const axes = [0, 1, 2].map((axis) => rotate(move.rotation, [d[axis], d[3 + axis], d[6 + axis]]))
  const direction = [0, 1, 2].flatMap((row) => axes.map((axis) => axis[row])) as unknown as Direction
  return { size, spacingMm, originMm: movePoint(move, originMm), direction }
}

function rotate(m: Direction, [x, y, z]: Triple): Triple {
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z]
}
