import { Worker } from 'node:worker_threads'
import type { ComputeApi } from './computeApi.ts'
import type { LivingWorker } from './livingWorker.ts'
import { watchWorker } from './watchWorker.node.ts'

/** Starts a compute worker in Node; the built program finds the worker's bundle beside itself. */
export function startComputeWorker(script: URL = new URL('./compute.worker.js', import.meta.url)): LivingWorker<ComputeApi> {
  return watchWorker(new Worker(script), 'computes features')
}
