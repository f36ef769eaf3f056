import { identityDirection } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { Mask } from './mask.ts'

/** A mask from drawn slices, a text a row and # inside, for tests and examples: the eye can check it. */
export function drawMask(slices: readonly (readonly string[])[], spacingMm: Triple = [1, 1, 1]): Mask {
  return {
    size: [slices[0][0].length, slices[0].length, slices.length],
    spacingMm,
    originMm: [0, 0, 0],
    direction: identityDirection,
    voxels: Uint8Array.from(slices.flatMap((rows) => rows.flatMap((row) => [...row].map((voxel) => (voxel === '#' ? 1 : 0))))),
  }
}

/** The drawing of a mask, as `drawMask` takes it. */
export function showMask(voxels: Uint8Array, [nx, ny, nz]: Triple): string[][] {
  const row = (j: number, k: number) =>
    Array.from({ length: nx }, (_, i) => (voxels[i + nx * (j + ny * k)] === 0 ? '.' : '#')).join('')
  return Array.from({ length: nz }, (_, k) => Array.from({ length: ny }, (_, j) => row(j, k)))
}
