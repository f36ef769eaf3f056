import { mean } from '../numeric/moments.ts'
import { createRandom, deriveSeed, sampleWithoutReplacement, type Seed } from '../numeric/random.ts'
import { pickRows, type FeatureTable } from '../table/featureTable.ts'
import { applyModel, type Model } from './model.ts'

/**
 * Partial dependence (Friedman 2001, Annals of Statistics 29(5), 1189-1232, section 8.2) of a model on a column: what it says on average
 * of the patients when all of them have the same value there, and what else they have stays.
 * @param table the model's columns, without missing values
 * @param grid values of the column
 * @returns the mean score at each of them
 * @throws DataError as `applyModel` does
 */
export function partialDependence(model: Model, table: FeatureTable, column: string, grid: readonly number[]): number[] {
  const rows = table.ids.length
  const from = table.columns.indexOf(column) * rows
  const values = table.values.slice()
  return grid.map((value) => {
    values.fill(value, from, from + rows)
    return mean(applyModel(model, { ...table, values }))
  })
}

/** So many of the patients, drawn by the seed alone, in table order; all where there are no more. */
export function drawPatients(table: FeatureTable, most: number, seed: Seed): FeatureTable {
  const { ids } = table
  if (ids.length <= most) return table
  const drawn = sampleWithoutReplacement(ids.length, most, createRandom(deriveSeed(seed, 'partial dependence')))
  return pickRows(table, drawn.sort((a, b) => a - b).map((row) => ids[row])) // prettier-ignore
}
