import { commit } from './commit.ts'
import { deletedImage, nameAll } from './imageNames.ts'
import { explainFailure, isOutOfRoom, putMask, readMask, removeMask, storesOfMasks } from './maskStore.ts'
import { besideKey } from './regionKey.ts'
import type { Database, KeptMask, KeptRegion } from './schema.ts'

/** So long what was deleted can be brought back. */
export const undoMs = 30_000

export type DeletedMask = KeptRegion & { readonly deleted: NonNullable<KeptRegion['deleted']> }

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
  readonly region: KeptRegion
  constructor(region: KeptRegion) {
    super(region.key)
    this.region = region
  }
}

const prefix = 'deleted '

export function createDeletedMaskStore(database: Database): DeletedMaskStore {
  const { regions } = database
  const stores = storesOfMasks(database)
  /** Where the disk is full: deleting has to make room, so it can be brought back in this session alone. */
  const inMemory = new Map<string, Deleted>()

  /** @param copy keeps it for now */
  const takeAway = async (key: string, at: number, copy?: (gone: Deleted) => Promise<void>): Promise<Taken> => {
    const kept = await readMask(database, key)
    if (!kept) return {}
    if (kept.progress === 'locked') return { locked: kept }
    // Under no image, so that nothing of an image finds it.
    const gone: Deleted = { ...kept, key: besideKey(prefix + key), image: deletedImage, deleted: { key, image: kept.image, at } }
    if (copy) await copy(gone)
    await removeMask(database, key)
    return { gone }
  }
  const noteGone = (key: string) => ({ act: 'delete-region', subject: key, progress: null }) as const
  const setAsideInDatabase = (key: string, at: number) =>
    commit(database, { stores }, async (note) => {
      const taken = await takeAway(key, at, (gone) => putMask(database, gone))
      if (taken.gone) await note(noteGone(key))
      return taken
    })
  const setAsideInMemory = async (key: string, at: number) => {
    const taken = await database.transaction('rw', stores, async () => takeAway(key, at))
    if (!taken.gone) return taken
    inMemory.set(taken.gone.key, taken.gone)
    // The line of the journal takes room too, which there is now.
    await commit(database, { stores: [] }, async (note) => void (await note(noteGone(key))))
    return taken
  }
  const deletedInDatabase = () =>
    database.transaction('r', stores, async () => {
      const found = await regions.where('key').startsWith(prefix).toArray()
      return (await nameAll(database, found)).filter(isDeleted)
    })
  const isOld = ({ deleted }: DeletedMask, now: number) => deleted.at + undoMs <= now

  return {
    async setAside(key, at) {
      const work = setAsideInDatabase(key, at).catch((error: unknown) => {
        if (isOutOfRoom(error)) return setAsideInMemory(key, at)
        throw error
      })
      const { gone, locked } = await explainFailure(work)
      if (locked) throw new LockedRegionError(locked)
      return gone && summarise(gone)
    },
    async bringBack(goneKey) {
      const work = commit(database, { stores }, async (note) => {
        const gone = (await readMask(database, goneKey)) ?? inMemory.get(goneKey)
        if (!gone || !isDeleted(gone)) return false
        const { deleted, ...region } = gone
        const occupied = await regions.get(deleted.key)
        const key = occupied && occupied.voxelCount > 0 ? besideKey(deleted.key) : deleted.key
        await putMask(database, { ...region, image: deleted.image, key })
        await removeMask(database, goneKey)
        await note({ act: 'restore-region', subject: key, progress: region.progress })
        return true
      })
      const isBack = await explainFailure(work)
      inMemory.delete(goneKey)
      return isBack
    },
    async removeOld(now) {
      const work = database.transaction('rw', stores, async () => {
        for (const one of await deletedInDatabase()) if (isOld(one, now)) await removeMask(database, one.key)
      })
      await explainFailure(work)
      for (const [key, one] of inMemory) if (isOld(one, now)) inMemory.delete(key)
    },
    async list() {
      const all = [...(await explainFailure(deletedInDatabase())), ...[...inMemory.values()].map(summarise)]
      return all.sort((a, b) => b.deleted.at - a.deleted.at)
    },
  }
}

type Deleted = DeletedMask & KeptMask
type Taken = { readonly gone?: Deleted; readonly locked?: KeptRegion }

const isDeleted = <T extends KeptRegion>(kept: T): kept is T & DeletedMask => kept.deleted !== undefined

function summarise({ voxels: _, ...region }: Deleted): DeletedMask {
  return region
}
