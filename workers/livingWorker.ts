import type { Remote } from 'comlink'

/** A worker whose end is noticed: what it was asked for fails then, where comlink alone would wait for ever. */
export interface LivingWorker<Api> {
  /** Every call rejects with `WorkerEnded` once the worker has ended by itself. */
  readonly api: Remote<Api>
  isAlive(): boolean
  /** Ends it; what it was still asked for never comes. */
  terminate(): void
}

/** A worker ended by itself: it was killed, ran out of memory, closed itself or threw what nobody caught. */
export class WorkerEnded extends Error {
  readonly task: string
  readonly reason: string | undefined

  /**
   * @param task what the worker does, after "that": "aligns images"
   * @param reason as far as it is known, without a full stop
   * @param times how often this happened to the same work
   */
  constructor(task: string, reason?: string, times: 1 | 2 = 1) {
    super(
      `The part of the program that ${task} ended by itself${times === 2 ? ' twice' : ''}${reason ? ` (${reason})` : ''}. There may be too little memory for this: close other tabs and programs, then try again. Nothing that you made is lost.`,
    )
    this.name = 'WorkerEnded'
    this.task = task
    this.reason = reason
  }
}

type Method = (...sent: unknown[]) => Promise<unknown>

/**
 * @param host.remote by comlink, of an API that has functions only
 * @param host.explain what a call's error is told as; else the error itself
 * @param host.hold told when the worker gets something to do, and when it has nothing left to do
 * @returns the worker, and what is to be called when it has ended by itself, or never began
 */
export function createLivingWorker<Api>(host: {
  readonly remote: Remote<Api>
  readonly terminate: () => void
  readonly explain?: (error: unknown) => Promise<unknown>
  readonly hold?: (isBusy: boolean) => void
}): { readonly worker: LivingWorker<Api>; readonly end: (reason: Error) => void } {
  const remote = host.remote as unknown as Readonly<Record<string, Method>>
  let over: { readonly reason?: Error } | undefined
  // A race with one promise for the worker's whole life would hold every answer for as long.
  const pending = new Set<(reason: unknown) => void>()

  const callOf =
    (name: string): Method =>
    (...sent) =>
      new Promise((resolve, reject) => {
        if (over?.reason) throw over.reason
        pending.add(reject)
        if (pending.size === 1) host.hold?.(true)
        const settle = () => {
          if (pending.delete(reject) && pending.size === 0) host.hold?.(false)
        }
        remote[name](...sent).then(
          (value) => {
            settle()
            resolve(value)
          },
          async (error: unknown) => {
            const told = host.explain ? await host.explain(error) : error
            settle()
            reject(told)
          },
        )
      })
  const api = new Proxy({}, { get: (_, name) => (typeof name === 'string' && name !== 'then' ? callOf(name) : undefined) })

  function finish(reason?: Error) {
    if (over) return
    over = reason ? { reason } : {}
    host.terminate()
    if (reason) pending.forEach((reject) => reject(reason))
    pending.clear()
  }
  return {
    worker: { api: api as Remote<Api>, isAlive: () => over === undefined, terminate: () => finish() },
    end: (reason) => finish(reason),
  }
}
