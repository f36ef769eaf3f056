import { followNested, type NestedJob, type NestedPath } from './followNested.ts'
import type { PathRunners } from './pathRunners.ts'
import { growTrees, type GrowTreesJob, type GrownTrees } from '../learn/forest.ts'
import type { Kernels } from '../kernels/kernels.ts'
import type { RunJobs } from '../numeric/jobs.ts'
import { anneal, type AnnealingRun, type AnnealJob } from '../select/annealing.ts'

/** What a statistics worker can be asked: plain data, named by its kind. */
export type StatisticsJob =
  | { readonly kind: 'growTrees'; readonly job: GrowTreesJob }
  | { readonly kind: 'anneal'; readonly job: AnnealJob }
  | { readonly kind: 'followNested'; readonly job: NestedJob }

export type StatisticsResult = GrownTrees | AnnealingRun | NestedPath

/** The same jobs by method, as the methods take them. */
export interface StatisticsRunners extends PathRunners {
  readonly followNested: RunJobs<NestedJob, NestedPath>
}

/** Does one job in this thread; what it is made of is done here too. */
export async function runStatisticsJob(kernels: Kernels, { kind, job }: StatisticsJob): Promise<StatisticsResult> {
  switch (kind) {
    case 'growTrees':
      return growTrees(kernels, job)
    case 'anneal':
      return anneal(kernels, job)
    case 'followNested':
      return followNested(job, runHere(kernels))
  }
}

/** @param runJobs spreads jobs of any kind, as the statistics bridge does */
export function spreadJobs(runJobs: RunJobs<StatisticsJob, StatisticsResult>): StatisticsRunners {
  const of =
    <Job, Result>(kind: StatisticsJob['kind']) =>
    (jobs: readonly Job[]) =>
      runJobs(jobs.map((job) => ({ kind, job }) as StatisticsJob)) as Promise<readonly Result[]>
  return { growTrees: of('growTrees'), anneal: of('anneal'), followNested: of('followNested') }
}

/** Everything in this thread, one after the other. */
export function runHere(kernels: Kernels): StatisticsRunners {
  return spreadJobs(async (jobs) => {
    const results: StatisticsResult[] = []
    for (const job of jobs) results.push(await runStatisticsJob(kernels, job))
    return results
  })
}
