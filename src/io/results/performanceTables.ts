import type { Proportion } from '../../core/evaluate/classification.ts'
import type { CutoffEvaluation, ModelEvaluation } from '../../core/evaluate/evaluateModel.ts'
import type { CohortEvaluation, Evaluation } from '../../core/evaluate/evaluateScores.ts'
import { hasNoWidth, undefinedInterval, type Interval } from '../../core/evaluate/interval.ts'
import { formatP } from '../../core/numeric/formatP.ts'
import { tellCutoff } from './curveTables.ts'
import {
  aucInterval,
  bootstrapKind,
  clopperPearson,
  delongKind,
  figureIntervals,
  figuresOf,
  isClustered,
  proportions,
} from '../../core/report/intervalKinds.ts'
import { nameScores } from '../../core/evaluate/scoresFrom.ts'
import type { NamedTable } from './namedTable.ts'
import { tell, tellScoresFrom } from './messages.ts'

/** Which intervals sensitivity, specificity and predictive values have in Table 2; the paper's are bootstrapped. */
export type TableIntervals = 'Clopper-Pearson' | 'bootstrap'

/** A row each kind of interval of each AUC. */
export function aucTable({ cohorts, options }: Evaluation): NamedTable {
  const columns = ['cohort', 'model', 'scores', 'patients', 'rows', 'positives', 'auc', 'lower', 'upper', 'interval', 'level', 'note'] // prettier-ignore
  const rows = cohorts.flatMap((cohort) =>
    cohort.models.flatMap(({ model, scoresFrom, auc, aucBootstrap, withoutScore }) => {
      const clustered = isClustered(cohort)
      const delong = {
        ...auc.interval,
        kind: delongKind(clustered),
        note: auc.degenerate ? tell('auc-variance-undefined', {}) : '',
      }
      const newcombe = { ...auc.newcombe, kind: 'Newcombe', note: '' }
      const bootstrap = { ...aucBootstrap, kind: bootstrapKind(clustered), note: '' }
      const scored = auc.positives + auc.negatives
      return [delong, ...(clustered ? [] : [newcombe]), bootstrap].map(({ lower, upper, kind, note }) => [
        ...[
          nameScores(cohort),
          model,
          tellScoresFrom(scoresFrom),
          cohort.patients - (clustered ? 0 : withoutScore.length),
          scored,
          auc.positives,
        ],
        ...[auc.auc, lower, upper, kind, options.level, note],
      ])
    }),
  )
  return { name: 'auc', columns, rows }
}

/** A row each measure and kind of interval at each chosen cut-off. */
export function cutoffTable({ cohorts, options }: Evaluation): NamedTable {
  const columns = ['cohort', 'model', 'scores', 'cutoff_source', 'rule', 'cutoff', 'measure', 'estimate', 'lower', 'upper', 'interval', 'level', 'hits', 'trials', 'note'] // prettier-ignore
  const rows = cohorts.flatMap((cohort) =>
    cohort.models.flatMap(({ model, scoresFrom, cutoffs }) =>
      cutoffs.flatMap((chosen) =>
        cutoffRows(chosen, isClustered(cohort), options.level).map((row) => [
          nameScores(cohort),
          model,
          tellScoresFrom(scoresFrom),
          ...row,
        ]),
      ),
    ),
  )
  return { name: 'cutoffs', columns, rows }
}

function cutoffRows({ source, cutoff, classification, note }: CutoffEvaluation, clustered: boolean, level: number) {
  const start = [source, tell('cutoff-rule', { rule: cutoff.rule }), cutoff.threshold]
  if (!classification) return [[...start, '', NaN, NaN, NaN, '', NaN, NaN, NaN, cutoff.problem ?? '']]
  return figuresOf(classification).flatMap(([measure, figure]) =>
    figureIntervals(figure, clustered).map(({ lower, upper, kind }) => [
      ...[...start, measure, figure.estimate, lower, upper, kind, level],
      ...('hits' in figure ? [figure.hits, figure.trials] : [NaN, NaN]),
      note ?? '',
    ]),
  )
}

const shortNames = { accuracy: 'ACC', sensitivity: 'SEN', specificity: 'SPE', ppv: 'PPV', npv: 'NPV' } as const

/**
 * The paper's table of performance: a row each cohort and model, each figure with its interval in parentheses, at the cut-off that was
 * carried from training. The kinds of interval stand in a column.
 */
export function table2({ cohorts, options }: Evaluation, intervals: TableIntervals): NamedTable {
  const percent = `${Number((100 * options.level).toPrecision(12))} % CI`
  const figures = ['AUC', ...proportions.map((name) => shortNames[name])].map((name) => `${name} (${percent})`)
  const columns = ['cohort', 'model', ...figures, 'intervals', 'cut-off', 'cut-off chosen', 'scores', 'note']
  const rows = cohorts.flatMap((cohort) => cohort.models.map((model) => table2Row(cohort, model, intervals)))
  return { name: 'table2', columns, rows }
}

function table2Row(cohort: CohortEvaluation, { model, scoresFrom, auc, cutoffs }: ModelEvaluation, intervals: TableIntervals) {
  const clustered = isClustered(cohort)
  const ofAuc = aucInterval(auc, clustered)
  const [chosen] = cutoffs
  const bootstrapped = (name: (typeof proportions)[number]) => clustered || (intervals === 'bootstrap' && name !== 'accuracy')
  const figures = proportions.map((name): { text: string; isExact: boolean } => {
    const figure: Proportion | undefined = chosen.classification?.[name]
    if (!figure) return { text: '', isExact: false }
    if (!bootstrapped(name)) return { text: withInterval(figure.estimate, figure.clopperPearson), isExact: false }
    if (!hasNoWidth(figure.bootstrap)) return { text: withInterval(figure.estimate, figure.bootstrap), isExact: false }
    const interval = clustered ? undefinedInterval : figure.clopperPearson
    return { text: withInterval(figure.estimate, interval), isExact: !clustered }
  })
  const others = bootstrapped('sensitivity') ? bootstrapKind(clustered) : clopperPearson
  const accuracy = bootstrapped('accuracy') || others === clopperPearson ? null : clopperPearson
  const cutoff = Number.isNaN(chosen.cutoff.threshold) ? '' : chosen.cutoff.threshold
  return [
    ...[
      nameScores(cohort),
      model,
      withInterval(auc.auc, ofAuc),
      ...figures.map(({ text }) => text),
      tell('interval-kinds', { auc: ofAuc.kind, accuracy, others, exact: proportions.filter((_, at) => figures[at].isExact).map((name) => shortNames[name]) }), // prettier-ignore
    ],
    ...[cutoff, tellCutoff(chosen), tellScoresFrom(scoresFrom), chosen.note ?? chosen.cutoff.problem ?? ''],
  ]
}

/** Differences between the models, as a paper's text prints them: a row each cohort and pair. */
export function table3({ cohorts, options }: Evaluation): NamedTable {
  const percent = `${Number((100 * options.level).toPrecision(12))} % CI`
  const columns = ['cohort', 'models', `difference of AUC (${percent})`, 'interval', 'Z', 'P', 'test', 'note']
  const rows = cohorts.flatMap((cohort) =>
    cohort.comparisons.map(({ models, difference, interval, statistic, p, note }) => {
      const kind = delongKind(isClustered(cohort))
      return [nameScores(cohort), models.join(' - '), withInterval(difference, interval), kind, toDigits(statistic), formatP(p), `paired ${kind}`, note ?? ''] // prettier-ignore
    }),
  )
  return { name: 'table3', columns, rows }
}

/** Whether a model does in another cohort what it did in training: a row each model and cohort. */
export function table4({ cohorts, acrossCohorts, options }: Evaluation): NamedTable {
  const percent = `${Number((100 * options.level).toPrecision(12))} % CI`
  const columns = ['cohorts', 'model', 'AUC', 'AUC there', `difference of AUC (${percent})`, 'D', 'df', 'P', 'test']
  const rows = acrossCohorts.map(({ model, cohorts: names, first, second, difference, interval, statistic, df, p }) => {
    const pair = names.map((name) => cohorts.find(({ cohort }) => cohort === name)!)
    const test = `unpaired ${delongKind(pair.some(isClustered))}`
    return [pair.map(nameScores).join(' - '), model, toDigits(first), toDigits(second), withInterval(difference, interval), toDigits(statistic), df === null ? '' : df.toFixed(1), formatP(p), test] // prettier-ignore
  })
  return { name: 'table4', columns, rows }
}

/** "0.765 (0.669-0.861)"; the interval is left out where it is not defined. */
function withInterval(estimate: number, { lower, upper }: Interval): string {
  if (Number.isNaN(estimate)) return ''
  const separator = lower < 0 ? ' to ' : '-'
  return Number.isNaN(lower) ? toDigits(estimate) : `${toDigits(estimate)} (${toDigits(lower)}${separator}${toDigits(upper)})`
}

function toDigits(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '' : value > 0 ? 'Inf' : '-Inf'
  return value.toFixed(3)
}
