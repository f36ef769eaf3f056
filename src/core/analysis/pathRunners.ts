import type { GrowTreesJob, GrownTrees } from '../learn/forest.ts'
import type { RunJobs } from '../numeric/jobs.ts'
import type { AnnealingRun, AnnealJob } from '../select/annealing.ts'

/** The parts of one path that are spread over workers, by method. */
export interface PathRunners {
  readonly growTrees: RunJobs<GrowTreesJob, GrownTrees>
  readonly anneal: RunJobs<AnnealJob, AnnealingRun>
}
