import { levelColumn } from '../../core/analysis/clinicalPredictors.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import { makeFeatureTable } from '../../core/table/featureTable.ts'
import { listSome } from '../../core/table/listSome.ts'
import { parseNumber, readColumn, TableFileError, type TextTable } from './tableFile.ts'
import type { ClinicalData, ClinicalPredictor } from '../../core/analysis/clinicalData.ts'

/** More levels are no categories but names or remarks. */
const mostLevels = 20

/**
 * The clinical columns that the protocol's models name, as numbers. Levels are those of the patients in `ids`.
 * @returns undefined where no model names one
 * @throws TableFileError for columns that say who a patient is or what came of it, for columns of text without a level to compare with,
 *   and for a level that nobody has
 */
export function readClinicalPredictors(
  clinical: TextTable,
  { models, outcome, cohort, patient }: Pick<Protocol, 'models' | 'outcome' | 'cohort' | 'patient'>,
  ids: readonly string[],
): ClinicalData | undefined {
  const entries = models.flatMap((model) => model.clinical)
  if (entries.length === 0) return undefined
  const roles = new Map([...(patient === undefined ? [] : [[patient, 'the patient'] as const]), [cohort.column, 'the cohort'], [outcome.column, 'the outcome']]) // prettier-ignore
  const predictors = new Map<string, ClinicalPredictor>()
  for (const entry of entries) {
    const [column, reference] = typeof entry === 'string' ? [entry, null] : [entry.column, entry.reference]
    const role = roles.get(column)
    if (role !== undefined)
      throw new TableFileError(`The protocol names ${column} as a predictor (models, clinical), but it is ${role}: take it out.`)
    const levels = reference === null ? null : readLevels(clinical, column, reference, ids)
    if (levels === null) requireNumbers(clinical, column, ids)
    predictors.set(`${column}, ${levels === null ? 'numbers' : 'levels'}`, { column, levels })
  }
  const used = [...predictors.values()]
  return { table: codePredictors(clinical, used, ids), predictors: used }
}

/**
 * A column of numbers as it is; of each level a column of 0 and 1, NaN where the cell is empty.
 * @throws TableFileError for a level that is none of the predictor's
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
      throw new TableFileError(`${clinical.path}, column ${column}: ${listSome(strange.map((id) => `${id} (${textOf.get(id)!})`))} ${strange.length === 1 ? 'has a level' : 'have levels'} that the model does not know; it knows ${levels.join(', ')}.`) // prettier-ignore
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
  const where = `${clinical.path}, column ${column}`
  if (!levels.includes(reference))
    throw new TableFileError(`${where}: nobody has the level ${reference} that the others are to be compared with; there ${levels.length === 1 ? 'is' : 'are'} ${listSome(levels)}.`) // prettier-ignore
  if (levels.length < 2) throw new TableFileError(`${where}: everybody has the level ${reference}; it tells nothing.`)
  if (levels.length > mostLevels)
    throw new TableFileError(`${where}: ${levels.length} different values are no categories (at most ${mostLevels}).`)
  return levels
}

function requireNumbers(clinical: TextTable, column: string, ids: readonly string[]): void {
  const textOf = textsOf(clinical, column)
  const parsed = ids.map((id) => parseNumber(textOf.get(id)!))
  const wrong = parsed.findIndex((value) => typeof value === 'string' || Math.abs(value) === Infinity)
  if (wrong < 0) return
  const levels = [...new Set(ids.map((id) => textOf.get(id)!))].filter((text) => !isEmpty(text)).sort()
  const what = parsed[wrong]
  const way = typeof what === 'string' && what.includes('decimal comma') ? '' : ` If these are categories (${listSome(levels)}), name the one that the others are compared with: { column: ${column}, reference: ${levels[0]} }.` // prettier-ignore
  throw new TableFileError(`${clinical.path}, column ${column}, which a model uses: ${ids[wrong]} has ${typeof what === 'string' ? what : 'an infinite value'}.${way}`) // prettier-ignore
}

function textsOf(clinical: TextTable, column: string): ReadonlyMap<string, string> {
  const texts = readColumn(clinical, column)
  return new Map(clinical.ids.map((id, row) => [id, texts[row]]))
}

function isEmpty(text: string): boolean {
  return Number.isNaN(parseNumber(text))
}
