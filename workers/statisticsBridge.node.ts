import { Worker } from 'node:worker_threads'
import { wrap } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import type { StatisticsApi } from './statisticsApi.ts'
import { createStatisticsBridge, type StatisticsBridge } from './statisticsBridge.ts'

/** The statistics in Node; the built program finds the worker's bundle beside itself. `close()` it, or the program waits. */
export function createNodeStatisticsBridge(
  workers: number,
  script: URL = new URL('./statistics.worker.js', import.meta.url),
): StatisticsBridge {
  return createStatisticsBridge({
    maximumWorkers: workers,
    startWorker() {
      const worker = new Worker(script)
      const crashed = new Promise<never>((_, reject) => {
        worker.on('error', (error) => reject(new Error(`The statistics worker stopped: ${error.message}`, { cause: error })))
      })
      return { api: wrap<StatisticsApi>(nodeEndpoint(worker)), crashed, terminate: () => void worker.terminate() }
    },
  })
}
