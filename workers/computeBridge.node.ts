import { createHash } from 'node:crypto'
import packageJson from '../package.json' with { type: 'json' }
import { Worker } from 'node:worker_threads'
import type { ComputeApi } from './computeApi.ts'
import { createComputeBridge, type ComputeBridge } from './computeBridge.ts'
import { limitMemory } from './limits.node.ts'
import type { StartWorker } from './startWorker.ts'
import { workerKind } from './workerKind.node.ts'

export interface NodeBridgeOptions {
  /** At most this many. */
  readonly workers: number
}

/** Half of what is free is left to others; one worker is always started. */
const shareOfFreeMemory = 0.5

/** The compute bridge in Node. `close()` it, or the program waits until its workers have been idle for a while. */
export function createNodeComputeBridge({ workers }: NodeBridgeOptions): ComputeBridge {
  return createComputeBridge({
    startWorker: startComputeWorker(),
    maximumWorkers: workers,
    memoryBudget: limitMemory().amount * shareOfFreeMemory,
    async hash(_, pieces, signal) {
      const hash = createHash('sha1')
      for await (const piece of pieces(signal)) hash.update(piece)
      return hash.digest('hex')
    },
    version: packageJson.version,
  })
}

/** The built program finds the worker's bundle beside itself. */
export function startComputeWorker(script: URL = new URL('./compute.worker.js', import.meta.url)): StartWorker<ComputeApi> {
  return workerKind('features', () => new Worker(script))
}
