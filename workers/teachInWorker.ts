import type { DrawnStudy } from '../src/core/simulate/drawStudies.ts'
import type { LeakInNoise, NoiseTrial } from '../src/core/simulate/leakInNoise.ts'
import { startStatistics } from './browserStatistics.ts'
import { progressUntilDone } from './progress.ts'
import { runInWorker } from './runInWorker.ts'
import type { DrawJob } from './statisticsApi.ts'

/** What is too much for the page's own thread of the playground and the lessons. @throws the signal's reason when it aborts */
export const teachInWorker = {
  draw: (job: DrawJob, signal: AbortSignal): Promise<readonly DrawnStudy[]> =>
    runInWorker(startStatistics, (api) => api.drawStudies(job), signal),
  findLeak(trial: NoiseTrial, signal: AbortSignal, onDone: (done: number, total: number) => void): Promise<LeakInNoise> {
    const progress = progressUntilDone(onDone)
    return runInWorker(startStatistics, (api) => api.findLeakInNoise(trial, progress.report), signal).finally(progress.done)
  },
}
