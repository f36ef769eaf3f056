import { onceAgain } from './onceAgain.ts'
import { orAborted } from './orAborted.ts'
import type { StartedWorker, StartWorker, Work } from './startWorker.ts'

/** Workers that do one thing after the other: as many as there is work at once, and no more starts than that needs. */
export interface WorkerPool<Api> {
  /**
   * Lets a worker that is free, else a new one, do one thing; see `onceAgain`. A worker in which that failed is ended.
   * @param isSpent whether the worker is to be ended after this, e.g. since it holds much memory
   * @throws the signal's reason when it aborts: the worker is ended then
   */
  run<T>(
    work: Work<Api, T>,
    options?: { readonly signal?: AbortSignal | undefined; readonly isSpent?: (result: T) => boolean },
  ): Promise<T>
  /** A worker for more than one thing, free or new, however many are at work. It is to be given back. */
  take(): StartedWorker<Api>
  giveBack(worker: StartedWorker<Api>): void
  /** Workers that are alive. */
  count(): number
  /** Ends all workers, with what they were still asked for. */
  close(): void
}

export interface PoolLimits {
  /** At work at the same time; what comes beyond waits for its turn. */
  readonly mostWorkers?: number
  /** When nothing was done for so long, the workers are ended; else they stay. */
  readonly idleMs?: number
}

export function createWorkerPool<Api>(
  start: StartWorker<Api>,
  { mostWorkers = Infinity, idleMs = Infinity }: PoolLimits = {},
): WorkerPool<Api> {
  let free: StartedWorker<Api>[] = []
  const busy = new Set<StartedWorker<Api>>()
  const waiting: (() => void)[] = []
  let idle: ReturnType<typeof setTimeout> | undefined

  function endFree() {
    clearTimeout(idle)
    for (const worker of free.splice(0)) worker.end()
  }
  function take() {
    clearTimeout(idle)
    free = free.filter((worker) => worker.isAlive())
    const worker = free.pop() ?? start()
    busy.add(worker)
    return worker
  }
  function giveBack(worker: StartedWorker<Api>) {
    busy.delete(worker)
    if (worker.isAlive()) free.push(worker)
    if (busy.size === 0 && idleMs < Infinity) idle = setTimeout(endFree, idleMs)
    // All of them look again: the first may have been given up.
    for (const go of waiting.splice(0)) go()
  }
  return {
    run: (work, { signal, isSpent = () => false } = {}) =>
      onceAgain(async () => {
        signal?.throwIfAborted()
        while (busy.size >= mostWorkers) await orAborted(signal, new Promise<void>((go) => waiting.push(go)))
        const worker = take()
        try {
          const result = await worker.run(work, signal)
          if (isSpent(result)) worker.end()
          return result
        } catch (error) {
          worker.end(error)
          throw error
        } finally {
          giveBack(worker)
        }
      }),
    take,
    giveBack,
    count: () => [...free, ...busy].filter((worker) => worker.isAlive()).length,
    close() {
      endFree()
      for (const worker of busy) worker.end()
    },
  }
}
