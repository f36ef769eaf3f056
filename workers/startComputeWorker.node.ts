import { Worker } from 'node:worker_threads'
import { wrap } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import type { ComputeApi } from './computeApi.ts'
import type { ComputeWorker } from './computeBridge.ts'

/** Starts a compute worker in Node; the built program finds the worker's bundle beside itself. */
export function startComputeWorker(script: URL = new URL('./compute.worker.js', import.meta.url)): ComputeWorker {
  const worker = new Worker(script)
  const crashed = new Promise<never>((_, reject) => {
    worker.on('error', (error) => reject(new Error(`The compute worker stopped: ${error.message}`, { cause: error })))
  })
  return { api: wrap<ComputeApi>(nodeEndpoint(worker)), crashed, terminate: () => void worker.terminate() }
}
