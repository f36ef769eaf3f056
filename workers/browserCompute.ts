import type { ComputeApi } from './computeApi.ts'
import { createComputeBridge, type ComputeBridge } from './computeBridge.ts'
import { hashInWorker } from './hashInWorker.ts'
import { workerKind } from './workerKind.ts'

const gibibyte = 2 ** 30
/** Where the browser does not say how much memory the machine has. */
const usualMemoryGiB = 4

export const startComputeWorker = workerKind<ComputeApi>(
  'features',
  () => new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' }),
)

/** As many workers as the machine has threads, a quarter of its memory at most. @param version of this program */
export function createBrowserCompute(version: string): ComputeBridge {
  const memoryGiB =
    'deviceMemory' in navigator && typeof navigator.deviceMemory === 'number' ? navigator.deviceMemory : usualMemoryGiB
  return createComputeBridge({
    startWorker: startComputeWorker,
    maximumWorkers: navigator.hardwareConcurrency,
    memoryBudget: (memoryGiB * gibibyte) / 4,
    hash: hashInWorker,
    version,
  })
}
