import type { Split } from './studyData.ts'
import type { ModelResult } from './trainModels.ts'

/** Scores of one cohort's patients, by model. */
export interface CohortScores {
  readonly cohort: string
  readonly ids: readonly string[]
  readonly scores: Readonly<Record<string, readonly number[]>>
}

/** The training cohort's own scores first (`TrainedModel.training`), then those of the judged cohorts. */
export function listScores(models: readonly ModelResult[], trainingName: string, { training, judged }: Split): CohortScores[] {
  const byName = (scoresOf: (model: ModelResult) => readonly number[]) => Object.fromEntries(models.map((model) => [model.trained.name, scoresOf(model)])) // prettier-ignore
  return [
    { cohort: trainingName, ids: training, scores: byName(({ trained }) => trained.training) },
    ...judged.map(({ cohort, ids }, c) => ({ cohort, ids, scores: byName(({ judged }) => judged[c]) })),
  ]
}
