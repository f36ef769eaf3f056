import type { PreparedCase } from './case.ts'
import type { Diagnostic } from './diagnostics.ts'
import type { Job } from './planJobs.ts'
import type { JobResult } from './runJob.ts'

export interface ExtractionResult {
  /** `diagnostics_*`, before the features as in PyRadiomics's output. */
  readonly diagnostics: readonly Diagnostic[]
  /** In PyRadiomics's order, whatever the order in which workers finished. */
  readonly features: readonly (readonly [name: string, value: number])[]
  readonly failures: readonly { readonly imageType: string; readonly reason: string }[]
  readonly warnings: readonly string[]
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
  const unusual = finished.filter(({ result }) => result.greyLevels !== undefined)
  return {
    diagnostics: prepared.diagnostics,
    features: [...features],
    failures: finished.flatMap(({ job, result }) =>
      result.failure === undefined || job.work.kind === 'lbp3D' ? [] : [{ imageType: job.imageName, reason: result.failure }],
    ),
    warnings: [
      ...prepared.warnings,
      ...finished.flatMap(({ job, result }) =>
        result.skipped === undefined ? [] : [`${job.imageName} was left out, as in PyRadiomics: ${result.skipped}`],
      ),
      ...(unusual.length > 0
        ? [
            `Outside 16 to 128 grey levels, where texture is hardly comparable: ${unusual.map(({ job, result }) => `${job.imageName} (${result.greyLevels})`).join(', ')}. Consider another binWidth or binCount for these images.`,
          ]
        : []),
    ],
    partial: finished.length < jobs.length,
  }
}
