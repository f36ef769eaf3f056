import { columnAt } from './featureTable.ts'
import { requireTraining, type TrainingTable } from './trainingTable.ts'

/**
 * For methods that need every value and both outcomes.
 * @throws TypeError when the table is no training table
 * @throws RangeError that names the first cell that is not a finite number, or tells that one outcome has no patient
 */
export function requireLearnable(training: TrainingTable, method: string): void {
  requireTraining(training)
  training.columns.forEach((name, j) => {
    const at = columnAt(training, j).findIndex((value) => !Number.isFinite(value))
    if (at < 0) return
    const value = columnAt(training, j)[at]
    const found = Number.isNaN(value) ? 'missing' : `${value}`
    throw new RangeError(
      `${method} needs finite values; ${name} of ${training.ids[at]} is ${found}. Drop or impute such columns or patients before.`,
    )
  })
  const positive = training.outcome.reduce((sum, label) => sum + label, 0)
  const negative = training.ids.length - positive
  if (positive === 0 || negative === 0)
    throw new RangeError(
      `${method} needs patients of both outcomes; the training cohort has ${negative} with outcome 0 and ${positive} with outcome 1.`,
    )
}
