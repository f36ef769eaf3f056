import type { Worker } from 'node:worker_threads'
import { wrap } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { startWorker, WorkerEnded, type StartWorker } from './startWorker.ts'
import { messageOf } from '../src/core/messages/message.ts'
import type { WorkerTask } from '../src/io/messages.ts'
import { tell } from './messages.ts'
import './sendErrors.ts'

/** Worker threads that do one thing. The program waits for their answers, not for their end. */
export function workerKind<Api>(task: WorkerTask, create: () => Worker): StartWorker<Api> {
  return () => {
    const thread = create()
    thread.unref()
    const started = startWorker<Api>({
      remote: wrap<Api>(nodeEndpoint(thread)),
      terminate: () => void thread.terminate(),
      hold: (isBusy) => (isBusy ? thread.ref() : thread.unref()),
    })
    thread.on('error', (error: Error) => started.end(new WorkerEnded(task, messageOf(error))))
    thread.on('messageerror', () => started.end(new WorkerEnded(task, tell('answer-lost', {}))))
    thread.on('exit', (code) => started.end(new WorkerEnded(task, tell('exit-code', { exitCode: code }))))
    return started
  }
}
