import { extentOf } from '../core/mask/boundingBox.ts'
import type { MaskPart } from '../core/mask/maskPart.ts'
import { pieces } from '../../workers/sendInPieces.ts'
import { isKeptFor, type Database, type KeptMask } from './database.ts'

export type KeptMaskSummary = Omit<KeptMask, 'voxels'>

export interface MaskStore {
  /** Takes the place of what was kept for that image. @throws StorageError, e.g. when the browser's space is used up */
  keep(mask: MaskPart, about: Omit<KeptMask, 'savedAt' | 'size' | 'box' | 'voxels'>): Promise<KeptMaskSummary>
  find(fingerprint: string): Promise<KeptMask | undefined>
  /** What is kept for a key and beside it, see `besideKey`: its own first, then the oldest. */
  findAll(fingerprint: string): Promise<KeptMask[]>
  /** @throws StorageError if what was kept is damaged */
  unpack(kept: KeptMask): Promise<MaskPart>
  /** Newest first, without voxels. */
  list(): Promise<KeptMaskSummary[]>
  remove(fingerprint: string): Promise<void>
}

/** The browser could not keep or find a mask; the message says what that means for the user. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

export function createMaskStore(database: Database): MaskStore {
  return {
    async keep({ size, box, voxels }, about) {
      const kept: KeptMask = { ...about, savedAt: Date.now(), size, box, voxels: await gzip(voxels) }
      await explainFailure(database.masks.put(kept))
      return summarise(kept)
    },
    find: (fingerprint) => explainFailure(database.masks.get(fingerprint)),
    findAll: async (fingerprint) => {
      const found = await explainFailure(database.masks.where('fingerprint').startsWith(fingerprint).toArray())
      const isOwn = (one: KeptMask) => Number(one.fingerprint === fingerprint)
      return found.filter((one) => isKeptFor(fingerprint, one)).sort((a, b) => isOwn(b) - isOwn(a) || a.savedAt - b.savedAt)
    },
    unpack: unpackMask,
    list: async () => (await explainFailure(database.masks.orderBy('savedAt').reverse().toArray())).map(summarise),
    remove: (fingerprint) => explainFailure(database.masks.delete(fingerprint)),
  }
}

async function unpackMask({ voxels, size, box: kept }: KeptMask): Promise<MaskPart> {
  const box = kept === undefined ? { lower: [0, 0, 0] as const, upper: [size[0] - 1, size[1] - 1, size[2] - 1] as const } : kept
  const expected = box ? extentOf(box).reduce((product, n) => product * n) : 0
  const unpacked = await through(voxels, new DecompressionStream('gzip')).catch((cause: unknown) => {
    throw new StorageError('The kept ROI is damaged and cannot be unpacked. Discard it.', { cause })
  })
  if (unpacked.length !== expected)
    throw new StorageError(`The kept ROI has ${unpacked.length} voxels where ${expected} were expected. Discard it.`)
  return { size, box, voxels: unpacked }
}

function summarise({ voxels: _, ...summary }: KeptMask): KeptMaskSummary {
  return summary
}

const gzip = (bytes: Uint8Array<ArrayBuffer>) => through(bytes, new CompressionStream('gzip'))

/** Piece by piece, so that the page is not held up while a large region is packed. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const ways = pieces(bytes)
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { value, done } = await ways.next()
      if (done) controller.close()
      else controller.enqueue(bytes.subarray(...value))
    },
  })
  return new Uint8Array(await new Response(source.pipeThrough(stream)).arrayBuffer())
}

/** Dexie wraps it where the whole transaction was given up. */
function isOutOfRoom(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  return cause.name === 'QuotaExceededError' || ('inner' in cause && isOutOfRoom(cause.inner))
}

async function explainFailure<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw new StorageError(
      isOutOfRoom(cause)
        ? 'This browser has no more room: the ROI is NOT kept. Save the mask as a file, then delete ROIs that you no longer need on the Images screen.'
        : `This browser does not keep data (${cause instanceof Error ? cause.message : String(cause)}): the ROI is lost when the page closes. Save the mask as a file.`,
      { cause },
    )
  }
}
