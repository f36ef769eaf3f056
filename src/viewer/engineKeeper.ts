import { ProgramLoadError } from '../io/programLoadError.ts'
import { sayError } from '../messages/say.ts'

/** What is wrong with pictures, for people. */
export interface PictureFailure {
  /** What happened. */
  readonly reason: string
  /** What to do about it; empty where the reason says so too. */
  readonly remedy: string
}

/** An error whose reason and remedy are told as they are. */
export class PictureError extends Error {
  readonly remedy: string
  constructor({ reason, remedy }: PictureFailure, options?: ErrorOptions) {
    super(reason, options)
    this.remedy = remedy
  }
}

export type EngineState<Engine> =
  | { readonly status: 'starting' }
  | { readonly status: 'ready'; readonly engine: Engine }
  /** The browser took the graphics away; another engine is on its way. */
  | { readonly status: 'rebuilding' }
  | ({ readonly status: 'failed' } & PictureFailure)

export interface EngineHost<Engine> {
  /** Makes an engine. @throws PictureError, or what came up */
  start(): Promise<Engine>
  /** Frees what an engine holds; it may have lost its graphics. */
  discard(engine: Engine): void
  /** Calls back when the browser takes the graphics of this engine away, and when it would give them back. */
  watch(engine: Engine, listeners: { readonly onLost: () => void; readonly onRestored: () => void }): () => void
}

/** A browser that gives graphics back at all does so within a second; then another engine is made, and after a failure again so much later. */
const rebuildWaitsMs = [1000, 1000, 2000, 4000] as const
/** An engine that is lost more often than so within this time is not made again without being asked for. */
const lossLimit = { count: 3, withinMs: 60_000 } as const

/**
 * The one engine of the page, made when it is first wanted, and made anew when the browser takes its graphics away (a driver that was
 * reset, the GPU process that ended, too many pages with graphics). An engine that lost its graphics is never used again: what it
 * holds on the graphics card is gone, and a new one is made as fast.
 */
export function createEngineKeeper<Engine>({ start, discard, watch }: EngineHost<Engine>) {
  let state: EngineState<Engine> | undefined
  let losses: number[] = []
  let stopWatching: (() => void) | undefined
  /** Ends the wait before the next try. */
  let hurry: (() => void) | undefined
  const listeners = new Set<(state: EngineState<Engine>) => void>()

  const become = (next: EngineState<Engine>) => {
    state = next
    for (const listener of [...listeners]) listener(next)
  }
  const fail = (error: unknown) => become({ status: 'failed', ...describeFailure(error) })
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const make = async () => {
    const engine = await start()
    stopWatching = watch(engine, { onLost: () => lose(engine), onRestored: () => hurry?.() })
    become({ status: 'ready', engine })
  }
  /** @param waitsMs before each try */
  const rebuild = async (waitsMs: readonly number[]) => {
    let failure: unknown
    for (const ms of waitsMs) {
      await wait(ms)
      try {
        await make()
        return
      } catch (error) {
        failure = error
      }
    }
    fail(failure)
  }
  /** The graphics of that engine are gone. One that is not in use any more changes nothing. */
  const lose = (engine: Engine) => {
    if (state?.status !== 'ready' || state.engine !== engine) return
    const now = Date.now()
    losses = [...losses.filter((at) => now - at < lossLimit.withinMs), now]
    const isTooOften = losses.length > lossLimit.count
    // Those who draw with it let go of it before it goes.
    if (isTooOften) {
      fail(
        new PictureError({
          reason: `The browser took the graphics of this page away ${losses.length} times within a minute.`,
          remedy: 'Close other pages and programs that use graphics, then try again; restart the browser if it goes on.',
        }),
      )
    } else become({ status: 'rebuilding' })
    // Still watched: when it would be given its graphics back, the browser has some to give.
    const stop = stopWatching
    if (isTooOften) {
      stop?.()
      discard(engine)
      return
    }
    void rebuild(rebuildWaitsMs).finally(() => stop?.())
    void Promise.resolve().then(() => discard(engine))
  }

  return {
    state: () => state,
    /** Starts the engine where there is none, also after a start that failed. */
    want() {
      if (state && state.status !== 'failed') return
      become({ status: 'starting' })
      make().catch(fail)
    },
    lose,
    /** Makes an engine in place of one that does not draw. */
    renew() {
      if (state?.status === 'starting' || state?.status === 'rebuilding') return
      const old = state?.status === 'ready' ? state.engine : undefined
      losses = []
      become({ status: 'rebuilding' })
      stopWatching?.()
      if (old !== undefined) discard(old)
      void rebuild([0])
    },
    /** @returns the function that ends the subscription */
    subscribe(listener: (state: EngineState<Engine>) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export type EngineKeeper<Engine> = ReturnType<typeof createEngineKeeper<Engine>>

/** What browsers throw of themselves, in the words of people. */
const browserFailures: readonly (PictureFailure & { isOne(error: Error): boolean })[] = [
  {
    isOne: (error) => error instanceof RangeError && /alloc|array (buffer )?length/i.test(error.message),
    reason: 'The memory of this page is full: there is none left for this picture.',
    remedy: 'Close images, other pages and programs, then try again. What was drawn is kept.',
  },
]

/** An error in the words of the program, or else in its own. */
export function describeFailure(error: unknown): PictureFailure {
  if (error instanceof PictureError) return { reason: error.message, remedy: error.remedy }
  // It says what to do as well.
  if (error instanceof ProgramLoadError) return { reason: sayError(error), remedy: '' }
  const known = error instanceof Error ? browserFailures.find(({ isOne }) => isOne(error)) : undefined
  if (known) return { reason: known.reason, remedy: known.remedy }
  return {
    reason: `The picture could not be drawn: ${sayError(error)}`,
    remedy: 'Try again; if it fails again, reload the page. What was drawn is kept.',
  }
}
