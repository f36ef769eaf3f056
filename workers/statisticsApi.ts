import { runStatisticsJob, type StatisticsJob, type StatisticsResult } from '../src/core/analysis/statisticsJob.ts'
import { analyse } from '../src/core/analyse.ts'
import { describeModels, type ModelContext } from '../src/core/apply/describeModel.ts'
import { scoreAndPlace, type PlacedScores } from '../src/core/apply/scorePatients.ts'
import type { StageStore } from '../src/core/analysis/stages/stageStore.ts'
import type { StudyData } from '../src/core/analysis/studyData.ts'
import type { Kernels } from '../src/core/kernels/kernels.ts'
import type { OnProgress, RunJobs } from '../src/core/numeric/jobs.ts'
import type { Seed } from '../src/core/numeric/random.ts'
import type { Protocol } from '../src/core/protocol/protocol.ts'
import { drawStudies, type DrawJob, type DrawnStudy } from '../src/core/simulate/drawStudies.ts'
import {
  fitApparentSlopes,
  rechooseCutoffs,
  type ApparentSlope,
  type RechooseJob,
  type RechosenCutoff,
  type SlopeJob,
  type Trials,
} from '../src/core/simulate/teachingTrials.ts'
import { defaultNoiseTrial, findLeakInNoise, type LeakInNoise } from '../src/core/simulate/leakInNoise.ts'
import { keepLoaded } from '../src/io/keepLoaded.ts'
import type { Analysis } from '../src/core/analysis/analysis.ts'

export type StatisticsApi = ReturnType<typeof createStatisticsApi>

/** What a statistics worker does, the same in a browser and in Node: one job, or the study, whose jobs other workers do. */
export function createStatisticsApi(loadKernels: () => Promise<Kernels>) {
  const kernels = keepLoaded(loadKernels)

  return {
    async runJob(job: StatisticsJob): Promise<StatisticsResult> {
      const loaded = await kernels.get()
      try {
        return await runStatisticsJob(loaded, job)
      } catch (error) {
        // After a trap the instance's memory cannot be trusted.
        kernels.forget()
        throw error
      }
    },
    async analyse(
      study: StudyData,
      protocol: Protocol,
      runJobs: RunJobs<StatisticsJob, StatisticsResult>,
      onProgress: OnProgress,
      stages?: StageStore,
    ): Promise<Analysis> {
      return analyse(study, protocol, runJobs, onProgress, stages)
    },
    drawStudies: (job: DrawJob): DrawnStudy[] => drawStudies(job),
    rechooseCutoffs: (job: RechooseJob): Trials<RechosenCutoff> => rechooseCutoffs(job),
    fitApparentSlopes: (job: SlopeJob): Trials<ApparentSlope> => fitApparentSlopes(job),
    findLeakInNoise: (seed: Seed, onDone: (done: number, total: number) => void): LeakInNoise =>
      findLeakInNoise({ ...defaultNoiseTrial, seed }, onDone),
    /** What the files of its models say beside the models. */
    describeModels: (analysis: Analysis, study: StudyData): readonly ModelContext[] => describeModels(analysis, study),
    score: (...patients: Parameters<typeof scoreAndPlace>): PlacedScores => scoreAndPlace(...patients),
  }
}
