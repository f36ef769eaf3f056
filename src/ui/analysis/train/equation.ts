import type { LassoModel } from '../../../core/learn/lasso.ts'
import type { LogisticModel } from '../../../core/learn/logistic.ts'

/** The equation of a model in the units of the features, with all digits, for another program. */
export function writeEquation(model: LogisticModel | LassoModel): string {
  const terms = termsOf(model)
  const lines = terms.map(({ name, coefficient }) => `  ${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} * ${name}`)
  return [`logit(p) = ${interceptOf(model, terms)}`, ...lines].join('\n')
}

interface OwnTerm {
  readonly name: string
  readonly coefficient: number
  readonly mean: number
}

/** A unit of the column; terms without a coefficient are left out. */
function termsOf(model: LogisticModel | LassoModel): OwnTerm[] {
  if (model.kind === 'lasso') return model.columns.flatMap((name, j) => (model.coefficients[j] === 0 ? [] : [{ name, coefficient: model.coefficients[j], mean: 0 }])) // prettier-ignore
  const { standardisation } = model
  return model.terms.flatMap(
    ({ name, coefficient }, j) =>
    Number.isFinite(coefficient) ? [{ name, coefficient: coefficient / (standardisation?.sd[j] ?? 1), mean: standardisation?.mean[j] ?? 0 }] : [], // prettier-ignore
  )
}

function interceptOf(model: LogisticModel | LassoModel, terms: readonly OwnTerm[]): number {
  const own = model.kind === 'lasso' ? model.intercept : model.intercept.coefficient
  return terms.reduce((sum, { coefficient, mean }) => sum - coefficient * mean, own)
}
