import { transfer } from 'comlink'
import type { CaseCut, PreparedCase, PreparedSlices } from '../src/core/extraction/case.ts'
import type { Job } from '../src/core/extraction/planJobs.ts'
import { finishCase, prepareCase, prepareSlices } from '../src/core/extraction/prepareCase.ts'
import { openCase, runJob, type JobResult, type MeasureByIbsi, type OpenCase } from '../src/core/extraction/runJob.ts'
import type { SliceRange } from '../src/core/image/resample.ts'
import { addToStatistics, finishStatistics, startStatistics, type VolumeStatistics } from '../src/core/image/statistics.ts'
import type { Kernels } from '../src/core/kernels/kernels.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import type { ExtractionPlan } from '../src/core/parameters/plan.ts'
import { keepLoaded } from '../src/io/keepLoaded.ts'

export type ComputeApi = ReturnType<typeof createComputeApi>

const keptMemoryBytes = 256 * 2 ** 20

/**
 * What a compute worker does, the same in a browser and in Node. A worker holds one case at a time: it is sent once and
 * serves all jobs of that case.
 */
export function createComputeApi(loadKernels: () => Promise<Kernels>, ibsi?: MeasureByIbsi) {
  let statistics = startStatistics()
  let open: OpenCase | undefined
  const kernels = keepLoaded(loadKernels)

  /** New memory costs more than a small case, so it is kept, unless a large case has made it large. */
  async function freeKernels(): Promise<Kernels> {
    open = undefined
    if ((await kernels.get()).exports.memory.buffer.byteLength > keptMemoryBytes) kernels.forget()
    const free = await kernels.get()
    free.freeAll()
    return free
  }

  return {
    startStatistics(): void {
      statistics = startStatistics()
    },
    addToStatistics(voxels: VoxelArray): void {
      statistics = addToStatistics(statistics, voxels)
    },
    finishStatistics(): VolumeStatistics {
      return finishStatistics(statistics)
    },
    async prepare(cut: CaseCut, wholeImage: VolumeStatistics, plan: ExtractionPlan): Promise<PreparedCase> {
      return transferCase(prepareCase(await freeKernels(), cut, wholeImage, plan))
    },
    /** A part of `prepare`, for several workers; `finishCase` does the rest. */
    async prepareSlices(
      cut: CaseCut,
      wholeImage: VolumeStatistics,
      plan: ExtractionPlan,
      slices: SliceRange,
    ): Promise<PreparedSlices> {
      const part = prepareSlices(await freeKernels(), cut, wholeImage, plan, slices)
      return transfer(part, [part.voxels.buffer, part.mask.buffer])
    },
    finishCase(
      cut: Omit<CaseCut, 'voxels'>,
      slices: PreparedSlices,
      wholeImage: VolumeStatistics,
      plan: ExtractionPlan,
    ): PreparedCase {
      return transferCase(finishCase(cut, slices, wholeImage, plan))
    },
    async openCase(prepared: PreparedCase): Promise<void> {
      open = openCase(await freeKernels(), prepared, ibsi)
    },
    runJob(job: Job, parts: readonly Float64Array<ArrayBuffer>[]): JobResult {
      if (!open) throw new Error('A job came before its case.')
      try {
        return runJob(open, job, parts)
      } catch (error) {
        // After a trap the instance's memory cannot be trusted; the bridge sends the case again.
        open = undefined
        kernels.forget()
        throw error
      }
    },
  }
}

function transferCase(prepared: PreparedCase): PreparedCase {
  return transfer(prepared, [...new Set([prepared.voxels.buffer, prepared.mask.buffer, prepared.shapeMask.buffer])])
}
