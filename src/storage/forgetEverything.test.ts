// @vitest-environment node
import { IDBFactory } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import { forgetEverything, type BrowserStores } from './forgetEverything.ts'
import { say } from '../messages/say.ts'

const open = (indexedDB: IDBFactory, name: string) =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onupgradeneeded = () => request.result.createObjectStore('masks')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const settings = (...entries: [string, string][]) => {
  const map = new Map(entries)
  return {
    clear: () => map.clear(),
    get length() {
      return map.size
    },
  }
}

/** A browser with something in each of its stores. */
async function fullBrowser() {
  const indexedDB = new IDBFactory()
  for (const name of ['texel', 'texel-2', 'another']) (await open(indexedDB, name)).close()
  const caches = new Set(['app-1', 'app-2'])
  const files = new Set(['images', 'a.nii'])
  const workers = new Set(['./'])
  const stores: BrowserStores = {
    indexedDB,
    caches: { keys: async () => [...caches], delete: async (name) => caches.delete(name) },
    openDirectory: async () =>
      ({
        async *keys() {
          yield* files
        },
        removeEntry: async (name: string) => void files.delete(name),
      }) as unknown as FileSystemDirectoryHandle,
    serviceWorkers: {
      getRegistrations: async () =>
        [...workers].map((scope) => ({ unregister: async () => workers.delete(scope) }) as ServiceWorkerRegistration),
    },
    local: settings(['texel.reader', '2']),
    session: settings(['tab', '1']),
  }
  const left = async () => [
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...caches,
    ...files,
    ...workers,
    stores.local.length,
    stores.session.length,
  ]
  return { indexedDB, stores, left }
}

test('every database, cache, file, service worker and setting is removed', async () => {
  const { stores, left } = await fullBrowser()
  expect(await left()).toHaveLength(3 + 2 + 2 + 1 + 2)
  expect(await forgetEverything(stores, () => undefined)).toEqual([])
  expect(await left()).toEqual([0, 0])
})

test('a database that another tab has open is waited for, and it is told', async () => {
  const { indexedDB, stores, left } = await fullBrowser()
  const elsewhere = await open(indexedDB, 'texel')
  const onBlocked = vi.fn((isBlocked: boolean) => {
    if (isBlocked) elsewhere.close()
  })
  expect(await forgetEverything(stores, onBlocked)).toEqual([])
  expect(onBlocked).toHaveBeenCalledWith(true)
  expect(onBlocked).toHaveBeenLastCalledWith(false)
  expect(await left()).toEqual([0, 0])
})

test('what another tab makes anew meanwhile is removed too', async () => {
  const { indexedDB, stores, left } = await fullBrowser()
  let asked = 0
  const databases = async () => {
    // Between removing and looking at what is left.
    if (++asked === 2) (await open(indexedDB, 'texel-2')).close()
    return indexedDB.databases()
  }
  const deleteDatabase = indexedDB.deleteDatabase.bind(indexedDB)
  expect(await forgetEverything({ ...stores, indexedDB: { deleteDatabase, databases } }, () => undefined)).toEqual([])
  expect(asked).toBe(4)
  expect(await left()).toEqual([0, 0])
})

test('the service worker goes before the caches, which it would fill anew', async () => {
  const { stores } = await fullBrowser()
  const order: string[] = []
  const registration = { unregister: async () => (order.push('service worker'), true) } as ServiceWorkerRegistration
  const caches = { keys: async () => (order.length < 2 ? ['texel-page-1'] : []), delete: async () => (order.push('cache'), true) }
  const serviceWorkers = { getRegistrations: async () => (order.length === 0 ? [registration] : []) }
  expect(await forgetEverything({ ...stores, caches, serviceWorkers }, () => undefined)).toEqual([])
  expect(order).toEqual(['service worker', 'cache'])
})

test('what cannot be removed is told and does not hold up the rest; browsers without some of the stores are no failure', async () => {
  const { stores, left } = await fullBrowser()
  const deaf = { ...stores, caches: { keys: async () => ['app-1'], delete: () => Promise.reject(new Error('refused')) } }
  expect((await forgetEverything(deaf, () => undefined)).map(say)).toEqual(['caches: refused', '1 cache'])
  expect(await left()).toEqual(['app-1', 'app-2', 0, 0])

  const { indexedDB, local, session } = (await fullBrowser()).stores
  const few = { indexedDB: { deleteDatabase: indexedDB.deleteDatabase.bind(indexedDB) }, local, session }
  expect(await forgetEverything(few, () => undefined)).toEqual([])
  expect((await indexedDB.databases!()).map(({ name }) => name)).toEqual(['another'])
})
