import type { LogisticModel } from '../learn/logistic.ts'
import { chiSquareProbability } from '../numeric/distributions.ts'
import type { TrainedModel } from './trainModels.ts'
import { tell } from './messages.ts'
import { type Message } from '../messages/message.ts'

/** Whether the columns that the larger of two nested logistic models has more tell of the outcome. */
export interface LikelihoodRatio {
  /** The smaller one first. */
  readonly models: readonly [string, string]
  readonly added: readonly string[]
  /** Minus twice the difference of the log-likelihoods. */
  readonly chiSquare: number
  readonly df: number
  /** NaN where a model has no greatest likelihood or the columns add nothing. */
  readonly p: number
  readonly notes: readonly Message[]
}

/**
 * The likelihood-ratio test of every two unpenalised, unweighted logistic models of which one has all columns of the other and more, on
 * the training patients: R's `anova(small, large, test = "LRT")`. Source: Wilks 1938, Annals of Mathematical Statistics 9, 60-62.
 * @param clustered patients have several rows, which the test takes for independent
 */
export function compareNested(models: readonly TrainedModel[], clustered: boolean): LikelihoodRatio[] {
  const logistic = models.flatMap(({ name, model, selected }) => (isPlain(model) ? [{ name, model, selected }] : []))
  return logistic.flatMap((small) =>
    logistic.filter(({ model }) => isNested(small.model, model)).map((large) => compare(small, large, clustered)),
  )
}

type Named = { readonly name: string; readonly model: LogisticModel; readonly selected: boolean }

function isPlain(model: TrainedModel['model']): model is LogisticModel {
  return model.kind === 'logistic' && model.method === 'maximum likelihood' && model.classWeights.every((weight) => weight === 1)
}

function isNested(small: LogisticModel, large: LogisticModel): boolean {
  const columns = new Set(large.columns)
  return small.columns.length < large.columns.length && small.columns.every((column) => columns.has(column))
}

function compare(small: Named, large: Named, clustered: boolean): LikelihoodRatio {
  const known = new Set(small.model.columns)
  const added = large.model.columns.filter((column) => !known.has(column))
  const df = rankOf(large.model) - rankOf(small.model)
  // Rounding may leave nested fits of equal likelihood a bit below 0.
  const chiSquare = Math.max(0, small.model.deviance - large.model.deviance)
  const unbounded = [small, large].filter(({ model }) => !model.converged || model.separation !== null).map(({ name }) => name)
  return {
    models: [small.name, large.name],
    added,
    chiSquare,
    df,
    p: df > 0 && unbounded.length === 0 ? chiSquareProbability(chiSquare, df, true) : NaN,
    notes: [
      ...unbounded.map((name) => tell('no-greatest-likelihood', { model: name })),
      ...(df === 0 ? [tell('columns-add-nothing', {})] : []),
      ...(large.selected ? [tell('not-corrected-for-selection', {})] : []),
      ...(clustered ? [tell('rows-independent', {})] : []),
    ],
  }
}

/** Columns with a coefficient. */
function rankOf({ terms }: LogisticModel): number {
  return terms.filter(({ coefficient }) => !Number.isNaN(coefficient)).length
}
