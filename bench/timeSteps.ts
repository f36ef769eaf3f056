import { collectResult, type ExtractionResult } from '../src/core/extraction/collectResult.ts'
import { cutCase } from '../src/core/extraction/cutCase.ts'
import { createJobQueue } from '../src/core/extraction/jobQueue.ts'
import { planJobs, type Job } from '../src/core/extraction/planJobs.ts'
import { prepareCase } from '../src/core/extraction/prepareCase.ts'
import { openCase, runJob } from '../src/core/extraction/runJob.ts'
import { measureVolume } from '../src/core/image/statistics.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { Kernels } from '../src/core/kernels/kernels.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { ExtractionPlan } from '../src/core/parameters/plan.ts'
import { say } from '../src/messages/say.ts'

export interface StepTimes {
  readonly totalMs: number
  /** In the order of the work. */
  readonly steps: readonly (readonly [name: string, ms: number])[]
  readonly largestJob: { readonly label: string; readonly ms: number }
  readonly result: ExtractionResult
}

/** The way of `extractFeatures` on this thread, with a watch at every step. */
export function timeSteps(kernels: Kernels, image: Volume, mask: Mask, plan: ExtractionPlan): StepTimes {
  const steps = new Map<string, number>()
  const timed = <T>(name: string, work: () => T): T => {
    const start = performance.now()
    const result = work()
    steps.set(name, (steps.get(name) ?? 0) + performance.now() - start)
    return result
  }
  const start = performance.now()
  const statistics = timed('statistics of the volume', () => measureVolume(image.voxels))
  const cut = timed('cut', () => cutCase(image, mask, plan))
  const prepared = timed('normalise, resample', () => prepareCase(kernels, cut, statistics, plan))
  const jobs = planJobs(prepared, plan)
  const jobMs = new Map<Job, number>()
  const results = kernels.scope(() => {
    const open = timed('copy in', () => openCase(kernels, prepared))
    const queue = createJobQueue(jobs)
    for (let ready = queue.next(); ready; ready = queue.next()) {
      const { job, parts } = ready
      const before = performance.now()
      queue.finish(timed(groupOf(job), () => runJob(open, job, parts)))
      jobMs.set(job, performance.now() - before)
    }
    return queue.results()
  })
  const result = timed('collect', () => collectResult(prepared, jobs, results))
  const totalMs = performance.now() - start
  const [job, ms] = [...jobMs].reduce((longest, entry) => (entry[1] > longest[1] ? entry : longest))
  return { totalMs, steps: [...steps], largestJob: { label: say(job.step), ms }, result }
}

/** Jobs of an image type together: all sub-bands, all sigmas, all parts of LBP 3D. */
function groupOf({ work, imageName }: Job): string {
  if (work.kind === 'shape' || work.kind === 'shape2D') return work.kind
  return imageName.replace(/^(log-sigma|wavelet|lbp-3D).*$/, '$1')
}
