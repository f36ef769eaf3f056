import type { ModelStep, Protocol } from '../protocol/protocol.ts'
import { median } from '../numeric/quantile.ts'
import { columnAt, makeFeatureTable, pickColumns, pickRows, type FeatureTable } from '../table/featureTable.ts'
import type { Split } from './studyData.ts'
import type { ClinicalPredictor, ClinicalData } from './clinicalData.ts'
import { refuse } from './messages.ts'

/** A predictor as one model takes it. */
export interface ClinicalTerm extends ClinicalPredictor {
  /** The level that the others are compared with; null of numbers. */
  readonly reference: string | null
}

export function levelColumn(column: string, level: string): string {
  return `${column}=${level}`
}

/** The columns of the table that stand for a term: of a categorical one, those of the levels that are not the reference. */
export function columnsOfTerm({ column, levels, reference }: ClinicalTerm): string[] {
  return levels === null ? [column] : levels.filter((level) => level !== reference).map((level) => levelColumn(column, level))
}

/** @throws DataError when the data lack a predictor that the model names */
export function termsOf({ clinical }: Pick<ModelStep, 'clinical'>, data: ClinicalData | undefined): ClinicalTerm[] {
  return clinical.map((entry) => {
    const [column, reference] = typeof entry === 'string' ? [entry, null] : [entry.column, entry.reference]
    const predictor = data?.predictors.find(
      (known) => known.column === column && (known.levels === null) === (reference === null),
    )
    if (!predictor) throw refuse('no-clinical-column', { column })
    return { ...predictor, reference }
  })
}

/** What some terms look at. */
export function pickPredictors({ table }: ClinicalData, terms: readonly ClinicalTerm[]): ClinicalData {
  const columns = terms.flatMap(({ column, levels }) => levels?.map((level) => levelColumn(column, level)) ?? [column])
  return { table: pickColumns(table, columns), predictors: terms }
}

/** What stands in for missing values, a value a column of the table. */
type Fill = ReadonlyMap<string, number>

/**
 * The clinical columns of those who learn and of those who are judged, complete. With `missing: median of training` a missing number is
 * the median of the training patients, a missing category their most frequent one (of equal ones the first).
 * @throws DataError, naming column, cohort and patients, for missing values where nothing stands in for them
 */
export function completeClinical(
  { table, predictors }: ClinicalData,
  training: readonly string[],
  judged: readonly { readonly cohort: string; readonly ids: readonly string[] }[],
  missing: Protocol['missing'],
): { readonly training: FeatureTable; readonly judged: readonly FeatureTable[] } {
  const own = pickRows(table, training)
  const fill = missing === 'median of training' ? learnFill(own, predictors) : null
  const complete = (cohort: string, part: FeatureTable) => (fill ? fillIn(part, fill) : requireComplete(part, cohort))
  return {
    training: complete('training', own),
    judged: judged.map(({ cohort, ids }) => complete(cohort, pickRows(table, ids))),
  }
}

function learnFill(training: FeatureTable, predictors: readonly ClinicalPredictor[]): Fill {
  const present = (column: string) => columnAt(training, training.columns.indexOf(column)).filter((value) => !Number.isNaN(value))
  return new Map(
    predictors.flatMap(({ column, levels }) => {
      if ((levels ? present(levelColumn(column, levels[0])) : present(column)).length === 0)
        throw refuse('nothing-stands-in', { column })
      if (levels === null) return [[column, median(present(column))] as const]
      const counts = levels.map((level) => present(levelColumn(column, level)).reduce((sum, value) => sum + value, 0))
      const most = counts.indexOf(Math.max(...counts))
      return levels.map((level, l) => [levelColumn(column, level), l === most ? 1 : 0] as const)
    }),
  )
}

function fillIn({ ids, columns, values }: FeatureTable, fill: Fill): FeatureTable {
  const rows = ids.length
  const filled = values.map((value, at) => (Number.isNaN(value) ? fill.get(columns[Math.floor(at / rows)])! : value))
  return makeFeatureTable(ids, columns, filled)
}

function requireComplete(table: FeatureTable, cohort: string): FeatureTable {
  table.columns.forEach((column, j) => {
    const values = columnAt(table, j)
    const without = table.ids.filter((_, row) => Number.isNaN(values[row]))
    if (without.length > 0) throw refuse('predictor-missing', { column, cohort, ids: without })
  })
  return table
}

/**
 * A level that no training patient has would be taken for the reference.
 * @throws DataError that names the level and who has it
 */
export function requireKnownLevels({ table, predictors }: ClinicalData, { training, judged }: Split): void {
  const rowOf = new Map(table.ids.map((id, row) => [id, row]))
  for (const { column, levels } of predictors)
    for (const level of levels ?? []) {
      const values = columnAt(table, table.columns.indexOf(levelColumn(column, level)))
      const has = (id: string) => values[rowOf.get(id)!] === 1
      if (training.some(has)) continue
      const strangers = judged.flatMap(({ ids }) => ids.filter(has))
      if (strangers.length > 0) throw refuse('level-not-learnt', { column, level, ids: strangers })
    }
}
