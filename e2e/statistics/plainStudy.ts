import type { StudyData } from '../../src/core/analysis/studyData.ts'
import { makeFeatureTable } from '../../src/core/table/featureTable.ts'

/** A study as a test can send it to a page: without maps. */
export interface PlainStudy {
  readonly ids: readonly string[]
  readonly columns: readonly string[]
  /** Column-major. */
  readonly values: readonly number[]
  /** One a patient. */
  readonly outcome: readonly (0 | 1)[]
  readonly cohort: readonly string[]
  readonly batch: readonly string[]
}

export function toStudyData({ ids, columns, values, outcome, cohort, batch }: PlainStudy): StudyData {
  const mapOf = <T>(list: readonly T[]) => new Map(ids.map((id, i) => [id, list[i]]))
  return {
    features: makeFeatureTable(ids, columns, Float64Array.from(values)),
    secondReader: null,
    outcomeOf: mapOf(outcome),
    cohortOf: mapOf(cohort),
    batchOf: mapOf(batch),
    covariates: [],
  }
}
