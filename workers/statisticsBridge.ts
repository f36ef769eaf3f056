import { proxy, type Remote } from 'comlink'
import type { Analysis } from '../src/core/analysis/analysis.ts'
import type { StudyData } from '../src/core/analysis/studyData.ts'
import type { OnProgress } from '../src/core/numeric/jobs.ts'
import type { Protocol } from '../src/core/protocol/protocol.ts'
import type { StatisticsJob, StatisticsResult } from '../src/core/analysis/statisticsJob.ts'
import type { LivingWorker } from './livingWorker.ts'
import { onceAgain } from './onceAgain.ts'
import { progressUntilDone } from './progress.ts'
import type { StatisticsApi } from './statisticsApi.ts'

type StatisticsWorker = LivingWorker<StatisticsApi>

export interface StatisticsHost {
  startWorker(): StatisticsWorker
  /** At most this many do jobs at the same time; the study itself has one more, which waits for them. */
  readonly maximumWorkers: number
}

export interface StatisticsOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: OnProgress | undefined
}

export interface StatisticsBridge {
  /**
   * The whole of a study's statistics.
   * @throws the signal's reason when it aborts: the workers are ended at once; otherwise what `analyse` throws
   */
  analyse(study: StudyData, protocol: Protocol, options?: StatisticsOptions): Promise<Analysis>
  /** Jobs of a single method, spread over the workers; results in the order of the jobs. @throws as `analyse` */
  runJobs(jobs: readonly StatisticsJob[], options?: Pick<StatisticsOptions, 'signal'>): Promise<readonly StatisticsResult[]>
  close(): void
}

interface Call {
  readonly work: (api: Remote<StatisticsApi>) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  /** What is to be done before the call is made once more, since its worker ended by itself. */
  readonly beforeAgain?: () => void
}

export function createStatisticsBridge(host: StatisticsHost): StatisticsBridge {
  let idle: StatisticsWorker[] = []
  let busy = new Map<StatisticsWorker, Call>()
  let waiting: Call[] = []
  let jobWorkers = 0

  /** Ends everything. comlink leaves the calls of a terminated worker hanging, so they are rejected here. */
  function stop(reason: unknown) {
    const calls = [...busy.values(), ...waiting]
    for (const worker of [...busy.keys(), ...idle]) worker.terminate()
    idle = []
    busy = new Map()
    waiting = []
    jobWorkers = 0
    for (const { reject } of calls) reject(reason)
  }

  async function start(call: Call): Promise<void> {
    let worker: StatisticsWorker | undefined
    /** @returns whether the call was still wanted: not where everything was stopped */
    const release = () => {
      if (!worker || !busy.delete(worker)) return false
      if (worker.isAlive()) idle.push(worker)
      return true
    }
    try {
      const value = await onceAgain(() => {
        if (worker) {
          if (!release()) return new Promise(() => {})
          call.beforeAgain?.()
        }
        idle = idle.filter((one) => one.isAlive())
        worker = idle.pop() ?? host.startWorker()
        busy.set(worker, call)
        return call.work(worker.api)
      })
      if (release()) call.resolve(value)
    } catch (error) {
      if (release()) call.reject(error)
    }
  }

  function startWaiting() {
    while (jobWorkers < host.maximumWorkers && waiting.length > 0) {
      jobWorkers++
      void start(waiting.shift()!).then(() => {
        jobWorkers = Math.max(0, jobWorkers - 1)
        startWaiting()
      })
    }
  }

  const runJob = (job: StatisticsJob) =>
    new Promise<StatisticsResult>((resolve, reject) => {
      waiting.push({ work: (api) => api.runJob(job), resolve: resolve as Call['resolve'], reject })
      startWaiting()
    })

  const runAll = (jobs: readonly StatisticsJob[]) => Promise.all(jobs.map(runJob))

  async function cancellable<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted()
    const cancel = () => stop(signal!.reason)
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await work()
    } catch (error) {
      // What still runs would be of no use.
      stop(error)
      throw error
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  return {
    async analyse(study, protocol, { signal, onProgress = () => {} } = {}) {
      const progress = progressUntilDone(onProgress)
      try {
        return await cancellable(
          signal,
          () =>
            new Promise<Analysis>((resolve, reject) => {
              const work = (api: Remote<StatisticsApi>) => api.analyse(study, protocol, proxy(runAll), progress.report)
              // Jobs of the study that ended are of no use.
              const beforeAgain = () => stop(new Error('The study began again.'))
              void start({ work, resolve: resolve as Call['resolve'], reject, beforeAgain })
            }),
        )
      } finally {
        progress.done()
      }
    },
    runJobs: (jobs, { signal } = {}) => cancellable(signal, () => runAll(jobs)),
    close: () => stop(new Error('The statistics were closed.')),
  }
}
