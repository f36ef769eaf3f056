import type { Seed } from '../src/core/numeric/random.ts'
import type { DrawJob, DrawnStudy } from '../src/core/simulate/drawStudies.ts'
import type { LeakInNoise } from '../src/core/simulate/leakInNoise.ts'
import type { ApparentSlope, RechooseJob, RechosenCutoff, SlopeJob, Trials } from '../src/core/simulate/teachingTrials.ts'
import { startStatistics } from './browserStatistics.ts'
import { progressUntilDone } from './progress.ts'
import { runInWorker } from './runInWorker.ts'

/** What is too much for the page's own thread of the playground and the lessons. @throws the signal's reason when it aborts */
export const teachInWorker = {
  draw: (job: DrawJob, signal: AbortSignal): Promise<readonly DrawnStudy[]> =>
    runInWorker(startStatistics, (api) => api.drawStudies(job), signal),
  rechooseCutoffs: (job: RechooseJob, signal: AbortSignal): Promise<Trials<RechosenCutoff>> =>
    runInWorker(startStatistics, (api) => api.rechooseCutoffs(job), signal),
  fitApparentSlopes: (job: SlopeJob, signal: AbortSignal): Promise<Trials<ApparentSlope>> =>
    runInWorker(startStatistics, (api) => api.fitApparentSlopes(job), signal),
  findLeak(seed: Seed, signal: AbortSignal, onDone: (done: number, total: number) => void): Promise<LeakInNoise> {
    const progress = progressUntilDone(onDone)
    return runInWorker(startStatistics, (api) => api.findLeakInNoise(seed, progress.report), signal).finally(progress.done)
  },
}
