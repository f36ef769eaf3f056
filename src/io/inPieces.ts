import type { CaseCut } from '../core/extraction/case.ts'
import { copySlices } from '../core/extraction/cutCase.ts'
import type { Grid } from '../core/image/volume.ts'
import { extentOf } from '../core/mask/boundingBox.ts'
import { newVoxelArray, pixelTypeOf, type VoxelArray } from '../core/numeric/voxelArray.ts'

/** Copied in one go: about a millisecond, ten on a machine that is busy with other things. */
export const pieceBytes = 2 ** 20

/**
 * A copy to be transferred to a worker, made piece by piece: a volume at once would hold up the page for a tenth of a second
 * and more.
 * @throws the signal's reason, after the piece in hand, when it aborts
 */
export async function copyInPieces<T extends VoxelArray>(voxels: T, signal?: AbortSignal): Promise<T> {
  return joinInPieces([voxels], signal)
}

/** One array of the values of several, one after the other, copied piece by piece. @param parts at least one @throws as `copyInPieces` */
export async function joinInPieces<T extends VoxelArray>(parts: readonly T[], signal?: AbortSignal): Promise<T> {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const joined = newVoxelArray(pixelTypeOf(parts[0]), length) as T
  let start = 0
  for (const part of parts) {
    for await (const [from, to] of pieces(part, { signal })) joined.set(part.subarray(from, to), start + from)
    start += part.length
  }
  return joined
}

/** A box of an image, copied piece by piece. @throws as `copyInPieces` */
export async function cutInPieces<T extends VoxelArray>(
  image: Grid & { readonly voxels: T },
  { imageBox }: Pick<CaseCut, 'imageBox'>,
  signal?: AbortSignal,
): Promise<T> {
  const [mx, my, mz] = extentOf(imageBox)
  const target = newVoxelArray(pixelTypeOf(image.voxels), mx * my * mz) as T
  const step = Math.max(1, Math.floor(pieceBytes / (mx * my * target.BYTES_PER_ELEMENT)))
  for (let slice = 0; slice < mz; slice += step) {
    if (slice > 0) await pause()
    signal?.throwIfAborted()
    copySlices(image.voxels, image, imageBox, target, slice, Math.min(mz, slice + step))
  }
  return target
}

/**
 * Bounds of the pieces of an array, with a pause after each in which the page can do other things.
 * @param options.bytesPerElement of what is made of it
 * @throws as `copyInPieces`
 */
export async function* pieces(
  { length, BYTES_PER_ELEMENT }: VoxelArray,
  {
    bytesPerElement = BYTES_PER_ELEMENT,
    signal,
  }: { readonly bytesPerElement?: number; readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<readonly [from: number, to: number]> {
  const step = pieceBytes / bytesPerElement
  for (let from = 0; from < length; from += step) {
    if (from > 0) await pause()
    signal?.throwIfAborted()
    yield [from, Math.min(length, from + step)]
  }
}

/** Lets the page draw and answer. Browsers without `scheduler` wait a few milliseconds longer. */
function pause(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?(): Promise<void> } }
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve))
}
