import type { Remote } from 'comlink'
import { ToldError, type Message } from '../src/core/messages/message.ts'
import type { WorkerTask } from '../src/io/messages.ts'
import { tell } from './messages.ts'
import { onAbort } from './onAbort.ts'

/**
 * What a worker is to do: one call of its API, or several.
 * @param life aborts when the worker ends, whatever the reason: what is done for it in this thread, such as copying, ends with it
 */
export type Work<Api, T> = (api: Remote<Api>, life: AbortSignal) => Promise<T>

/** A worker whose end is noticed: what it was asked for fails then, where comlink alone would wait for ever. */
export interface StartedWorker<Api> {
  /**
   * @throws WorkerEnded once the worker has ended by itself; the signal's reason as soon as that aborts, which ends the worker; the
   *   reason of `end`; and whatever the work throws
   */
  run<T>(work: Work<Api, T>, signal?: AbortSignal): Promise<T>
  isAlive(): boolean
  /** Ends it, with everything that it was asked for. */
  end(reason?: unknown): void
}

/** Starts one of a kind of workers; see `workerKind`. */
export type StartWorker<Api> = () => StartedWorker<Api>

/** A worker ended by itself: it was killed, ran out of memory, closed itself or threw what nobody caught. */
export class WorkerEnded extends ToldError {
  override readonly name = 'WorkerEnded'
  readonly task: WorkerTask
  readonly reason: Message | null

  /**
   * @param reason as far as it is known
   * @param times how often this happened to the same work
   */
  constructor(task: WorkerTask, reason: Message | null = null, times: 1 | 2 = 1) {
    super(tell('ended', { task, reason, times }))
    this.task = task
    this.reason = reason
  }
}

/**
 * The one way in which a worker begins, works and ends, in a browser and in Node.
 * @param host.remote by comlink
 * @param host.terminate is called once, whyever it ends
 * @param host.explain what an error of its work is told as; else the error itself
 * @param host.hold told when the worker gets something to do, and when it has nothing left to do
 */
export function startWorker<Api>(host: {
  readonly remote: Remote<Api>
  readonly terminate: () => void
  readonly explain?: (error: unknown) => Promise<unknown>
  readonly hold?: (isBusy: boolean) => void
}): StartedWorker<Api> {
  const control = new AbortController()
  const life = control.signal
  // A race with one promise for the worker's whole life would hold every answer for as long.
  const pending = new Set<(reason: unknown) => void>()

  function end(reason?: unknown) {
    if (life.aborted) return
    control.abort(reason)
    host.terminate()
    for (const fail of pending) fail(life.reason)
  }
  return {
    run: (work, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        life.throwIfAborted()
        const forget = onAbort(signal, () => end(signal!.reason))
        const settle = () => {
          forget()
          if (pending.delete(fail) && pending.size === 0) host.hold?.(false)
        }
        const fail = (reason: unknown) => {
          settle()
          reject(reason)
        }
        pending.add(fail)
        if (pending.size === 1) host.hold?.(true)
        const working = async () => work(host.remote, life)
        working().then(
          (value) => {
            settle()
            resolve(value)
          },
          async (error: unknown) => fail(host.explain ? await host.explain(error) : error),
        )
      }),
    isAlive: () => !life.aborted,
    end,
  }
}
