import type { StatisticsApi } from './statisticsApi.ts'
import { createStatisticsBridge, type StatisticsBridge } from './statisticsBridge.ts'
import { watchWorker } from './watchWorker.ts'

/** The statistics in a browser. @param workers do jobs at the same time, at most; the study itself has one more */
export function createBrowserStatisticsBridge(workers: number): StatisticsBridge {
  return createStatisticsBridge({
    maximumWorkers: workers,
    startWorker: () =>
      watchWorker<StatisticsApi>(
        new Worker(new URL('./statistics.worker.ts', import.meta.url), { type: 'module' }),
        'computes statistics',
      ),
  })
}
