import { collectResult, type ExtractionResult } from './extraction/collectResult.ts'
import { cutCase } from './extraction/cutCase.ts'
import { createJobQueue, failedJob, type ReadyJob } from './extraction/jobQueue.ts'
import { measureByIbsi } from './extraction/measureByIbsi.ts'
import { planJobs } from './extraction/planJobs.ts'
import { prepareCase } from './extraction/prepareCase.ts'
import { openCase, runJob, type JobResult, type OpenCase } from './extraction/runJob.ts'
import { measureVolume } from './image/statistics.ts'
import type { Volume } from './image/volume.ts'
import type { Kernels } from './kernels/kernels.ts'
import type { Mask } from './mask/mask.ts'
import type { ExtractionPlan } from './parameters/plan.ts'

/**
 * All features of one region, as its plan says: image + mask + plan -> features.
 * This is the whole way on one thread; `workers/computeBridge.ts` takes the same steps with the jobs spread over workers.
 *
 * @param image grey levels after rescale, whole (normalisation looks at all of it)
 * @param mask the region on the image's grid
 * @throws if the case cannot be used; a job that fails alone is told in `failures`
 */
export function extractFeatures(kernels: Kernels, image: Volume, mask: Mask, plan: ExtractionPlan): ExtractionResult {
  const statistics = measureVolume(image.voxels)
  const cut = cutCase(image, mask, plan)
  const prepared = prepareCase(kernels, cut, statistics, plan)
  const jobs = planJobs(prepared, plan)
  return kernels.scope(() => {
    const open = openCase(kernels, prepared, measureByIbsi)
    const queue = createJobQueue(jobs)
    for (let ready = queue.next(); ready; ready = queue.next()) queue.finish(tryJob(open, ready))
    return collectResult(prepared, jobs, queue.results())
  })
}

function tryJob(open: OpenCase, { job, parts }: ReadyJob): JobResult {
  try {
    return runJob(open, job, parts)
  } catch (error) {
    return failedJob(job, error)
  }
}
