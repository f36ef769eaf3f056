import { wrap } from 'comlink'
import type { StatisticsApi } from './statisticsApi.ts'
import { createStatisticsBridge, type StatisticsBridge } from './statisticsBridge.ts'

/** The statistics in a browser. @param workers do jobs at the same time, at most; the study itself has one more */
export function createBrowserStatisticsBridge(workers: number): StatisticsBridge {
  return createStatisticsBridge({
    maximumWorkers: workers,
    startWorker() {
      const worker = new Worker(new URL('./statistics.worker.ts', import.meta.url), { type: 'module' })
      const crashed = new Promise<never>((_, reject) => {
        worker.addEventListener('error', (event) =>
          reject(new Error(`The statistics worker stopped: ${event.message || 'it ran out of memory or could not be loaded'}.`)),
        )
      })
      return { api: wrap<StatisticsApi>(worker), crashed, terminate: () => worker.terminate() }
    },
  })
}
