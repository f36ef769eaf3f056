import { extentOf } from '../core/mask/boundingBox.ts'
import type { MaskPart } from '../core/mask/maskPart.ts'
import { hashBytes } from '../io/hashBytes.ts'

/** SHA-256 of a region on its grid, whatever the box it was cut out with: of where its runs along x begin and how long they are. */
export async function hashMask({ size, box, voxels }: MaskPart): Promise<string> {
  const runs: number[] = [...size]
  if (box) {
    const [nx, ny] = size
    const [mx, my, mz] = extentOf(box)
    const [x, y, z] = box.lower
    for (let k = 0, at = 0; k < mz; k++)
      for (let j = 0; j < my; j++) {
        const row = x + nx * (y + j + ny * (z + k))
        for (let i = 0; i < mx; i++, at++) {
          if (voxels[at] === 0) continue
          if (i > 0 && voxels[at - 1] !== 0) runs[runs.length - 1]++
          else runs.push(row + i, 1)
        }
      }
  }
  return hashBytes(new Uint8Array(Uint32Array.from(runs).buffer))
}
