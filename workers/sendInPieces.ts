import { newVoxelArray, pixelTypeOf, type VoxelArray } from '../src/core/numeric/voxelArray.ts'

/** Copied in one go: a few milliseconds. */
const pieceBytes = 4 * 2 ** 20

/**
 * A copy to be transferred to a worker, made piece by piece: a volume at once would hold up the page for a tenth of a second
 * and more.
 */
export async function copyInPieces<T extends VoxelArray>(voxels: T): Promise<T> {
  const copy = newVoxelArray(pixelTypeOf(voxels), voxels.length) as T
  for await (const [from, to] of pieces(voxels)) copy.set(voxels.subarray(from, to), from)
  return copy
}

/** Bounds of the pieces of an array, with a pause after each in which the page can do other things. */
export async function* pieces({ length, BYTES_PER_ELEMENT }: VoxelArray): AsyncGenerator<readonly [from: number, to: number]> {
  const step = pieceBytes / BYTES_PER_ELEMENT
  for (let from = 0; from < length; from += step) {
    if (from > 0) await new Promise<void>((resolve) => setTimeout(resolve))
    yield [from, Math.min(length, from + step)]
  }
}
