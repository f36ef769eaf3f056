import { columnAt, pickRows, type FeatureTable } from '../table/featureTable.ts'
import { listSome } from '../table/listSome.ts'
import { levelColumn } from './clinicalPredictors.ts'
import type { Split, StudyData } from './studyData.ts'

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
 * @throws RangeError when nobody is left to learn, naming the columns that most lack
 */
export function keepComplete(study: StudyData, split: Split): { readonly study: StudyData; readonly leftOut: Split['judged'] } {
  const columns = columnsOf(study)
  const isIncomplete = (id: string) => columns.some(({ values, rowOf }) => Number.isNaN(values[rowOf.get(id)!]))
  const leftOut = cohortsOf(study, split).map(({ cohort, ids }) => ({ cohort, ids: ids.filter(isIncomplete) }))
  if (leftOut[0].ids.length === split.training.length) {
    const worst = countMissing(study, split).filter(({ cohort }) => cohort === leftOut[0].cohort).sort((a, b) => b.missing - a.missing) // prettier-ignore
    throw new RangeError(`No training patient has a value of everything. Most is missing of ${listSome(worst.map(({ column, missing, rows }) => `${column} (${missing} of ${rows})`))}. Take such columns out, or let the protocol take the median of training.`) // prettier-ignore
  }
  const gone = new Set(leftOut.flatMap(({ ids }) => ids))
  const keep = (table: FeatureTable) => pickRows(table, table.ids.filter((id) => !gone.has(id))) // prettier-ignore
  const ofLeft = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].filter(([id]) => !gone.has(id)))
  const { clinical } = study
  return {
    study: {
      ...study,
      features: keep(study.features),
      secondReader: study.secondReader && keep(study.secondReader),
      outcomeOf: ofLeft(study.outcomeOf),
      cohortOf: ofLeft(study.cohortOf),
      ...(clinical && { clinical: { ...clinical, table: keep(clinical.table) } }),
    },
    leftOut: leftOut.filter(({ ids }) => ids.length > 0),
  }
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
