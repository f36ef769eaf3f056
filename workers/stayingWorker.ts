import type { Remote } from 'comlink'
import { onAbort } from './onAbort.ts'
import { onceAgain } from './onceAgain.ts'
import type { StartedWorker, StartWorker, Work } from './startWorker.ts'

/** A worker that stays for further questions. */
export interface StayingWorker<Api, Opened> {
  /** Asks once more where the worker ends by itself; see `onceAgain`. @param question is told what the worker was opened with */
  ask<Answer>(question: (api: Remote<Api>, opened: Opened) => Promise<Answer>): Promise<Answer>
  /** The worker may have lost what it was opened with: that comes to it again with the next question. */
  openAgain(): void
  /** Ends the worker; what it was still asked for, and what is asked after that, fails with the reason. */
  close(reason?: unknown): void
}

/**
 * @param open brings a new worker to where the one before was: the first one, and each one after that has ended by itself
 * @param signal closes it
 */
export function createStayingWorker<Api, Opened>(
  start: StartWorker<Api>,
  open: Work<Api, Opened>,
  signal?: AbortSignal,
): StayingWorker<Api, Opened> {
  const closed = new AbortController()
  let current: { readonly worker: StartedWorker<Api>; opening?: Promise<Opened> | undefined } | undefined

  function close(reason?: unknown) {
    forget()
    closed.abort(reason)
    current?.worker.end(reason)
  }
  const forget = onAbort(signal, () => close(signal!.reason))
  return {
    ask: (question) =>
      onceAgain(async () => {
        signal?.throwIfAborted()
        closed.signal.throwIfAborted()
        if (!current?.worker.isAlive()) current = { worker: start() }
        const own = current
        let isOpen = false
        try {
          return await own.worker.run(async (api, life) => {
            const opened = await (own.opening ??= open(api, life))
            isOpen = true
            return question(api, opened)
          })
        } catch (error) {
          if (!isOpen) own.worker.end(error)
          throw error
        }
      }),
    openAgain() {
      if (current) current.opening = undefined
    },
    close,
  }
}
