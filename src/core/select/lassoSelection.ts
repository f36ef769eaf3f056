import { defaultLassoOptions, fitLassoWithPath, type LassoModel, type LassoOptions } from '../learn/lasso.ts'
import { sumOfSquares } from '../numeric/moments.ts'
import { columnAt } from '../table/featureTable.ts'
import type { TrainingTable } from '../table/trainingTable.ts'

export interface LassoSelectionOptions extends Omit<LassoOptions, 'lambda'> {
  readonly lambda: 'minimum' | 'one SE'
}

export const defaultLassoSelectionOptions: LassoSelectionOptions = { ...defaultLassoOptions, lambda: 'minimum' }

export interface LassoSelection {
  readonly method: 'lasso'
  /** In the table's order; may be empty. */
  readonly kept: readonly string[]
  readonly rule: 'minimum' | 'one SE'
  readonly lambda: number
  readonly choice: NonNullable<LassoModel['choice']>
  /** Every column with its coefficient on the scale of its values; 0 for a dropped one. */
  readonly columns: readonly { readonly name: string; readonly coefficient: number }[]
  /** Columns that enter the path anywhere, with a coefficient an SD at each of `choice.lambda`, so that they can be compared. */
  readonly paths: readonly { readonly name: string; readonly coefficients: readonly number[] }[]
  readonly learntFrom: readonly string[]
}

/**
 * Keeps the columns with a coefficient other than 0 in a LASSO whose lambda is chosen by cross-validation (Tibshirani 1996, J R
 * Stat Soc B 58:267), as `cv.glmnet`.
 * @throws DataError as `fitLasso`
 */
export function fitLassoSelection(
  training: TrainingTable,
  options: LassoSelectionOptions = defaultLassoSelectionOptions,
): LassoSelection {
  const { model, path } = fitLassoWithPath(training, options)
  return {
    method: 'lasso',
    kept: model.columns.filter((_, j) => model.coefficients[j] !== 0),
    rule: options.lambda,
    lambda: model.lambda,
    choice: model.choice!,
    columns: model.columns.map((name, j) => ({ name, coefficient: model.coefficients[j] })),
    paths: model.columns.flatMap((name, j) => {
      const values = path.coefficients.map((coefficients) => coefficients[j])
      if (values.every((value) => value === 0)) return []
      const column = columnAt(training, j)
      const sd = Math.sqrt(sumOfSquares(column) / column.length)
      return [{ name, coefficients: values.map((value) => value * sd) }]
    }),
    learntFrom: model.learntFrom,
  }
}
