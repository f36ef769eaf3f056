import { Worker } from 'node:worker_threads'
import type { SimulateApi } from './simulateApi.ts'
import { createWorkerPool, type WorkerPool } from './workerPool.ts'
import { workerKind } from './workerKind.node.ts'

/** Workers that make patients of a simulated study; the built program finds their bundle beside itself. `close()` them. */
export function createSimulators(
  workers: number,
  script: URL = new URL('./simulate.worker.js', import.meta.url),
): WorkerPool<SimulateApi> {
  return createWorkerPool(
    workerKind<SimulateApi>('simulation', () => new Worker(script)),
    { mostWorkers: workers },
  )
}
