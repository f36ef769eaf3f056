import type { PreparedCase } from './case.ts'
import type { Diagnostic } from './diagnostics.ts'
import { warnOfGreyLevels } from './greyLevels.ts'
import type { Job } from './planJobs.ts'
import type { JobResult } from './runJob.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

export interface ExtractionResult {
  /** `diagnostics_*`, before the features as in PyRadiomics's output. */
  readonly diagnostics: readonly Diagnostic[]
  /** In PyRadiomics's order, whatever the order in which workers finished. */
  readonly features: readonly (readonly [name: string, value: number])[]
  readonly failures: readonly { readonly imageType: string; readonly reason: Message }[]
  readonly warnings: readonly Message[]
  /** True if the extraction was cancelled before all jobs had ended. */
  readonly partial: boolean
}

/** Joins what the jobs gave. */
export function collectResult(prepared: PreparedCase, jobs: readonly Job[], results: readonly JobResult[]): ExtractionResult {
  const byId = new Map(results.map((result) => [result.id, result]))
  const finished = jobs.flatMap((job) => {
    const result = byId.get(job.id)
    return result ? [{ job, result }] : []
  })
  // Later images of the same name take the place of earlier ones, as in PyRadiomics's dictionary.
  const features = new Map(finished.flatMap(({ result }) => result.features ?? []))
  const unusual = warnOfGreyLevels(
    finished.flatMap(({ job: { imageName }, result: { greyLevels } }) =>
      greyLevels === undefined ? [] : [{ imageName, count: greyLevels }],
    ),
    prepared.plan.names,
  )
  return {
    diagnostics: prepared.diagnostics,
    features: [...features],
    failures: finished.flatMap(({ job, result }) =>
      result.failure === undefined || job.work.kind === 'samples' ? [] : [{ imageType: job.imageName, reason: result.failure }],
    ),
    warnings: [
      ...prepared.warnings,
      ...finished.flatMap(({ job, result }) =>
        result.skipped === undefined ? [] : [tell('image-left-out', { imageName: job.imageName, why: result.skipped })],
      ),
      ...(unusual === undefined ? [] : [unusual]),
    ],
    partial: finished.length < jobs.length,
  }
}
