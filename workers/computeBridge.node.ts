import { createHash } from 'node:crypto'
import { freemem } from 'node:os'
import packageJson from '../package.json' with { type: 'json' }
import { createComputeBridge, type ComputeBridge } from './computeBridge.ts'
import { startComputeWorker } from './startComputeWorker.node.ts'

export interface NodeBridgeOptions {
  /** At most this many. */
  readonly workers: number
}

/** Half of what is free is left to others; one worker is always started. */
const shareOfFreeMemory = 0.5

/** The compute bridge in Node. `close()` it, or the program waits until its workers have been idle for a while. */
export function createNodeComputeBridge({ workers }: NodeBridgeOptions): ComputeBridge {
  return createComputeBridge({
    startWorker: () => startComputeWorker(),
    maximumWorkers: workers,
    memoryBudget: freemem() * shareOfFreeMemory,
    async hash(_, pieces) {
      const hash = createHash('sha1')
      for await (const piece of pieces()) hash.update(piece)
      return hash.digest('hex')
    },
    version: packageJson.version,
  })
}
