import type { Protocol } from '../protocol/protocol.ts'
import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { levelColumn, requireKnownLevels } from './clinicalPredictors.ts'
import { keepRows, splitByCohort, type Split, type StudyData } from './studyData.ts'
import { refuse } from './messages.ts'

/** Values that a column lacks in a cohort; cohorts that lack none are left out. */
export interface MissingInCohort {
  readonly column: string
  readonly source: 'features' | 'clinical'
  readonly cohort: string
  readonly rows: number
  readonly missing: number
}

/** Columns with missing values among those who learn or are judged, a cohort at a time; as measured. */
export function countMissing(study: StudyData, split: Split): MissingInCohort[] {
  const cohorts = cohortsOf(study, split)
  return columnsOf(study).flatMap(({ name, source, values, rowOf }) =>
    cohorts.flatMap(({ cohort, ids }) => {
      const missing = ids.filter((id) => Number.isNaN(values[rowOf.get(id)!])).length
      return missing > 0 ? [{ column: name, source, cohort, rows: ids.length, missing }] : []
    }),
  )
}

/**
 * The study without those who learn or are judged and lack a value of a feature or of a clinical predictor. Patients without an outcome
 * stay: ComBat takes the values that they have.
 * @returns also who was left out, by cohort; cohorts that lost nobody are not listed
 * @throws DataError when nobody is left to learn, naming the columns that most lack
 */
function keepComplete(study: StudyData, split: Split): { readonly study: StudyData; readonly leftOut: Split['judged'] } {
  const columns = columnsOf(study)
  const isIncomplete = (id: string) => columns.some(({ values, rowOf }) => Number.isNaN(values[rowOf.get(id)!]))
  const leftOut = cohortsOf(study, split).map(({ cohort, ids }) => ({ cohort, ids: ids.filter(isIncomplete) }))
  if (leftOut[0].ids.length === split.training.length) {
    const worst = countMissing(study, split).filter(({ cohort }) => cohort === leftOut[0].cohort).sort((a, b) => b.missing - a.missing) // prettier-ignore
    throw refuse('nobody-complete', { worst: worst.map(({ column, missing, rows }) => ({ column, missing, rows })) })
  }
  return { study: leaveOut(study, leftOut), leftOut: leftOut.filter(({ ids }) => ids.length > 0) }
}

/** The study without some patients, by cohort. */
export function leaveOut(study: StudyData, leftOut: Split['judged']): StudyData {
  const gone = new Set(leftOut.flatMap(({ ids }) => ids))
  return gone.size === 0 ? study : keepRows(study, (id) => !gone.has(id))
}

/**
 * Who learns and who is judged, without incomplete cases where the protocol leaves them out.
 * @returns also who was left out, as `keepComplete` does
 * @throws DataError as `keepComplete` and `requireKnownLevels` do
 */
export function settleCases(measured: StudyData, { cohort, missing }: Pick<Protocol, 'cohort' | 'missing'>) {
  const { study, leftOut } =
    missing === 'complete cases'
      ? keepComplete(measured, splitByCohort(measured, cohort.training))
      : { study: measured, leftOut: [] }
  const split = splitByCohort(study, cohort.training)
  if (study.clinical) requireKnownLevels(study.clinical, split)
  return { study, split, leftOut }
}

/** Of some rows, those that lack a value of any column. */
export function incompleteRows(table: FeatureTable, ids: readonly string[]): string[] {
  const rowOf = new Map(table.ids.map((id, row) => [id, row]))
  return ids.filter((id) => {
    const row = rowOf.get(id)
    return row !== undefined && table.columns.some((_, j) => Number.isNaN(table.values[j * table.ids.length + row]))
  })
}

/** The training cohort first. */
function cohortsOf({ cohortOf }: StudyData, { training, judged }: Split): Split['judged'] {
  return [{ cohort: cohortOf.get(training[0])!, ids: training }, ...judged]
}

interface Column {
  readonly name: string
  readonly source: MissingInCohort['source']
  readonly values: Float64Array
  readonly rowOf: ReadonlyMap<string, number>
}

/** Those with a missing value; a categorical predictor once, by its first level. */
function columnsOf({ features, clinical }: StudyData): Column[] {
  const rowsOf = (table: FeatureTable) => new Map(table.ids.map((id, row) => [id, row]))
  const ofFeatures = rowsOf(features)
  const all: Column[] = features.columns.map((name, j) => ({ name, source: 'features', values: columnAt(features, j), rowOf: ofFeatures })) // prettier-ignore
  if (clinical) {
    const { table, predictors } = clinical
    const rowOf = rowsOf(table)
    const seen = new Set<string>()
    for (const { column, levels } of predictors) {
      if (seen.has(column)) continue
      seen.add(column)
      const at = table.columns.indexOf(levels ? levelColumn(column, levels[0]) : column)
      all.push({ name: column, source: 'clinical', values: columnAt(table, at), rowOf })
    }
  }
  return all.filter(({ values }) => values.some(Number.isNaN))
}
