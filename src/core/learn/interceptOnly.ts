import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import type { FeatureTable } from '../table/featureTable.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

/** What is left when selection keeps no feature: everyone gets the prevalence, which has an AUC of 0.5. */
export interface InterceptOnlyModel {
  readonly kind: 'intercept only'
  readonly score: 'probability'
  readonly columns: readonly []
  readonly prevalence: number
  readonly notes: readonly Message[]
  readonly learntFrom: readonly string[]
}

export function fitInterceptOnly(training: TrainingTable): InterceptOnlyModel {
  requireTraining(training)
  const positives = training.outcome.reduce((sum, label) => sum + label, 0)
  return {
    kind: 'intercept only',
    score: 'probability',
    columns: [],
    prevalence: positives / training.outcome.length,
    notes: [tell('no-feature-left', {})],
    learntFrom: training.ids,
  }
}

export function applyInterceptOnly(model: InterceptOnlyModel, table: FeatureTable): Float64Array {
  return new Float64Array(table.ids.length).fill(model.prevalence)
}
