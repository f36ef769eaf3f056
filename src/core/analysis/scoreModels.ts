import { applyModel } from '../learn/model.ts'
import type { FeatureTable } from '../table/featureTable.ts'
import type { TrainingTable } from '../table/trainingTable.ts'
import type { TrainedModel } from './trainModels.ts'

/** Scores of one cohort's patients, by model. */
export interface CohortScores {
  readonly cohort: string
  readonly ids: readonly string[]
  readonly scores: Readonly<Record<string, readonly number[]>>
}

/** The training cohort's own scores first (`TrainedModel.training`), then those of the judged cohorts. */
export function scoreModels(
  models: readonly TrainedModel[],
  trainingName: string,
  training: TrainingTable,
  judged: readonly { readonly cohort: string; readonly table: FeatureTable }[],
): CohortScores[] {
  const byName = (scoresOf: (model: TrainedModel) => readonly number[]) => Object.fromEntries(models.map((model) => [model.name, scoresOf(model)])) // prettier-ignore
  return [
    { cohort: trainingName, ids: training.ids, scores: byName(({ training }) => training) },
    ...judged.map(({ cohort, table }) => ({
      cohort,
      ids: table.ids,
      scores: byName(({ model }) => Array.from(applyModel(model, table))),
    })),
  ]
}
