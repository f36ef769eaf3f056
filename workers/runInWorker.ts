import type { Remote } from 'comlink'
import type { LivingWorker } from './livingWorker.ts'
import { onceAgain } from './onceAgain.ts'
import { orAborted } from './orAborted.ts'

/**
 * Starts a worker, lets it do one thing and ends it, so that its memory comes back; see `onceAgain`.
 * @param work what it is to do; what is transferred to it is copied here, so that the work can be done again
 * @throws the signal's reason when it aborts: the worker is ended then
 */
export function runInWorker<Api, T>(
  start: () => LivingWorker<Api>,
  work: (api: Remote<Api>) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return onceAgain(async () => {
    signal?.throwIfAborted()
    const { api, terminate } = start()
    try {
      return await orAborted(signal, work(api))
    } finally {
      terminate()
    }
  })
}
