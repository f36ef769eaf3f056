import { columnAt, pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { refuse, type Learner } from './messages.ts'

/** Patients with outcome 0 and 1. */
export type ClassCounts = readonly [number, number]

/** What one patient of class 0 and of class 1 counts; 'balanced' makes the classes' sums equal: patients / (2 x patients of the class). */
export type ClassWeights = readonly [number, number] | 'balanced'

/**
 * What every model asks of the table it learns from.
 * @returns how many patients each class has
 * @throws TypeError unless it is a training table
 * @throws DataError when a class has no patient, or a value is missing or infinite (it names patient and column)
 */
export function checkTraining(training: TrainingTable, learner: Learner): ClassCounts {
  requireTraining(training)
  const positives = training.outcome.reduce((sum, label) => sum + label, 0)
  const counts = [training.outcome.length - positives, positives] as const
  if (Math.min(...counts) === 0)
    throw refuse('one-class', { learner, patients: training.ids.length, outcome: positives === 0 ? 0 : 1 })
  requireFinite(training, learner)
  return counts
}

/** The model's columns of a table to be predicted. @throws DataError that names missing columns, or a patient without a value */
export function pickFinite(table: FeatureTable, columns: readonly string[], learner: Learner): FeatureTable {
  const picked = pickColumns(table, columns)
  requireFinite(picked, learner)
  return picked
}

/** @throws DataError unless both weights are positive */
export function resolveClassWeights(weights: ClassWeights, counts: ClassCounts): readonly [number, number] {
  if (weights === 'balanced') {
    const patients = counts[0] + counts[1]
    return [patients / (2 * counts[0]), patients / (2 * counts[1])]
  }
  if (!weights.every((weight) => weight > 0 && Number.isFinite(weight))) throw refuse('class-weights-of-two', { weights })
  return weights
}

function requireFinite(table: FeatureTable, learner: Learner): void {
  // Asked of every table that a model is applied to: which value is none, and whose, is looked for where there is one.
  if (table.values.every((value) => Number.isFinite(value))) return
  const wrong = table.columns.flatMap((column, j) =>
    Array.from(columnAt(table, j)).flatMap((value, i) =>
      Number.isFinite(value)
        ? []
        : [{ column, id: table.ids[i], is: Number.isNaN(value) ? ('missing' as const) : ('infinite' as const) }],
    ),
  )
  if (wrong.length > 0) throw refuse('not-finite', { learner, wrong })
}
