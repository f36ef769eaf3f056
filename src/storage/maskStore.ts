import { extentOf } from '../core/mask/boundingBox.ts'
import type { MaskPart } from '../core/mask/maskPart.ts'
import type { KeptStatus } from '../core/mask/progress.ts'
import { messageOf, ToldError } from '../core/messages/message.ts'
import { pieces } from '../io/inPieces.ts'
import { commit, LostTurnError, takeTurn, type Turn } from './commit.ts'
import { dropName, keepName, nameAll, storesOfNames } from './imageNames.ts'
import { tell } from './messages.ts'
import { NewerDatabaseError } from './newerDatabaseError.ts'
import { isKeptFor } from './regionKey.ts'
import type { Database, KeptMask, KeptRegion } from './schema.ts'

/** What is told of a region beside its voxels. */
export type RegionAbout = Omit<KeptRegion, 'savedAt' | 'size' | 'box' | 'deleted'>

/** What the caller knows of what is kept under a key; nothing where nobody else keeps there. */
export interface KnownRegion {
  /** `savedAt` of what it knows to be kept there, null for nothing. */
  readonly savedAt: number | null
  /** Of the lock on the key, if it holds one. */
  readonly turn?: Turn | undefined
  /** Why it was unlocked, if it was, which goes into the journal. */
  readonly unlockReason?: string | undefined
}

export interface MaskStore {
  /**
   * Takes the place of what was kept for that image.
   * @throws UnknownRegionError if another region is kept there, or another tab has the key now: it must not be written over
   * @throws StorageError, e.g. when the browser's space is used up
   */
  keep(mask: MaskPart, about: RegionAbout, known?: KnownRegion): Promise<KeptRegion>
  /** Whoever has got the lock on a key says so, see `KnownRegion`. */
  takeTurn(key: string): Promise<Turn>
  find(key: string): Promise<KeptMask | undefined>
  /** How far a region is, without looking at its voxels: a blinded reader may be told so much. */
  findStatus(key: string): Promise<KeptStatus | undefined>
  /** What is kept for a key and beside it, see `besideKey`: its own first, then the oldest. */
  findAll(key: string): Promise<KeptMask[]>
  /** @throws StorageError if what was kept is damaged */
  unpack(kept: KeptMask): Promise<MaskPart>
  /** Newest first, without voxels and without those that were deleted. */
  list(): Promise<KeptRegion[]>
  /** Changes what a kept region is called in files, and nothing else of it. */
  rename(key: string, called: NonNullable<KeptRegion['called']>): Promise<void>
  /** For what is kept elsewhere too; what the user deletes goes by `deletedMasks.ts`. */
  remove(key: string): Promise<void>
}

/** The browser could not keep or find a mask; it says what that means for the user. */
export class StorageError extends ToldError {
  override readonly name = 'StorageError'
}

/** Another region than the caller knows of is kept under the key: of another tab, or one that was never seen. */
export class UnknownRegionError extends Error {
  override readonly name = 'UnknownRegionError'
}

export function createMaskStore(database: Database): MaskStore {
  const { regions } = database
  const stores = storesOfMasks(database)
  const find = (key: string) => database.transaction('r', stores, async () => readMask(database, key))
  return {
    async keep({ size, box, voxels }, about, known) {
      const packed = await packVoxels(voxels)
      const kept: KeptRegion = { ...about, savedAt: Date.now(), size, box }
      const put = commit(database, { stores, turn: known?.turn }, async (note) => {
        const there = await regions.get(kept.key)
        const isNews = known !== undefined && there && there.voxelCount > 0 && there.savedAt !== known.savedAt
        if (isNews) return false
        await putMask(database, { ...kept, voxels: packed })
        const { key: subject, progress } = kept
        const reason = known?.unlockReason
        await note(
          reason === undefined ? { act: 'draw-region', subject, progress } : { act: 'unlock-region', subject, progress, reason },
        )
        return true
      }).catch((error: unknown) => {
        if (error instanceof LostTurnError) return false
        throw error
      })
      if (!(await explainFailure(put))) throw new UnknownRegionError(kept.key)
      return kept
    },
    takeTurn: (key) => explainFailure(takeTurn(database, `region ${key}`)),
    find: (key) => explainFailure(find(key)),
    findStatus: (key) => explainFailure(regions.get(key)),
    findAll: async (key) => {
      const work = database.transaction('r', stores, async () => {
        const found = (await regions.where('key').startsWith(key).primaryKeys()).filter((one) => isKeptFor(key, { key: one }))
        return Promise.all(found.map((one) => readMask(database, one)))
      })
      const found = (await explainFailure(work)).flatMap((one) => one ?? [])
      const isOwn = (one: KeptMask) => Number(one.key === key)
      return found.sort((a, b) => isOwn(b) - isOwn(a) || a.savedAt - b.savedAt)
    },
    unpack: unpackMask,
    list: async () => {
      const work = database.transaction('r', stores, async () => {
        const all = await regions.orderBy('savedAt').reverse().toArray()
        return nameAll(
          database,
          all.filter(({ deleted }) => !deleted),
        )
      })
      return explainFailure(work)
    },
    rename: async (key, called) => {
      const work = commit(database, { stores: [regions] }, async (note) => {
        if ((await regions.update(key, { called })) > 0) await note({ act: 'rename-region', subject: key })
      })
      await explainFailure(work)
    },
    remove: async (key) => {
      const work = commit(database, { stores }, async (note) => {
        if ((await regions.get(key)) === undefined) return
        await removeMask(database, key)
        await note({ act: 'delete-region', subject: key, progress: null })
      })
      await explainFailure(work)
    },
  }
}

/** What `readMask`, `putMask` and `removeMask` want in their transaction. */
export const storesOfMasks = (database: Database) => [database.masks, ...storesOfNames(database)]

/** A region and its voxels, in the caller's transaction. */
export async function readMask(database: Database, key: string): Promise<KeptMask | undefined> {
  const [kept, packed] = [await database.regions.get(key), await database.masks.get(key)]
  if (!kept || !packed) return undefined
  const [named] = await nameAll(database, [kept])
  return { ...named, voxels: packed.voxels }
}

/** In the caller's transaction. */
export async function putMask(database: Database, { voxels, ...kept }: KeptMask): Promise<void> {
  await database.regions.put(await keepName(database, kept))
  await database.masks.put({ key: kept.key, voxels })
}

/** In the caller's transaction. */
export async function removeMask(database: Database, key: string): Promise<void> {
  const kept = await database.regions.get(key)
  await database.regions.delete(key)
  await database.masks.delete(key)
  if (kept) await dropName(database, kept)
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

async function unpackMask({ voxels, size, box }: KeptMask): Promise<MaskPart> {
  const expected = box ? extentOf(box).reduce((product, n) => product * n) : 0
  const unpacked = await through(voxels, new DecompressionStream('gzip')).catch((cause: unknown) => {
    throw new StorageError(tell('roi-damaged', {}), { cause })
  })
  if (unpacked.length !== expected) throw new StorageError(tell('roi-cut-off', { voxels: unpacked.length, expected }))
  return { size, box, voxels: unpacked }
}

/** Voxels of a region as they are kept. */
export const packVoxels = (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  through(bytes, new CompressionStream('gzip'))

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
export function isOfNewerVersion(cause: unknown): boolean {
  return cause instanceof Error && (cause instanceof NewerDatabaseError || ('inner' in cause && isOfNewerVersion(cause.inner)))
}

/** @throws StorageError with what a refusal of the database means for the user */
export async function explainFailure<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw new StorageError(
      isOfNewerVersion(cause)
        ? tell('newer-database-keeps-nothing', {})
        : isOutOfRoom(cause)
          ? tell('no-room', {})
          : tell('not-kept', { reason: messageOf(cause) }),
      { cause },
    )
  }
}
