import type { Analysis } from '../../core/analysis/analysis.ts'
import { columnsOfTerm } from '../../core/analysis/clinicalPredictors.ts'
import { exp } from '../../core/numeric/functions.ts'
import type { OtherAuc } from '../../core/analysis/missingSensitivity.ts'
import type { TrainedModel } from '../../core/analysis/trainModels.ts'
import { aucInterval } from '../../core/report/intervalKinds.ts'
import { tell, tellScoresFrom } from './messages.ts'
import type { Cell, NamedTable } from './namedTable.ts'

/** What features and models are, from the training patients: for a paper's supplement. */
export function studyTables(analysis: Analysis): NamedTable[] {
  return [
    univariableTable(analysis),
    ...batchTables(analysis),
    coefficientTable(analysis),
    importanceTable(analysis),
    likelihoodRatioTable(analysis),
    foldTable(analysis),
    ...missingTables(analysis),
  ]
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
    tell('clauses', { parts: [agreement?.reason, reason].filter((part) => part !== undefined && part !== null) }),
  ])
  return { name: 'univariable', columns, rows }
}

/** Where nothing is harmonised there is nothing after it. */
function batchTables({ harmonisationCheck, path }: Analysis): NamedTable[] {
  if (harmonisationCheck === null) return []
  const times = path.harmonisation === null ? (['before'] as const) : (['before', 'after'] as const)
  const { effects, aucs, components } = harmonisationCheck
  const effectRows = effects.map(({ feature, partialEtaSquared, epsilonSquared }, j) => [
    feature,
    ...[partialEtaSquared, epsilonSquared, aucs[j]].flatMap((one) => times.map((time) => one[time])),
  ])
  const names = ['partial_eta_squared', 'epsilon_squared', 'auc'].flatMap((name) => times.map((time) => `${name}_${time}`))
  const points = (components?.points ?? []).map((point) => [
    point.id,
    point.batch,
    point.cohort,
    ...times.flatMap((time) => point[time]),
  ])
  return [
    { name: 'batch_effect', columns: ['feature', ...names], rows: effectRows },
    {
      name: 'components',
      columns: ['id', 'batch', 'cohort', ...times.flatMap((time) => [`pc1_${time}`, `pc2_${time}`])],
      rows: points,
    },
  ]
}

function coefficientTable({ path }: Analysis): NamedTable {
  const columns = ['model', 'term', 'coefficient', 'standard_error', 'z', 'p', 'lower', 'upper', 'interval', 'level', 'odds_ratio', 'odds_ratio_lower', 'odds_ratio_upper', 'per', 'mean', 'sd', 'unit_odds_ratio', 'unit_odds_ratio_lower', 'unit_odds_ratio_upper', 'reference', 'note'] // prettier-ignore
  return { name: 'coefficients', columns, rows: path.models.flatMap(coefficientRows) }
}

function coefficientRows({ name, model, clinical }: TrainedModel): Cell[][] {
  const references = new Map(clinical.flatMap((term) => columnsOfTerm(term).map((column) => [column, term.reference ?? ''] as const))) // prettier-ignore
  if (model.kind === 'logistic') {
    const { standardisation, intervals, confidence, notes } = model
    return [model.intercept, ...model.terms].map((term, at) => {
      const sd = standardisation?.sd[at - 1] ?? 1
      return [
        ...[name, term.name, term.coefficient, term.standardError, term.z, term.p, ...term.interval, intervals, confidence],
        ...[term.oddsRatio, ...term.oddsRatioInterval],
        ...(at === 0 ? ['', NaN, NaN] : standardisation ? ['training SD', standardisation.mean[at - 1], sd] : ['unit', NaN, NaN]),
        ...(at === 0 ? [NaN, NaN, NaN] : [term.coefficient, ...term.interval].map((value) => exp(value / sd))),
        ...[references.get(term.name) ?? '', tell('sentences', { parts: notes })],
      ]
    }) // prettier-ignore
  }
  if (model.kind !== 'lasso') return []
  const nothing = [NaN, NaN, NaN, NaN, NaN, '', NaN, NaN, NaN, NaN]
  const note = tell('shrunken-terms', {})
  const rows = [['(Intercept)', model.intercept] as const, ...model.columns.map((column, j) => [column, model.coefficients[j]] as const)] // prettier-ignore
  return rows.map(([term, coefficient], at) => {
    const isIntercept = at === 0
    const per = isIntercept ? '' : 'unit'
    const ratio = isIntercept ? NaN : exp(coefficient)
    return [name, term, coefficient, ...nothing, per, NaN, NaN, ratio, NaN, NaN, references.get(term) ?? '', note]
  })
}

/** Of the forests that measure it. */
function importanceTable({ path }: Analysis): NamedTable {
  const columns = ['model', 'feature', 'measure', 'importance', 'standard_error']
  const rows = path.models.flatMap(({ name, model }) => {
    if (model.kind !== 'forest' || model.engine !== 'wasm') return []
    const { permutation, gini } = model.importance
    return model.columns.flatMap((feature, j) => [
      ...(permutation ? [[name, feature, tell('importance-measure', { measure: 'permutation' }), permutation.mean[j], permutation.standardError[j]]] : []),
      [name, feature, tell('importance-measure', { measure: 'gini' }), gini[j], NaN],
    ])
  }) // prettier-ignore
  return { name: 'importance', columns, rows }
}

function likelihoodRatioTable({ likelihoodRatios }: Analysis): NamedTable {
  const columns = ['model_1', 'model_2', 'added', 'chi_square', 'df', 'p', 'note']
  const rows = likelihoodRatios.map(({ models, added, chiSquare, df, p, notes }) => [...models, added.join('; '), chiSquare, df, p, tell('sentences', { parts: notes })]) // prettier-ignore
  return { name: 'likelihood_ratio', columns, rows }
}

/** What is missing by column and cohort, and the AUCs that the other way to deal with it gives. */
function missingTables({ missing, protocol, path, evaluation }: Analysis): NamedTable[] {
  const { counts, sensitivity } = missing
  const rows = counts.map(({ column, source, cohort, rows, missing }) => [
    column,
    source,
    cohort,
    rows,
    missing,
    protocol.missing,
  ])
  const columns = ['column', 'source', 'cohort', 'rows', 'missing', 'treatment']
  return [
    { name: 'missing', columns, rows },
    {
      name: 'missing_sensitivity',
      columns: ['missing_values', 'cohort', 'model', 'scores', 'rows', 'auc', 'lower', 'upper', 'interval', 'level', 'features_kept', 'note'],
      rows: sensitivity === null ? [] : [
        ...evaluation.cohorts.filter(({ role, scoresFrom }) => role === 'validation' || scoresFrom === null).flatMap(({ cohort, models }) => models.map(({ model, scoresFrom, auc }) => sensitivityRow(protocol.missing, { cohort, model, scoresFrom, auc }, path.selection.kept, protocol.patient !== undefined))),
        ...sensitivity.aucs.map((other) => sensitivityRow(sensitivity.choice, other, sensitivity.kept, protocol.patient !== undefined)),
        ...(sensitivity.failure === null ? [] : [[sensitivity.choice, '', '', '', NaN, NaN, NaN, NaN, '', NaN, NaN, sensitivity.failure]]),
      ],
    },
  ] // prettier-ignore
}

function sensitivityRow(
  choice: string,
  { cohort, model, scoresFrom, auc }: OtherAuc,
  kept: readonly string[],
  clustered: boolean,
) {
  const { lower, upper, kind } = aucInterval(auc, clustered)
  return [
    choice,
    cohort,
    model,
    tellScoresFrom(scoresFrom),
    auc.positives + auc.negatives,
    auc.auc,
    lower,
    upper,
    kind,
    auc.level,
    kept.length,
    '',
  ]
}

/** Nested cross-validation: a row each model in each fold. */
function foldTable({ resampling }: Analysis): NamedTable {
  const columns = ['repeat', 'fold', 'model', 'held_out', 'features_kept', 'auc']
  const rows = (resampling?.folds ?? []).flatMap(({ repeat, fold, heldOut, kept, auc }) =>
    Object.entries(auc).map(([model, value]) => [repeat + 1, fold + 1, model, heldOut.length, kept.length, value]),
  )
  return { name: 'folds', columns, rows }
}
