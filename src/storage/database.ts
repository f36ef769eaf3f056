import { Dexie, type DBCore } from 'dexie'
import { databaseNames } from './databaseNames.ts'
import { versions } from './migrations.ts'
import { NewerDatabaseError } from './newerDatabaseError.ts'
import type { Database } from './schema.ts'

/**
 * The browser's database of a study. Regions that an earlier version of the program kept in its own are copied into it before
 * anything is found in it.
 * @param onNotCopied why regions of an earlier version were not copied; the others are there
 */
export function openDatabase(
  { present, before }: Readonly<Record<keyof typeof databaseNames, string>> = databaseNames,
  onNotCopied: (reason: unknown) => void = () => undefined,
): Database {
  const database = new Dexie(present) as Database
  for (const [i, { stores, upgrade }] of versions.entries()) {
    const version = database.version(i + 1).stores(stores)
    if (upgrade) version.upgrade(upgrade)
  }
  database.use({ stack: 'dbcore', name: 'durability', create: writeDecisionsOut })
  database.on(
    'ready',
    async (ready) => {
      refuseNewer(ready)
      await takeOver(ready as Database, before).catch(onNotCopied)
    },
    true,
  )
  return database
}

/** What a person decided of patients and of the study is on the disk before it is said to be kept; strokes come too often for that. */
const decided = new Set(['patients', 'decisions', 'clinicalTables'])

function writeDecisionsOut(core: DBCore): DBCore {
  return {
    ...core,
    transaction: (stores, mode, options) =>
      core.transaction(stores, mode, stores.some((store) => decided.has(store)) ? { durability: 'strict' } : options),
  }
}

async function takeOver(database: Database, before: string): Promise<void> {
  const old = new Dexie(before)
  try {
    await old.open()
    const { copyOldDatabase } = await import('./earlierVersions.ts')
    await copyOldDatabase(database, old)
  } catch (error) {
    if (!(error instanceof Error && error.name === 'NoSuchDatabaseError')) throw error
  } finally {
    old.close()
  }
}

/** Dexie opens a database of a later version, which has all these stores and more, without a word, and writes into it. */
function refuseNewer(database: Dexie): void {
  // Dexie counts tenths.
  if (Math.floor(database.backendDB().version / 10) > versions.length) throw new NewerDatabaseError()
}
