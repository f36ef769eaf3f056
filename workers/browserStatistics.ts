import type { StatisticsApi } from './statisticsApi.ts'
import { createStatisticsBridge, type StatisticsBridge } from './statisticsBridge.ts'
import { workerKind } from './workerKind.ts'

export const startStatistics = workerKind<StatisticsApi>(
  'statistics',
  () => new Worker(new URL('./statistics.worker.ts', import.meta.url), { type: 'module' }),
)

/** The statistics in a browser. @param workers do jobs at the same time, at most; the study itself has one more */
export function createBrowserStatisticsBridge(workers: number): StatisticsBridge {
  return createStatisticsBridge({ maximumWorkers: workers, startWorker: startStatistics })
}
