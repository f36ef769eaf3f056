import { PrecacheController } from 'workbox-precaching'

/*
 * Keeps the page's own files, so that after one visit everything works without its server. A new build is taken into a cache of its own and
 * waits until the page says that it may take over; the build before it stays in the cache, so that a page that is still open finds the parts
 * that it has not loaded yet. Nothing but the page's own files is ever kept here, and nothing else is asked for.
 */

declare const self: ServiceWorkerGlobalScope
declare const __PRECACHE__: { url: string; revision: string | null }[]
declare const __PAGE_BUILD__: string

const prefix = 'texel-page-'
const cacheName = prefix + __PAGE_BUILD__
const files = new PrecacheController({ cacheName })
files.addToCacheList(__PRECACHE__)

/** All or nothing: a build that could not be taken whole leaves nothing behind, and the one before goes on. */
async function install(event: ExtendableEvent): Promise<void> {
  try {
    await files.install(event)
  } catch (error) {
    await caches.delete(cacheName)
    throw error
  }
}

/**
 * Takes in what the build's cache has not got, all or nothing: a browser brings a worker back as it was, without installing it, where the
 * page that forgot everything was still open when it was asked for again.
 * @returns whether all is there then
 */
async function takeInMissing(): Promise<boolean> {
  const cache = await caches.open(cacheName)
  const kept = new Set((await cache.keys()).map(({ url }) => url))
  const missing = [...files.getURLsToCacheKeys()].filter(([, key]) => !kept.has(key))
  const answers = await Promise.all(missing.map(([url]) => fetch(url, { cache: 'reload' })))
  if (!answers.every(({ ok }) => ok)) return false
  await Promise.all(answers.map((one, index) => cache.put(missing[index][1], one)))
  return true
}

/** Caches are listed in the order in which they were made. */
async function activate(event: ExtendableEvent): Promise<void> {
  await files.activate(event)
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix))
  const before = names[names.indexOf(cacheName) - 1]
  for (const name of names) if (name !== cacheName && name !== before) await caches.delete(name)
  await self.clients.claim()
}

async function answer(request: Request): Promise<Response> {
  const page = request.mode === 'navigate' ? files.getCacheKeyForURL('index.html') : undefined
  const key = files.getCacheKeyForURL(request.url) ?? page
  // Without opening the cache, which would make it anew while everything is being forgotten.
  const kept = await (key === undefined ? caches.match(request) : caches.match(key, { cacheName }))
  return kept ?? fetch(request)
}

self.addEventListener('install', (event) => event.waitUntil(install(event)))
self.addEventListener('activate', (event) => event.waitUntil(activate(event)))
self.addEventListener('fetch', (event) => {
  const { request } = event
  // Questions whether the server is there (HEAD) go to the server.
  if (request.method === 'GET' && new URL(request.url).origin === self.location.origin) event.respondWith(answer(request))
})
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting()
  if (event.data === 'take missing') {
    const tell = (isWhole: boolean) => event.ports[0].postMessage(isWhole)
    // Where the server is gone the page says that it needs it.
    event.waitUntil(takeInMissing().then(tell, () => tell(false)))
  }
})
