import type { ComputeApi } from './computeApi.ts'
import { onAbort } from './onAbort.ts'
import { orAborted } from './orAborted.ts'
import type { StartedWorker, StartWorker } from './startWorker.ts'
import { whileWanted } from './whileWanted.ts'
import { createWorkerPool } from './workerPool.ts'

interface Share {
  readonly maximumWorkers: number
  /** Bytes. */
  readonly memoryBudget: number
}

/** What one call of the compute bridge may use, and for how long. */
export interface Turn extends Share {
  /** Aborts with the caller's signal, when the bridge is closed, and when a part of the call's work fails: its workers end then. */
  readonly life: AbortSignal
  /** The worker at a place, counted from 0: a new one where there is none yet, or where that has ended. */
  worker(place: number): StartedWorker<ComputeApi>
  /** Ends the workers of all places: what they hold belongs together. */
  endWorkers(reason?: unknown): void
}

export interface ComputeTurns {
  /**
   * Lets work wait for its turn and gives it its share.
   * @param workerBytes that one worker needs for the work
   * @throws the signal's reason when it aborts, and whatever the work throws
   */
  run<T>(workerBytes: number, signal: AbortSignal | undefined, work: (turn: Turn) => Promise<T>): Promise<T>
  /** Workers that exist now. */
  workerCount(): number
  close(): void
}

const idleMs = 20_000

/** Shares workers and memory out among calls. @param whole of which all calls together have their shares */
export function createComputeTurns(startWorker: StartWorker<ComputeApi>, whole: Share): ComputeTurns {
  const pool = createWorkerPool(startWorker, { idleMs })
  const closed = new AbortController()
  const shares = new Set<Share>()
  const waiting: { readonly workerBytes: number; readonly begin: (share: Share) => void }[] = []

  /** Who waits longest comes first. Those who wait share what is left of workers and memory; one call is always let in, whatever it needs. */
  function admit(): void {
    while (waiting.length > 0) {
      const [{ workerBytes, begin }] = waiting
      let { maximumWorkers: workers, memoryBudget: memory } = whole
      for (const share of shares) {
        workers -= share.maximumWorkers
        memory -= share.memoryBudget
      }
      if (shares.size > 0 && (workers < 1 || memory < workerBytes)) return
      const share: Share = {
        maximumWorkers: Math.max(1, Math.floor(workers / waiting.length)),
        memoryBudget: Math.max(memory / waiting.length, Math.min(memory, workerBytes)),
      }
      waiting.shift()
      shares.add(share)
      begin(share)
    }
  }

  async function run<T>(workerBytes: number, signal: AbortSignal | undefined, work: (turn: Turn) => Promise<T>): Promise<T> {
    const workers: StartedWorker<ComputeApi>[] = []
    const giveBack = () => workers.splice(0).forEach(pool.giveBack)
    const endWorkers = (reason?: unknown) => {
      for (const worker of workers) worker.end(reason)
      giveBack()
    }
    let share: Share | undefined
    let place: (typeof waiting)[number] | undefined
    try {
      return await whileWanted([signal, closed.signal], async (life) => {
        onAbort(life, () => endWorkers(life.reason))
        const begun = new Promise<Share>((resolve) =>
          waiting.push((place = { workerBytes, begin: (own) => resolve((share = own)) })),
        )
        admit()
        return work({
          ...(await orAborted(life, begun)),
          life,
          worker(at) {
            life.throwIfAborted()
            if (workers[at]?.isAlive()) return workers[at]
            if (workers[at]) pool.giveBack(workers[at])
            return (workers[at] = pool.take())
          },
          endWorkers,
        })
      })
    } finally {
      giveBack()
      if (share) shares.delete(share)
      else if (place) waiting.splice(waiting.indexOf(place), 1)
      admit()
    }
  }

  return {
    run,
    workerCount: pool.count,
    close() {
      closed.abort()
      pool.close()
    },
  }
}
