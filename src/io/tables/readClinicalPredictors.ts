import { levelColumn } from '../../core/analysis/clinicalPredictors.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import { makeFeatureTable } from '../../core/table/featureTable.ts'
import { refuse, tell, type Role } from './messages.ts'
import { isDecimalComma, parseNumber, readColumn, type TextTable } from './tableFile.ts'
import type { ClinicalData, ClinicalPredictor } from '../../core/analysis/clinicalData.ts'

/** More levels are no categories but names or remarks. */
const mostLevels = 20

/**
 * The clinical columns that the protocol's models name, as numbers. Levels are those of the patients in `ids`.
 * @returns undefined where no model names one
 * @throws DataError for columns that say who a patient is or what came of it, for columns of text without a level to compare with,
 *   and for a level that nobody has
 */
export function readClinicalPredictors(
  clinical: TextTable,
  { models, outcome, cohort, patient }: Pick<Protocol, 'models' | 'outcome' | 'cohort' | 'patient'>,
  ids: readonly string[],
): ClinicalData | undefined {
  const entries = models.flatMap((model) => model.clinical)
  if (entries.length === 0) return undefined
  const roles = new Map<string, Role>([...(patient === undefined ? [] : [[patient, 'patient'] as const]), [cohort.column, 'cohort'], [outcome.column, 'outcome']]) // prettier-ignore
  const predictors = new Map<string, ClinicalPredictor>()
  for (const entry of entries) {
    const [column, reference] = typeof entry === 'string' ? [entry, null] : [entry.column, entry.reference]
    const role = roles.get(column)
    if (role !== undefined) throw refuse('predictor-has-role', { column, role })
    const levels = reference === null ? null : readLevels(clinical, column, reference, ids)
    if (levels === null) requireNumbers(clinical, column, ids)
    predictors.set(`${column}, ${levels === null ? 'numbers' : 'levels'}`, { column, levels })
  }
  const used = [...predictors.values()]
  return { table: codePredictors(clinical, used, ids), predictors: used }
}

/**
 * A column of numbers as it is; of each level a column of 0 and 1, NaN where the cell is empty.
 * @throws DataError for a level that is none of the predictor's
 */
export function codePredictors(clinical: TextTable, predictors: readonly ClinicalPredictor[], ids: readonly string[]) {
  const columns: string[] = []
  const values: number[] = []
  for (const { column, levels } of predictors) {
    const textOf = textsOf(clinical, column)
    const texts = ids.map((id) => textOf.get(id)!)
    if (levels === null) {
      requireNumbers(clinical, column, ids)
      columns.push(column)
      for (const text of texts) values.push(parseNumber(text) as number)
      continue
    }
    const strange = ids.filter((_, i) => !isEmpty(texts[i]) && !levels.includes(texts[i]))
    if (strange.length > 0)
      throw refuse('levels-unknown', {
        path: clinical.path,
        column,
        strange: strange.map((id) => ({ id, level: textOf.get(id)! })),
        levels,
      })
    for (const level of levels) {
      columns.push(levelColumn(column, level))
      for (const text of texts) values.push(isEmpty(text) ? NaN : text === level ? 1 : 0)
    }
  }
  return makeFeatureTable(ids, columns, Float64Array.from(values))
}

function readLevels(clinical: TextTable, column: string, reference: string, ids: readonly string[]): string[] {
  const textOf = textsOf(clinical, column)
  const levels = [...new Set(ids.map((id) => textOf.get(id)!))].filter((text) => !isEmpty(text)).sort()
  const { path } = clinical
  if (!levels.includes(reference)) throw refuse('reference-absent', { path, column, reference, levels })
  if (levels.length < 2) throw refuse('one-level', { path, column, reference })
  if (levels.length > mostLevels) throw refuse('many-levels', { path, column, levels: levels.length, most: mostLevels })
  return levels
}

function requireNumbers(clinical: TextTable, column: string, ids: readonly string[]): void {
  const textOf = textsOf(clinical, column)
  const parsed = ids.map((id) => parseNumber(textOf.get(id)!))
  const wrong = parsed.findIndex((value) => typeof value !== 'number' || Math.abs(value) === Infinity)
  if (wrong < 0) return
  const levels = [...new Set(ids.map((id) => textOf.get(id)!))].filter((text) => !isEmpty(text)).sort()
  const what = parsed[wrong]
  const problem = typeof what === 'number' ? tell('infinite-value', {}) : what
  const mayBeLevels = !isDecimalComma(textOf.get(ids[wrong])!)
  throw refuse('predictor-unusable', {
    path: clinical.path,
    column,
    id: ids[wrong],
    problem,
    levels: mayBeLevels ? levels : null,
  })
}

function textsOf(clinical: TextTable, column: string): ReadonlyMap<string, string> {
  const texts = readColumn(clinical, column)
  return new Map(clinical.ids.map((id, row) => [id, texts[row]]))
}

function isEmpty(text: string): boolean {
  return Number.isNaN(parseNumber(text))
}
