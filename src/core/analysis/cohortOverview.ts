import { columnAt } from '../table/featureTable.ts'
import { levelColumn } from './clinicalPredictors.ts'
import type { StudyData } from './studyData.ts'

/** Patients of a cohort, or of a batch within it, by what is known of their outcome. */
export interface OutcomeCounts {
  readonly patients: number
  readonly positives: number
  readonly negatives: number
  /** They take part in harmonisation alone. */
  readonly unlabelled: number
}

export interface CohortCounts extends OutcomeCounts {
  readonly cohort: string
  readonly batches: readonly (OutcomeCounts & { readonly batch: string })[]
}

/** Who is in: cohorts in the order of the table, their batches by name; without batches there are none. */
export function countCohorts({ features, cohortOf, outcomeOf, batchOf }: StudyData): CohortCounts[] {
  const count = (ids: readonly string[]): OutcomeCounts => {
    const positives = ids.filter((id) => outcomeOf.get(id) === 1).length
    const negatives = ids.filter((id) => outcomeOf.get(id) === 0).length
    return { patients: ids.length, positives, negatives, unlabelled: ids.length - positives - negatives }
  }
  const batches = [...new Set(batchOf.values())].sort()
  return [...new Set(cohortOf.values())].map((cohort) => {
    const ids = features.ids.filter((id) => cohortOf.get(id) === cohort)
    const ofBatch = (batch: string) => ({ batch, ...count(ids.filter((id) => batchOf.get(id) === batch)) })
    return { cohort, ...count(ids), batches: batches.map(ofBatch).filter(({ patients }) => patients > 0) }
  })
}

/** Which values are missing: of the columns that lack some, those that lack most first. */
export interface MissingMap {
  readonly columns: readonly { readonly name: string; readonly missing: readonly string[] }[]
  /** Patients who lack a value. */
  readonly incomplete: readonly string[]
  readonly values: number
  readonly missing: number
}

export function mapMissing({ features, clinical }: StudyData): MissingMap {
  const ofTable = (names: readonly string[], at: (name: string) => Float64Array, ids: readonly string[]) =>
    names.map((name) => ({ name, missing: ids.filter((_, row) => Number.isNaN(at(name)[row])) }))
  const position = new Map(features.columns.map((name, j) => [name, j]))
  const measured = ofTable(features.columns, (name) => columnAt(features, position.get(name)!), features.ids)
  const asked = clinical ? [...new Map(clinical.predictors.map((one) => [one.column, one])).values()] : []
  const described = asked.map(({ column, levels }) => {
    const { table } = clinical!
    const values = columnAt(table, table.columns.indexOf(levels ? levelColumn(column, levels[0]) : column))
    return { name: column, missing: table.ids.filter((_, row) => Number.isNaN(values[row])) }
  })
  const all = [...measured, ...described]
  const columns = all.filter(({ missing }) => missing.length > 0).sort((a, b) => b.missing.length - a.missing.length)
  return {
    columns,
    incomplete: features.ids.filter((id) => columns.some(({ missing }) => missing.includes(id))),
    values: all.length * features.ids.length,
    missing: columns.reduce((sum, { missing }) => sum + missing.length, 0),
  }
}
