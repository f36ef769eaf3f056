import { databaseNames, presenterNames } from './databaseNames.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { tell, type KeptThing } from './messages.ts'

/** Where a page keeps things in a browser. What a browser does not have is left out. */
export interface BrowserStores {
  readonly indexedDB: Pick<IDBFactory, 'deleteDatabase'> & Partial<Pick<IDBFactory, 'databases'>>
  readonly caches?: Pick<CacheStorage, 'keys' | 'delete'>
  /** Of the origin-private file system. */
  readonly openDirectory?: () => Promise<FileSystemDirectoryHandle>
  readonly serviceWorkers?: Pick<ServiceWorkerContainer, 'getRegistrations'>
  readonly local: Pick<Storage, 'clear' | 'length'>
  readonly session: Pick<Storage, 'clear' | 'length'>
}

/** Databases of the page, for browsers that do not list them. */
const knownDatabases = [databaseNames.before, databaseNames.present, presenterNames.present]

/** How often what another tab makes anew meanwhile is removed again. */
const mostRounds = 3

/**
 * Removes all that the page keeps in this browser: databases, caches, files, service workers and settings. One that cannot be
 * removed does not hold up the others.
 * @param onBlocked whether a database waits for another tab that has it open
 * @returns what is left; nothing where all is gone
 */
export async function forgetEverything(
  stores: BrowserStores,
  onBlocked: (isBlocked: boolean) => void,
): Promise<readonly Message[]> {
  for (let round = 1; ; round++) {
    const problems: Message[] = []
    for (const [what, step] of steps(stores, onBlocked)) {
      try {
        await step()
      } catch (error) {
        problems.push(tell('not-removed', { what, reason: messageOf(error) }))
      }
    }
    const left = [...problems, ...(await listLeft(stores))]
    if (left.length === 0 || round === mostRounds) return left
  }
}

function steps(
  { indexedDB, caches, openDirectory, serviceWorkers, local, session }: BrowserStores,
  onBlocked: (isBlocked: boolean) => void,
): (readonly [what: KeptThing, step: () => unknown])[] {
  return [
    ['setting', () => local.clear()],
    ['setting of this tab', () => session.clear()],
    // Before the caches: one that still takes the page in would fill them anew.
    [
      'service worker',
      async () => Promise.all(((await serviceWorkers?.getRegistrations()) ?? []).map((one) => one.unregister())),
    ],
    ['cache', async () => Promise.all(((await caches?.keys()) ?? []).map((name) => caches!.delete(name)))],
    ['file', async () => openDirectory && removeFiles(await openDirectory())],
    // Last: another tab may have to be closed first.
    ['database', () => removeDatabases(indexedDB, onBlocked)],
  ]
}

async function removeFiles(directory: FileSystemDirectoryHandle): Promise<void> {
  for (const name of await namesOf(directory)) await directory.removeEntry(name, { recursive: true })
}

async function namesOf(directory: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = []
  // TypeScript's library of the DOM has no iterators of it without a library of its own.
  for await (const name of (directory as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name)
  return names
}

async function removeDatabases(indexedDB: BrowserStores['indexedDB'], onBlocked: (isBlocked: boolean) => void): Promise<void> {
  for (const name of (await listDatabases(indexedDB)) ?? knownDatabases) {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name)
      request.onblocked = () => onBlocked(true)
      request.onsuccess = () => resolve()
      request.onerror = () => reject(request.error ?? new Error(`The database ${name} was not removed.`))
    })
    onBlocked(false)
  }
}

async function listDatabases(indexedDB: BrowserStores['indexedDB']): Promise<string[] | undefined> {
  return (await indexedDB.databases?.())?.flatMap(({ name }) => name ?? [])
}

async function listLeft({ indexedDB, caches, openDirectory, serviceWorkers, local, session }: BrowserStores): Promise<Message[]> {
  const counts: (readonly [what: KeptThing, count: number])[] = [
    ['database', (await listDatabases(indexedDB))?.length ?? 0],
    ['cache', (await caches?.keys())?.length ?? 0],
    ['file', openDirectory ? (await namesOf(await openDirectory())).length : 0],
    ['service worker', (await serviceWorkers?.getRegistrations())?.length ?? 0],
    ['setting', local.length + session.length],
  ]
  return counts.flatMap(([what, count]) => (count === 0 ? [] : tell('still-there', { what, count })))
}
