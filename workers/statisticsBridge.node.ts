import { Worker } from 'node:worker_threads'
import type { StatisticsApi } from './statisticsApi.ts'
import { createStatisticsBridge, type StatisticsBridge } from './statisticsBridge.ts'
import { workerKind } from './workerKind.node.ts'

/** The statistics in Node; the built program finds the worker's bundle beside itself. `close()` it, or the program waits. */
export function createNodeStatisticsBridge(
  workers: number,
  script: URL = new URL('./statistics.worker.js', import.meta.url),
): StatisticsBridge {
  return createStatisticsBridge({
    maximumWorkers: workers,
    startWorker: workerKind<StatisticsApi>('statistics', () => new Worker(script)),
  })
}
