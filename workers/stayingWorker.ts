import type { Remote } from 'comlink'
import type { LivingWorker } from './livingWorker.ts'
import { onceAgain } from './onceAgain.ts'

/** A worker that stays for further questions. */
export interface StayingWorker<Api, Opened> {
  /** Asks once more where the worker ends by itself; see `onceAgain`. @param question is told what the worker was opened with */
  ask<Answer>(question: (api: Remote<Api>, opened: Opened) => Promise<Answer>): Promise<Answer>
  /** Ends the worker; what it was still asked for never comes. */
  close(): void
}

/** @param open brings a new worker to where the one before was: the first one, and each one after that has ended by itself */
export function createStayingWorker<Api, Opened>(
  start: () => LivingWorker<Api>,
  open: (api: Remote<Api>) => Promise<Opened>,
): StayingWorker<Api, Opened> {
  let current: { readonly worker: LivingWorker<Api>; readonly opening: Promise<Opened> } | undefined
  let isClosed = false

  function inHand() {
    if (current?.worker.isAlive()) return current
    const worker = start()
    const opening = open(worker.api)
    opening.catch(() => worker.terminate())
    return (current = { worker, opening })
  }
  return {
    ask: (question) =>
      isClosed
        ? new Promise(() => {})
        : onceAgain(async () => {
            const { worker, opening } = inHand()
            return question(worker.api, await opening)
          }),
    close() {
      isClosed = true
      current?.worker.terminate()
    },
  }
}
