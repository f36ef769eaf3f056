import type { Database, KeptMask } from './schema.ts'
import { explainFailure, isOutOfRoom, summarise, type KeptMaskSummary } from './maskStore.ts'
import { besideKey } from './regionKey.ts'

/** So long what was deleted can be brought back. */
export const undoMs = 30_000

export type DeletedMask = KeptMaskSummary & { readonly deleted: NonNullable<KeptMask['deleted']> }

/** What was deleted stays in the database, out of the way, until nobody can want it back: a reload does not end that time. */
export interface DeletedMaskStore {
  /**
   * Deletes what is kept under a key, for now.
   * @returns undefined where nothing is kept there
   * @throws LockedRegionError for a locked region, which stays as it is
   */
  setAside(key: string, at: number): Promise<DeletedMask | undefined>
  /**
   * It is kept again, under its key, or beside what was kept there meanwhile.
   * @param goneKey `key` of the deleted one
   * @returns false where it is gone for good
   */
  bringBack(goneKey: string): Promise<boolean>
  /** Removes for good what was deleted `undoMs` ago and before. */
  removeOld(now: number): Promise<void>
  /** The latest first. */
  list(): Promise<DeletedMask[]>
}

/** A locked region is not deleted; `region` says who locked it and when. */
export class LockedRegionError extends Error {
  override readonly name = 'LockedRegionError'
  readonly region: KeptMaskSummary
  constructor(region: KeptMaskSummary) {
    super('The ROI is locked.')
    this.region = region
  }
}

const prefix = 'deleted '

export function createDeletedMaskStore(database: Database): DeletedMaskStore {
  const { masks } = database
  /** Where the disk is full: deleting has to make room, so it can be brought back in this session alone. */
  const inMemory = new Map<string, Deleted>()

  const takeAway = (key: string, at: number, staysInDatabase: boolean) =>
    database.transaction('rw', masks, async (): Promise<Taken> => {
      const kept = await masks.get(key)
      if (!kept) return {}
      if (kept.progress === 'locked') return { locked: kept }
      // Under no image, so that nothing of an image finds it.
      const gone: Deleted = { ...kept, key: besideKey(prefix + key), image: 'deleted', deleted: { key, image: kept.image, at } }
      if (staysInDatabase) await masks.put(gone)
      await masks.delete(key)
      return { gone }
    })
  const deletedInDatabase = async () => (await masks.where('key').startsWith(prefix).toArray()).filter(isDeleted)
  const isOld = ({ deleted }: DeletedMask, now: number) => deleted.at + undoMs <= now

  return {
    async setAside(key, at) {
      const work = takeAway(key, at, true).catch(async (error: unknown) => {
        if (!isOutOfRoom(error)) throw error
        const taken = await takeAway(key, at, false)
        if (taken.gone) inMemory.set(taken.gone.key, taken.gone)
        return taken
      })
      const { gone, locked } = await explainFailure(work)
      if (locked) throw new LockedRegionError(summarise(locked))
      return gone && summariseDeleted(gone)
    },
    async bringBack(goneKey) {
      const work = database.transaction('rw', masks, async () => {
        const there = await masks.get(goneKey)
        const gone = there && isDeleted(there) ? there : inMemory.get(goneKey)
        if (!gone) return false
        const { deleted, ...region } = gone
        const occupied = await masks.get(deleted.key)
        const key = occupied && occupied.voxelCount > 0 ? besideKey(deleted.key) : deleted.key
        await masks.put({ ...region, image: deleted.image, key })
        await masks.delete(goneKey)
        return true
      })
      const isBack = await explainFailure(work)
      inMemory.delete(goneKey)
      return isBack
    },
    async removeOld(now) {
      const work = database.transaction('rw', masks, async () => {
        const old = (await deletedInDatabase()).filter((one) => isOld(one, now))
        await masks.bulkDelete(old.map(({ key }) => key))
      })
      await explainFailure(work)
      for (const [key, one] of inMemory) if (isOld(one, now)) inMemory.delete(key)
    },
    async list() {
      const all = [...(await explainFailure(deletedInDatabase())), ...inMemory.values()]
      return all.map(summariseDeleted).sort((a, b) => b.deleted.at - a.deleted.at)
    },
  }
}

type Deleted = KeptMask & { readonly deleted: NonNullable<KeptMask['deleted']> }
type Taken = { readonly gone?: Deleted; readonly locked?: KeptMask }

const isDeleted = (kept: KeptMask): kept is Deleted => kept.deleted !== undefined

const summariseDeleted = (gone: Deleted): DeletedMask => ({ ...summarise(gone), deleted: gone.deleted })
