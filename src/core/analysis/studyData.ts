import type { Covariate } from '../harmonise/covariates.ts'
import type { BatchOf } from '../harmonise/batches.ts'
import type { FeatureTable } from '../table/featureTable.ts'

/** What a study's statistics start from. Plain data that passes to a worker. */
export interface StudyData {
  /** Of the first reader, every patient that is harmonised, also those that this task leaves out. */
  readonly features: FeatureTable
  /** Of the second reader: the patients that were read again, the same columns. */
  readonly secondReader: FeatureTable | null
  /** 0 or 1 by patient; a patient without outcome takes part in harmonisation alone. */
  readonly outcomeOf: ReadonlyMap<string, 0 | 1>
  /** Every patient's cohort. */
  readonly cohortOf: ReadonlyMap<string, string>
  /** Every patient's batch; empty when nothing is harmonised. */
  readonly batchOf: BatchOf
  readonly covariates: readonly Covariate[]
  /** The patient behind each ID that is a copy's: in bootstrap samples alone. */
  readonly copies?: ReadonlyMap<string, string>
}

/** Who learns and who is judged, by ID in table order; patients without outcome are in neither. */
export interface Split {
  readonly training: readonly string[]
  readonly judged: readonly { readonly cohort: string; readonly ids: readonly string[] }[]
}

/**
 * @param training the cohort that learns
 * @throws RangeError when that cohort has no patient with an outcome, or only one class of it
 */
export function splitByCohort({ features, cohortOf, outcomeOf }: StudyData, training: string): Split {
  const labelled = features.ids.filter((id) => outcomeOf.has(id))
  const idsOf = (cohort: string) => labelled.filter((id) => cohortOf.get(id) === cohort)
  const cohorts = [...new Set(cohortOf.values())]
  if (!cohorts.includes(training))
    throw new RangeError(`There is no cohort ${training} to learn from; the cohorts are ${cohorts.join(', ')}.`)
  const learning = idsOf(training)
  const positive = learning.filter((id) => outcomeOf.get(id) === 1).length
  if (positive === 0 || positive === learning.length)
    throw new RangeError(`The training cohort ${training} has ${positive} positive and ${learning.length - positive} negative patients; both are needed.`) // prettier-ignore
  const judged = cohorts.filter((cohort) => cohort !== training).map((cohort) => ({ cohort, ids: idsOf(cohort) }))
  return { training: learning, judged: judged.filter(({ ids }) => ids.length > 0) }
}
