import type { Seed } from '../../core/numeric/random.ts'
import type { DrawJob, DrawnStudy } from '../../core/simulate/drawStudies.ts'
import type { LeakInNoise } from '../../core/simulate/leakInNoise.ts'
import type { ApparentSlope, RechooseJob, RechosenCutoff, SlopeJob, Trials } from '../../core/simulate/teachingTrials.ts'

/** What computes for the playground and the lessons, off the page's thread. */
export interface Teacher {
  draw(job: DrawJob, signal: AbortSignal): Promise<readonly DrawnStudy[]>
  rechooseCutoffs(job: RechooseJob, signal: AbortSignal): Promise<Trials<RechosenCutoff>>
  fitApparentSlopes(job: SlopeJob, signal: AbortSignal): Promise<Trials<ApparentSlope>>
  /** One study of noise, `defaultNoiseTrial` with this seed. */
  findLeak(seed: Seed, signal: AbortSignal, onDone: (done: number, total: number) => void): Promise<LeakInNoise>
}

/** Loaded when it is asked for. */
export type OpenTeacher = () => Promise<Teacher>
