import type { Analysis } from '../../core/analyse.ts'
import type { TrainedModel } from '../../core/analysis/trainModels.ts'
import type { NamedTable } from './namedTable.ts'

/** What features and models are, from the training patients: for a paper's supplement. */
export function studyTables(analysis: Analysis): NamedTable[] {
  return [univariableTable(analysis), coefficientTable(analysis), importanceTable(analysis), foldTable(analysis)]
}

function univariableTable({ univariable, resampling, path }: Analysis): NamedTable {
  const columns = ['feature', 'icc', 'icc_lower', 'icc_upper', 'icc_form', 'w', 'p', 'p_bh', 'p_is', 'auc', 'boruta', 'left_out_by', 'folds_kept', 'folds', 'note'] // prettier-ignore
  const folds = resampling?.folds.length ?? NaN
  const iccForm = path.selection.steps.find((step) => step.method === 'agreement')?.form ?? ''
  const rows = univariable.map(({ feature, agreement, w, p, adjusted, exact, auc, boruta, leftOutBy, folds: kept, reason }) => [
    ...[feature, agreement?.icc ?? NaN, agreement?.lower ?? NaN, agreement?.upper ?? NaN, agreement ? iccForm : ''],
    ...[
      w,
      p,
      adjusted,
      Number.isNaN(p) ? '' : exact ? 'exact' : 'normal',
      auc,
      boruta ?? '',
      leftOutBy ?? '',
      kept ?? NaN,
      folds,
    ],
    [agreement?.reason ?? '', reason ?? ''].filter((text) => text !== '').join('; '),
  ])
  return { name: 'univariable', columns, rows }
}

function coefficientTable({ path }: Analysis): NamedTable {
  const columns = ['model', 'term', 'coefficient', 'standard_error', 'z', 'p', 'lower', 'upper', 'interval', 'level', 'odds_ratio', 'odds_ratio_lower', 'odds_ratio_upper', 'per', 'mean', 'sd', 'note'] // prettier-ignore
  return { name: 'coefficients', columns, rows: path.models.flatMap(coefficientRows) }
}

function coefficientRows({ name, model }: TrainedModel): (string | number)[][] {
  if (model.kind === 'logistic') {
    const { standardisation, intervals, confidence, notes } = model
    return [model.intercept, ...model.terms].map((term, at) => [
      ...[name, term.name, term.coefficient, term.standardError, term.z, term.p, ...term.interval, intervals, confidence],
      ...[term.oddsRatio, ...term.oddsRatioInterval],
      ...(at === 0 ? ['', NaN, NaN] : standardisation ? ['training SD', standardisation.mean[at - 1], standardisation.sd[at - 1]] : ['unit', NaN, NaN]),
      notes.join(' '),
    ]) // prettier-ignore
  }
  if (model.kind !== 'lasso') return []
  const nothing = [NaN, NaN, NaN, NaN, NaN, '', NaN, NaN, NaN, NaN]
  const note = 'Shrunken by the penalty: no standard error.'
  const rows = [['(Intercept)', model.intercept] as const, ...model.columns.map((column, j) => [column, model.coefficients[j]] as const)] // prettier-ignore
  return rows.map(([term, coefficient], at) => [name, term, coefficient, ...nothing, at === 0 ? '' : 'unit', NaN, NaN, note])
}

/** Of the forests that measure it. */
function importanceTable({ path }: Analysis): NamedTable {
  const columns = ['model', 'feature', 'measure', 'importance', 'standard_error']
  const rows = path.models.flatMap(({ name, model }) => {
    if (model.kind !== 'forest' || model.engine !== 'wasm') return []
    const { permutation, gini } = model.importance
    return model.columns.flatMap((feature, j) => [
      ...(permutation ? [[name, feature, 'loss of out-of-bag accuracy when permuted', permutation.mean[j], permutation.standardError[j]]] : []),
      [name, feature, 'mean decrease of Gini impurity', gini[j], NaN],
    ])
  }) // prettier-ignore
  return { name: 'importance', columns, rows }
}

/** Nested cross-validation: a row each model in each fold. */
function foldTable({ resampling }: Analysis): NamedTable {
  const columns = ['repeat', 'fold', 'model', 'held_out', 'features_kept', 'auc']
  const rows = (resampling?.folds ?? []).flatMap(({ repeat, fold, heldOut, kept, auc }) =>
    Object.entries(auc).map(([model, value]) => [repeat + 1, fold + 1, model, heldOut.length, kept.length, value]),
  )
  return { name: 'folds', columns, rows }
}
