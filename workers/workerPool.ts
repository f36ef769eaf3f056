import type { Remote } from 'comlink'
import type { LivingWorker } from './livingWorker.ts'
import { onceAgain } from './onceAgain.ts'
import { orAborted } from './orAborted.ts'

/** Workers that do one thing after the other: as many as there is work at once, and no more starts than that needs. */
export interface WorkerPool<Api> {
  /**
   * Lets a worker that is free, else a new one, do one thing; see `onceAgain`. A worker in which that failed is ended.
   * @param isSpent whether the worker is to be ended after this, e.g. since it holds much memory
   * @throws the signal's reason when it aborts: the worker is ended then
   */
  run<T>(
    work: (api: Remote<Api>) => Promise<T>,
    options?: { readonly signal?: AbortSignal | undefined; readonly isSpent?: (result: T) => boolean },
  ): Promise<T>
  /** Ends all workers; what they were still asked for never comes. */
  close(): void
}

/** @param mostWorkers at work at the same time; what comes beyond waits for its turn */
export function createWorkerPool<Api>(start: () => LivingWorker<Api>, mostWorkers = Infinity): WorkerPool<Api> {
  const free: LivingWorker<Api>[] = []
  const busy = new Set<LivingWorker<Api>>()
  const waiting: (() => void)[] = []

  function takeFree() {
    for (let worker = free.pop(); worker; worker = free.pop()) if (worker.isAlive()) return worker
    return undefined
  }
  return {
    run: (work, { signal, isSpent = () => false } = {}) =>
      onceAgain(async () => {
        signal?.throwIfAborted()
        while (busy.size >= mostWorkers) await orAborted(signal, new Promise<void>((go) => waiting.push(go)))
        const worker = takeFree() ?? start()
        busy.add(worker)
        let isUsable = false
        try {
          const result = await orAborted(signal, work(worker.api))
          isUsable = !isSpent(result)
          return result
        } finally {
          busy.delete(worker)
          if (isUsable) free.push(worker)
          else worker.terminate()
          // All of them look again: the first may have been given up.
          for (const go of waiting.splice(0)) go()
        }
      }),
    close() {
      for (const worker of [...free.splice(0), ...busy]) worker.terminate()
    },
  }
}
