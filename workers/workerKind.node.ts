import type { Worker } from 'node:worker_threads'
import { wrap } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { startWorker, WorkerEnded, type StartWorker } from './startWorker.ts'
import './sendErrors.ts'

/** Worker threads that do one thing. The program waits for their answers, not for their end. @param task what they do, after "that": "aligns images" */
export function workerKind<Api>(task: string, create: () => Worker): StartWorker<Api> {
  return () => {
    const thread = create()
    thread.unref()
    const started = startWorker<Api>({
      remote: wrap<Api>(nodeEndpoint(thread)),
      terminate: () => void thread.terminate(),
      hold: (isBusy) => (isBusy ? thread.ref() : thread.unref()),
    })
    thread.on('error', (error: Error) => started.end(new WorkerEnded(task, error.message)))
    thread.on('messageerror', () => started.end(new WorkerEnded(task, 'its answer could not be received')))
    thread.on('exit', (code) => started.end(new WorkerEnded(task, `it ended with code ${code}`)))
    return started
  }
}
