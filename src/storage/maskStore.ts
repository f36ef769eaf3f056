import { extentOf } from '../core/mask/boundingBox.ts'
import type { MaskPart } from '../core/mask/maskPart.ts'
import { pieces } from '../io/inPieces.ts'
import { NewerDatabaseError } from './database.ts'
import { isKeptFor } from './regionKey.ts'
import type { Database, KeptMask } from './schema.ts'

export type KeptMaskSummary = Omit<KeptMask, 'voxels'>

/** What is kept of a region beside its voxels. */
export type RegionAbout = Omit<KeptMask, 'savedAt' | 'size' | 'box' | 'voxels' | 'deleted'>

export interface MaskStore {
  /**
   * Takes the place of what was kept for that image.
   * @param known `savedAt` of what the caller knows to be kept there, null for nothing; left out where nobody else keeps
   * @throws UnknownRegionError if another region is kept there, which must not be written over
   * @throws StorageError, e.g. when the browser's space is used up
   */
  keep(mask: MaskPart, about: RegionAbout, known?: number | null): Promise<KeptMaskSummary>
  find(key: string): Promise<KeptMask | undefined>
  /** What is kept for a key and beside it, see `besideKey`: its own first, then the oldest. */
  findAll(key: string): Promise<KeptMask[]>
  /** @throws StorageError if what was kept is damaged */
  unpack(kept: KeptMask): Promise<MaskPart>
  /** Newest first, without voxels and without those that were deleted. */
  list(): Promise<KeptMaskSummary[]>
  /** Changes what a kept region is called in files, and nothing else of it. */
  rename(key: string, called: NonNullable<KeptMask['called']>): Promise<void>
  /** For what is kept elsewhere too; what the user deletes goes by `deletedMasks.ts`. */
  remove(key: string): Promise<void>
}

/** The browser could not keep or find a mask; the message says what that means for the user. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

/** Another region than the caller knows of is kept under the key: of another tab, or one that was never seen. */
export class UnknownRegionError extends Error {
  override readonly name = 'UnknownRegionError'
}

export function createMaskStore(database: Database): MaskStore {
  return {
    async keep({ size, box, voxels }, about, known) {
      const packed = await gzip(voxels)
      const kept: KeptMask = { ...about, savedAt: Date.now(), size, box, voxels: packed }
      const put = database.transaction('rw', database.masks, async () => {
        const there = await database.masks.get(kept.key)
        const isNews = known !== undefined && there && there.voxelCount > 0 && there.savedAt !== known
        if (!isNews) await database.masks.put(kept)
        return !isNews
      })
      if (!(await explainFailure(put))) throw new UnknownRegionError('Another ROI of this image is kept there.')
      return summarise(kept)
    },
    find: (key) => explainFailure(database.masks.get(key)),
    findAll: async (key) => {
      const found = await explainFailure(database.masks.where('key').startsWith(key).toArray())
      const isOwn = (one: KeptMask) => Number(one.key === key)
      return found.filter((one) => isKeptFor(key, one)).sort((a, b) => isOwn(b) - isOwn(a) || a.savedAt - b.savedAt)
    },
    unpack: unpackMask,
    list: async () => {
      const listed: KeptMaskSummary[] = []
      // One after the other: all voxels at once would fill memory and hold up the page.
      const each = database.masks
        .orderBy('savedAt')
        .reverse()
        .each((kept) => {
          if (!kept.deleted) listed.push(summarise(kept))
        })
      await explainFailure(each)
      return listed
    },
    rename: async (key, called) => void (await explainFailure(database.masks.update(key, { called }))),
    remove: (key) => explainFailure(database.masks.delete(key)),
  }
}

/** Where the browser has no room for a region, other things give way. @param makeRoom whether something was given up */
export function withRoom(masks: MaskStore, makeRoom: () => Promise<boolean>): MaskStore {
  const keep: MaskStore['keep'] = async (mask, about, known) => {
    try {
      return await masks.keep(mask, about, known)
    } catch (error) {
      if (!(error instanceof StorageError && isOutOfRoom(error.cause)) || !(await makeRoom())) throw error
      return keep(mask, about, known)
    }
  }
  return { ...masks, keep }
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

export function summarise({ voxels: _, ...summary }: KeptMask): KeptMaskSummary {
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
export function isOutOfRoom(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  return cause.name === 'QuotaExceededError' || ('inner' in cause && isOutOfRoom(cause.inner))
}

/** What the database gave as the reason for not opening. */
function isOfNewerVersion(cause: unknown): boolean {
  return cause instanceof Error && (cause instanceof NewerDatabaseError || ('inner' in cause && isOfNewerVersion(cause.inner)))
}

/** @throws StorageError with what a refusal of the database means for the user */
export async function explainFailure<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (isOfNewerVersion(cause))
      throw new StorageError(`${new NewerDatabaseError().message} What is drawn now is not kept: save the mask as a file.`, {
        cause,
      })
    throw new StorageError(
      isOutOfRoom(cause)
        ? 'This browser has no more room: the ROI is NOT kept. Save the mask as a file, then delete ROIs that you no longer need on the Images screen.'
        : `This browser does not keep data (${cause instanceof Error ? cause.message : String(cause)}): the ROI is lost when the page closes. Save the mask as a file.`,
      { cause },
    )
  }
}
