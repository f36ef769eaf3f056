import { rocAuc } from '../numeric/ranks.ts'
import { createRandom, deriveSeed, shuffle, type Seed } from '../numeric/random.ts'
import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { applyModel, type Model } from './model.ts'

/** Columns that are shuffled together: a feature, or all levels of a category. */
export interface ShuffledColumns {
  readonly name: string
  readonly columns: readonly string[]
}

/** How much the AUC falls when the patients' values are shuffled among them. */
export interface AucDrops {
  readonly name: string
  /** One a repeat; negative where the shuffled values happen to tell more. */
  readonly drops: readonly number[]
}

/**
 * Permutation importance (Breiman 2001, Machine Learning 45:5; Fisher, Rudin and Dominici 2019, JMLR 20:177) of a model for patients
 * whom it did not learn from, by the loss of AUC. A shuffle depends on the seed, the repeat and the name alone.
 * @param table the model's columns, of patients of both classes
 * @param outcome 0 or 1 a row
 * @returns in the order of `groups`; drops are NaN where the patients are of one class
 */
export function permuteColumns(
  model: Model,
  table: FeatureTable,
  outcome: ArrayLike<number>,
  groups: readonly ShuffledColumns[],
  { repeats, seed }: { readonly repeats: number; readonly seed: Seed },
): AucDrops[] {
  const rows = table.ids.length
  const whole = rocAuc(applyModel(model, table), outcome)
  return groups.map(({ name, columns }) => {
    const places = columns.map((column) => table.columns.indexOf(column))
    const drops = Array.from({ length: repeats }, (_, repeat) => {
      const order = shuffle(Array.from({ length: rows }, (_, row) => row), createRandom(deriveSeed(seed, 'permute', name, repeat))) // prettier-ignore
      const values = table.values.slice()
      for (const j of places) {
        const column = columnAt(table, j)
        order.forEach((from, row) => (values[j * rows + row] = column[from]))
      }
      return whole - rocAuc(applyModel(model, { ...table, values }), outcome)
    })
    return { name, drops }
  })
}
