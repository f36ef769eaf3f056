import type { ComputeApi } from './computeApi.ts'
import { createComputeBridge, type ComputeBridge, type ComputeHost } from './computeBridge.ts'
import { hashInWorker } from './hashInWorker.ts'
import { workerKind } from './workerKind.ts'

const gibibyte = 2 ** 30
/** Where the browser does not say how much memory the machine has. */
const usualMemoryGiB = 4

export const startComputeWorker = workerKind<ComputeApi>(
  'features',
  () => new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' }),
)

/** Of the machine's memory, in bytes: what all workers that compute may have. */
export function computeMemory(): number {
  const memoryGiB =
    'deviceMemory' in navigator && typeof navigator.deviceMemory === 'number' ? navigator.deviceMemory : usualMemoryGiB
  return (memoryGiB * gibibyte) / 4
}

/**
 * As many workers as the machine has threads, a quarter of its memory at most.
 * @param version of this program
 * @param share where others compute beside it
 */
export function createBrowserCompute(
  version: string,
  share: Pick<ComputeHost, 'maximumWorkers' | 'memoryBudget'> = {
    maximumWorkers: navigator.hardwareConcurrency,
    memoryBudget: computeMemory(),
  },
): ComputeBridge {
  return createComputeBridge({ startWorker: startComputeWorker, ...share, hash: hashInWorker, version })
}
