import type { Worker } from 'node:worker_threads'
import { wrap } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { createLivingWorker, WorkerEnded, type LivingWorker } from './livingWorker.ts'
import './sendErrors.ts'

/** A worker thread whose end is noticed. The program waits for its answers, not for its end. @param task what it does, after "that": "aligns images" */
export function watchWorker<Api>(thread: Worker, task: string): LivingWorker<Api> {
  thread.unref()
  const { worker, end } = createLivingWorker<Api>({
    remote: wrap<Api>(nodeEndpoint(thread)),
    terminate: () => void thread.terminate(),
    hold: (isBusy) => (isBusy ? thread.ref() : thread.unref()),
  })
  thread.on('error', (error: Error) => end(new WorkerEnded(task, error.message)))
  thread.on('messageerror', () => end(new WorkerEnded(task, 'its answer could not be received')))
  thread.on('exit', (code) => end(new WorkerEnded(task, `it ended with code ${code}`)))
  return worker
}
