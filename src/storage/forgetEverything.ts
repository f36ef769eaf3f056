import { databaseNames } from './databaseNames.ts'

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
const knownDatabases = [databaseNames.before, databaseNames.present]

/** How often what another tab makes anew meanwhile is removed again. */
const mostRounds = 3

/**
 * Removes all that the page keeps in this browser: databases, caches, files, service workers and settings. One that cannot be
 * removed does not hold up the others.
 * @param onBlocked whether a database waits for another tab that has it open
 * @returns what is left, in words; none where all is gone
 */
export async function forgetEverything(
  stores: BrowserStores,
  onBlocked: (isBlocked: boolean) => void,
): Promise<readonly string[]> {
  for (let round = 1; ; round++) {
    const problems: string[] = []
    for (const [name, step] of steps(stores, onBlocked)) {
      try {
        await step()
      } catch (error) {
        problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    const left = [...problems, ...(await listLeft(stores))]
    if (left.length === 0 || round === mostRounds) return left
  }
}

function steps(
  { indexedDB, caches, openDirectory, serviceWorkers, local, session }: BrowserStores,
  onBlocked: (isBlocked: boolean) => void,
): (readonly [name: string, step: () => unknown])[] {
  return [
    ['settings', () => local.clear()],
    ['settings of this tab', () => session.clear()],
    ['caches', async () => Promise.all(((await caches?.keys()) ?? []).map((name) => caches!.delete(name)))],
    ['files', async () => openDirectory && removeFiles(await openDirectory())],
    [
      'service workers',
      async () => Promise.all(((await serviceWorkers?.getRegistrations()) ?? []).map((one) => one.unregister())),
    ],
    // Last: another tab may have to be closed first.
    ['databases', () => removeDatabases(indexedDB, onBlocked)],
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

async function listLeft({ indexedDB, caches, openDirectory, serviceWorkers, local, session }: BrowserStores): Promise<string[]> {
  const counts: (readonly [one: string, several: string, count: number])[] = [
    ['database', 'databases', (await listDatabases(indexedDB))?.length ?? 0],
    ['cache', 'caches', (await caches?.keys())?.length ?? 0],
    ['file', 'files', openDirectory ? (await namesOf(await openDirectory())).length : 0],
    ['service worker', 'service workers', (await serviceWorkers?.getRegistrations())?.length ?? 0],
    ['setting', 'settings', local.length + session.length],
  ]
  return counts.flatMap(([one, several, count]) => (count === 0 ? [] : `${count} ${count === 1 ? one : several}`))
}
