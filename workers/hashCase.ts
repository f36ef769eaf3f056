import type { Provenance } from '../src/core/extraction/diagnostics.ts'
import type { AnyParameters } from '../src/core/parameters/parameters.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import { pieces } from '../src/io/inPieces.ts'
import { messageOf, type Message } from '../src/core/messages/message.ts'
import { tell } from './messages.ts'

/**
 * SHA-1 of so many bytes, which come in pieces, from the first one with each call, as lower-case hexadecimal digits; or why there is none.
 * @throws the signal's reason when it aborts, as the pieces do
 */
export type Hash = (
  byteLength: number,
  pieces: (life?: AbortSignal) => AsyncIterable<Uint8Array<ArrayBuffer>>,
  signal?: AbortSignal,
) => Promise<string | Message>

/** What made a result: the hashes of the voxels take their places when they are there. */
export interface GrowingProvenance {
  known(): Provenance
  /** Hashes image and mask. Features are not lost for want of a hash: it never rejects. */
  hashVoxels(image: Volume, mask: Mask, signal: AbortSignal): Promise<void>
}

/** Stands where a hash would, in a result that was cancelled early. */
const hashNotReady = tell('hash-not-ready', {})

export async function beginProvenance(
  { hash, version }: { readonly hash: Hash; readonly version: string },
  parameters: AnyParameters,
  signal: AbortSignal | undefined,
): Promise<GrowingProvenance> {
  const hashOrWhyNot = (byteLength: number, pieces: Parameters<Hash>[1], until: AbortSignal | undefined) =>
    hash(byteLength, pieces, until).catch((error: unknown) =>
      until?.aborted ? hashNotReady : tell('hash-failed', { error: messageOf(error) }),
    )
  const text = new TextEncoder().encode(JSON.stringify(parameters))
  const parameterHash = await hashOrWhyNot(text.length, (life) => bytesInPieces(text, life), signal)
  let known: Provenance = { version, parameterHash, imageHash: hashNotReady, maskHash: hashNotReady }
  return {
    known: () => known,
    async hashVoxels({ voxels }, { voxels: inside }, until) {
      await Promise.all([
        hashOrWhyNot(voxels.byteLength, (life) => bytesInPieces(voxels, life), until).then(
          (imageHash) => (known = { ...known, imageHash }),
        ),
        // PyRadiomics holds masks as uint32.
        hashOrWhyNot(inside.length * Uint32Array.BYTES_PER_ELEMENT, (life) => piecesAsUint32(inside, life), until).then(
          (maskHash) => (known = { ...known, maskHash }),
        ),
      ])
    },
  }
}

/** The bytes of an array as they lie in memory. */
async function* bytesInPieces(voxels: VoxelArray, signal?: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const [from, to] of pieces(voxels, { signal })) {
    const { buffer, byteOffset, byteLength } = voxels.subarray(from, to)
    yield new Uint8Array(buffer, byteOffset, byteLength)
  }
}

async function* piecesAsUint32(voxels: Uint8Array, signal?: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const [from, to] of pieces(voxels as VoxelArray, { bytesPerElement: Uint32Array.BYTES_PER_ELEMENT, signal }))
    yield new Uint8Array(new Uint32Array(voxels.subarray(from, to)).buffer)
}
