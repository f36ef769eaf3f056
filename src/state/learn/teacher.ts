import type { Belief } from '../../core/evaluate/binormal.ts'
import type { DrawnStudy, StudyDraw } from '../../core/simulate/drawStudies.ts'
import type { LeakInNoise, NoiseTrial } from '../../core/simulate/leakInNoise.ts'

/** What computes for the playground and the lessons, off the page's thread. */
export interface Teacher {
  draw(
    job: { readonly draw: StudyDraw; readonly belief: Belief; readonly samples: number },
    signal: AbortSignal,
  ): Promise<readonly DrawnStudy[]>
  findLeak(trial: NoiseTrial, signal: AbortSignal, onDone: (done: number, total: number) => void): Promise<LeakInNoise>
}

/** Loaded when it is asked for. */
export type OpenTeacher = () => Promise<Teacher>
