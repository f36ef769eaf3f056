import { proxy } from 'comlink'
import type { Analysis } from '../src/core/analysis/analysis.ts'
import type { ModelContext } from '../src/core/apply/describeModel.ts'
import type { StageStore } from '../src/core/analysis/stages/stageStore.ts'
import type { StudyData } from '../src/core/analysis/studyData.ts'
import type { OnProgress } from '../src/core/numeric/jobs.ts'
import type { Protocol } from '../src/core/protocol/protocol.ts'
import type { StatisticsJob, StatisticsResult } from '../src/core/analysis/statisticsJob.ts'
import { progressUntilDone } from './progress.ts'
import type { StartWorker } from './startWorker.ts'
import type { StatisticsApi } from './statisticsApi.ts'
import { whileWanted } from './whileWanted.ts'
import { createWorkerPool } from './workerPool.ts'

export interface StatisticsHost {
  readonly startWorker: StartWorker<StatisticsApi>
  /** At most this many do jobs at the same time; the study itself has one more, which waits for them. */
  readonly maximumWorkers: number
}

export interface StatisticsOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: OnProgress | undefined
  /** Asked before a stage is computed, and told each that is finished, also by a worker that is ended afterwards. */
  readonly stages?: StageStore | undefined
}

export interface StatisticsBridge {
  /**
   * The whole of a study's statistics.
   * @throws the signal's reason when it aborts: the workers are ended at once; otherwise what `analyse` throws
   */
  analyse(study: StudyData, protocol: Protocol, options?: StatisticsOptions): Promise<Analysis>
  /** See `describeModels`. @throws as `analyse` */
  describeModels(analysis: Analysis, study: StudyData, signal?: AbortSignal): Promise<readonly ModelContext[]>
  /** Jobs of a single method, spread over the workers; results in the order of the jobs. @throws as `analyse` */
  runJobs(jobs: readonly StatisticsJob[], options?: Pick<StatisticsOptions, 'signal'>): Promise<readonly StatisticsResult[]>
  close(): void
}

export function createStatisticsBridge({ startWorker, maximumWorkers }: StatisticsHost): StatisticsBridge {
  const studies = createWorkerPool(startWorker)
  const workers = createWorkerPool(startWorker, { mostWorkers: maximumWorkers })

  const runJobs = (jobs: readonly StatisticsJob[], signal?: AbortSignal) =>
    whileWanted([signal], (life) =>
      Promise.all(jobs.map((job) => workers.run((api): Promise<StatisticsResult> => api.runJob(job), { signal: life }))),
    )
  return {
    async analyse(study, protocol, { signal, onProgress = () => {}, stages } = {}) {
      const progress = progressUntilDone(onProgress)
      return studies
        .run(
          (api, life): Promise<Analysis> =>
            // Jobs of a study whose worker has ended are of no use.
            api.analyse(
              study,
              protocol,
              proxy((jobs: readonly StatisticsJob[]) => runJobs(jobs, life)),
              progress.report,
              stages && proxy(stages),
            ),
          { signal },
        )
        .finally(progress.done)
    },
    describeModels: (analysis, study, signal) =>
      studies.run((api): Promise<readonly ModelContext[]> => api.describeModels(analysis, study), { signal }),
    runJobs: (jobs, { signal } = {}) => runJobs(jobs, signal),
    close() {
      studies.close()
      workers.close()
    },
  }
}
