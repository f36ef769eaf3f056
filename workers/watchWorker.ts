import { wrap } from 'comlink'
import type { WorkerNews } from './exposeApi.ts'
import { createLivingWorker, WorkerEnded, type LivingWorker } from './livingWorker.ts'
import { programServer } from '../src/io/programServer.ts'
import './sendErrors.ts'

/** So long a worker may take to load, on a machine that is busy with other things; half a second is usual. */
const startMs = 60_000

/**
 * A worker of the page whose end is noticed. The browser tells only of errors in it; that it was closed or killed shows in its
 * lock (exposeApi.ts), which the page gets when the worker is gone and not before, however long it computes.
 * @param task what it does, after "that": "aligns images"
 */
export function watchWorker<Api>(worker: Worker, task: string): LivingWorker<Api> {
  const watching = new AbortController()
  const { worker: living, end } = createLivingWorker<Api>({
    remote: wrap<Api>(worker),
    terminate() {
      watching.abort()
      clearTimeout(starting)
      worker.terminate()
    },
    explain: programServer.explain,
  })
  let isLoaded = false
  const neverBegan = (why: string) => {
    clearTimeout(starting)
    void programServer.describe(`The part of the program that ${task} could not be started: ${why}`).then(end)
  }
  const starting = setTimeout(() => neverBegan(`it was not ready after ${startMs / 1000} s`), startMs)
  worker.addEventListener('error', ({ message }) => {
    if (isLoaded) end(new WorkerEnded(task, message))
    else neverBegan(message || 'it could not be loaded')
  })
  worker.addEventListener('messageerror', () => end(new WorkerEnded(task, 'its answer could not be received')))
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerNews | null>) => {
    if (data && 'isLoaded' in data) {
      isLoaded = true
      clearTimeout(starting)
    }
    if (!data || !('holds' in data) || data.holds === null || watching.signal.aborted) return
    navigator.locks
      .request(data.holds, { signal: watching.signal }, () => end(new WorkerEnded(task)))
      // Given up when the page itself ends the worker.
      .catch((error: unknown) => {
        if (!watching.signal.aborted) end(new WorkerEnded(task, String(error)))
      })
  })
  return living
}
