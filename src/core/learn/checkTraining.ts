import { columnAt, pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'

/** Patients with outcome 0 and 1. */
export type ClassCounts = readonly [number, number]

/** What one patient of class 0 and of class 1 counts; 'balanced' makes the classes' sums equal: patients / (2 x patients of the class). */
export type ClassWeights = readonly [number, number] | 'balanced'

/**
 * What every model asks of the table it learns from.
 * @returns how many patients each class has
 * @throws TypeError unless it is a training table
 * @throws RangeError when a class has no patient, or a value is missing or infinite (it names patient and column)
 */
export function checkTraining(training: TrainingTable, model: string): ClassCounts {
  requireTraining(training)
  const positives = training.outcome.reduce((sum, label) => sum + label, 0)
  const counts = [training.outcome.length - positives, positives] as const
  if (Math.min(...counts) === 0)
    throw new RangeError(
      `${model} needs patients of both classes; the ${training.ids.length} training patients all have outcome ${positives === 0 ? 0 : 1}.`,
    )
  requireFinite(training, model)
  return counts
}

/** The model's columns of a table to be predicted. @throws RangeError that names missing columns, or a patient without a value */
export function pickFinite(table: FeatureTable, columns: readonly string[], model: string): FeatureTable {
  const picked = pickColumns(table, columns)
  requireFinite(picked, model)
  return picked
}

/** @throws RangeError unless both weights are positive */
export function resolveClassWeights(weights: ClassWeights, counts: ClassCounts): readonly [number, number] {
  if (weights === 'balanced') {
    const patients = counts[0] + counts[1]
    return [patients / (2 * counts[0]), patients / (2 * counts[1])]
  }
  if (!weights.every((weight) => weight > 0 && Number.isFinite(weight)))
    throw new RangeError(`Class weights are two positive numbers, or "balanced"; ${weights.join(', ')} were given.`)
  return weights
}

function requireFinite(table: FeatureTable, model: string): void {
  const wrong: string[] = []
  table.columns.forEach((name, j) =>
    columnAt(table, j).forEach((value, i) => {
      if (Number.isNaN(value)) wrong.push(`${name} of ${table.ids[i]} is missing`)
      else if (!Number.isFinite(value)) wrong.push(`${name} of ${table.ids[i]} is infinite`)
    }),
  )
  if (wrong.length === 0) return
  const more = wrong.length > 5 ? ` and ${wrong.length - 5} more` : ''
  throw new RangeError(
    `${model} takes finite values: ${wrong.slice(0, 5).join('; ')}${more}. Drop the columns or the patients, or impute first.`,
  )
}
