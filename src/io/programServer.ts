import type { Message } from '../core/messages/message.ts'
import { tell } from './messages.ts'
import { ProgramLoadError } from './programLoadError.ts'

/** The server that the page came from, which is asked only where a part of the program could not be loaded, or before the page itself is loaded again. */
export interface ProgramServer {
  /** Whether it did not answer when it was asked last; then it is asked now and again until it answers. */
  isGone(): boolean
  /** Asks it. @returns whether it answers now */
  ask(this: void): Promise<boolean>
  /** @returns how to end the subscription */
  subscribe(listener: () => void): () => void
  /** Why a part of the program could not be loaded. @param failure what went wrong if the server is there */
  describe(this: void, failure: Message): Promise<ProgramLoadError>
  /** The same for an error that came out of a worker; others stay as they are. */
  explain(this: void, error: unknown): Promise<unknown>
  /** Loads a part of the page. Where the server is gone that waits until it answers again. @throws ProgramLoadError where it answers */
  load<Part>(this: void, part: () => Promise<Part>): Promise<Part>
}

export const serverIsGone = tell('server-gone', {})

/** Between two questions to a server that is gone. */
const againMs = 3000

/** @param answers whether the server answers now */
export function createProgramServer(answers: () => Promise<boolean>): ProgramServer {
  const listeners = new Set<() => void>()
  let isGone = false
  let asking: Promise<boolean> | undefined
  let again: ReturnType<typeof setTimeout> | undefined

  function ask(): Promise<boolean> {
    clearTimeout(again)
    asking ??= answers().then((isThere) => {
      asking = undefined
      if (!isThere) again = setTimeout(() => void ask(), againMs)
      if (isGone === isThere) {
        isGone = !isThere
        listeners.forEach((listener) => listener())
      }
      return isThere
    })
    return asking
  }

  function subscribe(listener: () => void) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  const back = () =>
    new Promise<void>((resolve) => {
      const stop = subscribe(() => {
        stop()
        resolve()
      })
    })

  async function describe(failure: Message): Promise<ProgramLoadError> {
    return new ProgramLoadError((await ask()) ? failure : serverIsGone)
  }

  return {
    isGone: () => isGone,
    ask,
    subscribe,
    describe,
    explain: async (error) => (error instanceof ProgramLoadError ? describe(error.told) : error),
    async load(part) {
      for (;;) {
        try {
          return await part()
        } catch (error) {
          const told = await describe(tell('not-loaded', { part: 'page', why: String(error) }))
          if (!isGone) throw told
          await back()
        }
      }
    },
  }
}

/** A proxy answers for a server that is gone. */
const gatewayErrors = [502, 503, 504]
const answerMs = 5000

export const programServer = createProgramServer(async () => {
  try {
    const { status } = await fetch(import.meta.env.BASE_URL, {
      method: 'HEAD',
      cache: 'no-store',
      signal: AbortSignal.timeout(answerMs),
    })
    return !gatewayErrors.includes(status)
  } catch {
    return false
  }
})
