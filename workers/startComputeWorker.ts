import { wrap } from 'comlink'
import type { ComputeApi } from './computeApi.ts'
import type { ComputeWorker } from './computeBridge.ts'

/** Starts a compute worker in a browser. */
export function startComputeWorker(): ComputeWorker {
  const worker = new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' })
  const crashed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) =>
      reject(new Error(`The compute worker stopped: ${event.message || 'it ran out of memory or could not be loaded'}.`)),
    )
  })
  return { api: wrap<ComputeApi>(worker), crashed, terminate: () => worker.terminate() }
}
