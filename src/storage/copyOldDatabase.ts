import type { Dexie } from 'dexie'
import { commit } from './commit.ts'
import { putMask, storesOfMasks } from './maskStore.ts'
import { readOldMask } from './upgradeTo2.ts'
import { readOldKey } from './regionKey.ts'
import { draft, type Database } from './schema.ts'

/** Copied in one transaction: of a page that ends meanwhile, the next start copies the rest. */
const recordsAtOnce = 20

/** A mask of the versions before there were lesions, as far as it is looked at here; see `readOldMask`. */
interface OldMask {
  readonly fingerprint: string
  readonly savedAt: number
  /** Set aside for half a minute, by a version that may still bring it back. */
  readonly deleted?: unknown
}

/**
 * Copies what earlier versions of the program kept, and what one that is still in use keeps later: each state of a record once,
 * so that what is deleted here does not come back. Nothing is changed there, and no version is stated, so that nothing is
 * upgraded.
 */
export async function copyOldDatabase(database: Database, old: Dexie): Promise<void> {
  const has = (store: string) => old.tables.some(({ name }) => name === store)
  if (has('masks')) await copyMasks(database, old)
  if (has('drafts')) await copyDrafts(database, old)
}

/** By the time of keeping: voxels are read only of those that changed. */
async function copyMasks(database: Database, old: Dexie): Promise<void> {
  const states = new Map<string, string>()
  await old
    .table<OldMask, string>('masks')
    .orderBy('savedAt')
    .eachKey((savedAt, { primaryKey }) => states.set(primaryKey, String(savedAt)))
  const { copied, unread } = database
  for (const keys of await listNews(database, 'masks', states)) {
    const found = await old.table<OldMask, string>('masks').bulkGet(keys)
    await commit(database, { stores: [...storesOfMasks(database), copied, unread] }, async (line) => {
      for (const kept of found.flatMap((one) => one ?? [])) {
        const { fingerprint, ...rest } = kept
        if (rest.deleted || !(await noteCopied(database, 'masks', fingerprint, String(rest.savedAt)))) continue
        const { region, key } = readOldKey(fingerprint)
        const mask = readOldMask({ ...rest, key, image: region.image, lesion: region.lesion, reader: Number(region.reader) })
        if (mask) {
          await putMask(database, mask)
          await line({ act: 'take-region', subject: key, progress: mask.progress })
        } else await unread.add({ place: `${old.name}: masks`, record: kept })
      }
    })
  }
}

async function copyDrafts(database: Database, old: Dexie): Promise<void> {
  const drafts = await old.table<{ readonly key: string; readonly outline?: unknown }, string>('drafts').toArray()
  const byKey = new Map(drafts.map((kept) => [kept.key, kept]))
  const states = new Map(drafts.map(({ key, outline }) => [key, JSON.stringify(outline)]))
  for (const keys of await listNews(database, 'drafts', states))
    await database.transaction('rw', database.drafts, database.copied, database.unread, async () => {
      for (const key of keys) {
        if (!(await noteCopied(database, 'drafts', key, states.get(key)!))) continue
        const kept = draft.safeParse({ ...byKey.get(key), key: readOldKey(key).key })
        if (kept.success) await database.drafts.put(kept.data)
        else await database.unread.add({ place: `${old.name}: drafts`, record: byKey.get(key) })
      }
    })
}

const noteKey = (store: string, key: string) => `${store} ${key}`

/** Keys of records that were not copied in their present state, some at a time. */
async function listNews(database: Database, store: string, states: ReadonlyMap<string, string>): Promise<string[][]> {
  const keys = [...states.keys()]
  const known = await database.copied.bulkGet(keys.map((key) => noteKey(store, key)))
  const news = keys.filter((key, i) => known[i]?.state !== states.get(key))
  return Array.from({ length: Math.ceil(news.length / recordsAtOnce) }, (_, i) =>
    news.slice(i * recordsAtOnce, (i + 1) * recordsAtOnce),
  )
}

/** In the transaction that copies a record. @returns whether it is to be copied: another tab may have done so meanwhile */
export async function noteCopied(database: Database, store: string, key: string, state: string): Promise<boolean> {
  const known = await database.copied.get(noteKey(store, key))
  if (known?.state === state) return false
  await database.copied.put({ key: noteKey(store, key), state })
  return true
}
