import { expose } from 'comlink'
import './sendErrors.ts'

/**
 * What a worker says beside its answers: that it has begun, with the name of the lock that it holds for its life (null where pages
 * have no locks), and that it is loaded.
 */
export type WorkerNews = { readonly holds: string | null } | { readonly isLoaded: true }

type Method = (...sent: unknown[]) => unknown

/**
 * Offers a worker's API to the page, and takes a Web Lock that the browser gives back when the worker ends, however that
 * happens: the page waits for it (watchWorker.ts). No message would do, since a worker that computes for a minute answers none.
 * @param load imports the API: the script of a worker holds nothing else, so that the lock is taken before all that takes time
 */
export function exposeApi(load: () => Promise<object>): void {
  holdLock()
  const loaded = load().catch((error: unknown) => {
    // Told to the page as any error of the worker is; the page then ends it.
    reportError(error)
    return new Promise<never>(() => {})
  }) as Promise<Readonly<Record<string, Method>>>
  // Calls that come while it loads wait for it.
  const callOf =
    (name: string): Method =>
    async (...sent) =>
      (await loaded)[name](...sent)
  expose(new Proxy({}, { get: (_, name) => (typeof name === 'string' ? callOf(name) : undefined) }))
  addEventListener('messageerror', () => {
    throw new Error('what was sent to it could not be received')
  })
  void loaded.then(() => tell({ isLoaded: true }))
}

function holdLock(): void {
  // Pages that come neither from this machine nor over https have none.
  const locks = (navigator as { readonly locks?: LockManager }).locks
  if (!locks) return tell({ holds: null })
  const name = `texel worker ${crypto.randomUUID()}`
  void locks.request(name, () => {
    tell({ holds: name })
    return new Promise<never>(() => {})
  })
}

function tell(news: WorkerNews): void {
  postMessage(news)
}
