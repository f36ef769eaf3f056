import { onAbort } from './onAbort.ts'

/** What the work gives. @throws the signal's reason as soon as it aborts; what the work then still does is of no use */
export async function orAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work
  let forget = () => {}
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason as Error)
    if (signal.aborted) stop()
    forget = onAbort(signal, stop)
  })
  return Promise.race([work, aborted]).finally(forget)
}
