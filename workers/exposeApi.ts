import { expose } from 'comlink'

/** What a worker says when it is ready: the name of the lock that it holds for its life, null where pages have no locks. */
export interface WorkerReady {
  readonly holds: string | null
}

/**
 * Offers a worker's API to the page, and takes a Web Lock that the browser gives back when the worker ends, however that
 * happens: the page waits for it (watchWorker.ts). No message would do, since a worker that computes for a minute answers none.
 */
export function exposeApi(api: object): void {
  expose(api)
  addEventListener('messageerror', () => {
    throw new Error('what was sent to it could not be received')
  })
  const tell = (ready: WorkerReady) => postMessage(ready)
  // Pages that come neither from this machine nor over https have none.
  const locks = (navigator as { readonly locks?: LockManager }).locks
  if (!locks) return tell({ holds: null })
  const name = `texel worker ${crypto.randomUUID()}`
  void locks.request(name, () => {
    tell({ holds: name })
    return new Promise<never>(() => {})
  })
}
