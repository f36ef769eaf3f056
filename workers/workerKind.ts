import { wrap } from 'comlink'
import type { WorkerNews } from './exposeApi.ts'
import { startWorker, WorkerEnded, type StartWorker } from './startWorker.ts'
import { inWords, messageOf, type Message } from '../src/core/messages/message.ts'
import { tell as tellLoading, type WorkerTask } from '../src/io/messages.ts'
import { tell } from './messages.ts'
import { programServer } from '../src/io/programServer.ts'
import './sendErrors.ts'

/** So long a worker may take to load, on a machine that is busy with other things; half a second is usual. */
const startMs = 60_000

/**
 * Workers of the page that do one thing. The browser tells only of errors in one; that it was closed or killed shows in its lock
 * (exposeApi.ts), which the page gets when the worker is gone and not before, however long it computes.
 * @param create gives the browser's own worker; the build finds its script by the words `new Worker(new URL(...))`
 */
export function workerKind<Api>(task: WorkerTask, create: () => Worker): StartWorker<Api> {
  return () => {
    const own = create()
    const watching = new AbortController()
    const started = startWorker<Api>({
      remote: wrap<Api>(own),
      terminate() {
        watching.abort()
        clearTimeout(starting)
        own.terminate()
      },
      explain: programServer.explain,
    })
    let isLoaded = false
    const neverBegan = (why: Message) => {
      clearTimeout(starting)
      void programServer.describe(why).then(started.end)
    }
    const starting = setTimeout(() => neverBegan(tellLoading('worker-late', { task, waitedS: startMs / 1000 })), startMs)
    own.addEventListener('error', ({ message }) => {
      if (isLoaded) started.end(new WorkerEnded(task, message ? inWords(message) : null))
      else neverBegan(tellLoading('worker-not-started', { task, ...(message && { why: message }) }))
    })
    own.addEventListener('messageerror', () => started.end(new WorkerEnded(task, tell('answer-lost', {}))))
    own.addEventListener('message', ({ data }: MessageEvent<WorkerNews | null>) => {
      if (data && 'isLoaded' in data) {
        isLoaded = true
        clearTimeout(starting)
      }
      if (!data || !('holds' in data) || data.holds === null || watching.signal.aborted) return
      navigator.locks
        .request(data.holds, { signal: watching.signal }, () => started.end(new WorkerEnded(task)))
        // Given up when the page itself ends the worker.
        .catch((error: unknown) => {
          if (!watching.signal.aborted) started.end(new WorkerEnded(task, messageOf(error)))
        })
    })
    return started
  }
}
