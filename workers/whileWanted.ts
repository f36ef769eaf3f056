import { onAbort } from './onAbort.ts'

/**
 * Does work of several parts under a signal of its own, which aborts with any of the callers', and as soon as one part fails:
 * nothing of it goes on then.
 * @throws what the work throws; a signal's reason where that is aborted already
 */
export async function whileWanted<T>(
  signals: readonly (AbortSignal | undefined)[],
  work: (life: AbortSignal) => Promise<T>,
): Promise<T> {
  for (const signal of signals) signal?.throwIfAborted()
  const own = new AbortController()
  const forget = signals.map((signal) => onAbort(signal, () => own.abort(signal!.reason)))
  try {
    return await work(own.signal)
  } catch (error) {
    own.abort(error)
    throw error
  } finally {
    for (const one of forget) one()
  }
}
