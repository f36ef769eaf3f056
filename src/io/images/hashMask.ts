import { extentOf } from '../../core/mask/boundingBox.ts'
import type { MaskPart } from '../../core/mask/maskPart.ts'
import { hashBytes } from '../hashBytes.ts'
import { pieces } from '../inPieces.ts'

/**
 * SHA-256 of a region on its grid, whatever the box it was cut out with: of where its runs along x begin and how long they are.
 * With pauses, in which the page can do other things.
 */
export async function hashMask({ size, box, voxels }: MaskPart): Promise<string> {
  const runs = listNumbers([...size])
  if (box) {
    const [nx, ny] = size
    const [mx, my] = extentOf(box)
    const [x, y, z] = box.lower
    for await (const [from, to] of pieces(voxels))
      for (let at = from; at < to; at++) {
        if (voxels[at] === 0) continue
        const i = at % mx
        if (i > 0 && voxels[at - 1] !== 0) runs.addToLast(1)
        else {
          const row = Math.floor(at / mx)
          runs.push(x + i + nx * (y + (row % my) + ny * (z + Math.floor(row / my))))
          runs.push(1)
        }
      }
  }
  return hashBytes(runs.bytes())
}

/** A list that doubles its room: one of plain numbers would be copied at once in the end. */
function listNumbers(first: readonly number[]) {
  let room = Uint32Array.from({ length: 1024 }, (_, i) => first[i] ?? 0)
  let length = first.length
  return {
    push(value: number) {
      if (length === room.length) {
        const larger = new Uint32Array(2 * length)
        larger.set(room)
        room = larger
      }
      room[length++] = value
    },
    addToLast: (value: number) => void (room[length - 1] += value),
    bytes: () => new Uint8Array(room.buffer, 0, length * 4),
  }
}
