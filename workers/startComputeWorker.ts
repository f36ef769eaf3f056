import type { ComputeApi } from './computeApi.ts'
import type { LivingWorker } from './livingWorker.ts'
import { watchWorker } from './watchWorker.ts'

/** Starts a compute worker in a browser. */
export function startComputeWorker(): LivingWorker<ComputeApi> {
  return watchWorker(new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' }), 'computes features')
}
