import { onceAgain } from './onceAgain.ts'
import type { StartWorker, Work } from './startWorker.ts'

/**
 * Starts a worker, lets it do one thing and ends it, so that its memory comes back; see `onceAgain`.
 * @param work what it is to do; what is transferred to it is copied here, so that the work can be done again
 * @throws the signal's reason when it aborts: the worker is ended then
 */
export function runInWorker<Api, T>(start: StartWorker<Api>, work: Work<Api, T>, signal?: AbortSignal): Promise<T> {
  return onceAgain(async () => {
    signal?.throwIfAborted()
    const worker = start()
    return worker.run(work, signal).finally(worker.end)
  })
}
