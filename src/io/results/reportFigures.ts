import { binScores } from '../../core/evaluate/binScores.ts'
import type { ModelEvaluation } from '../../core/evaluate/evaluateModel.ts'
import type { CohortEvaluation, Evaluation } from '../../core/evaluate/evaluateScores.ts'
import type { RocBand } from '../../core/evaluate/rocBand.ts'
import { nameScores } from '../../core/evaluate/scoresFrom.ts'
import type { Say } from '../../core/messages/message.ts'
import { tell, type FigureKind, type FigureWord } from '../../core/report/clauseMessages.ts'
import { modelStyles, printColours } from '../../core/report/printColours.ts'
import { flowChartSvg, type FlowChart } from './flowChart.ts'
import type { NamedTable } from './namedTable.ts'
import { drawPlot, type Mark, type Plot } from './svgPlot.ts'

/** A figure of the report: panels side by side, and the data behind them. */
export interface ReportFigure {
  readonly of: FigureKind
  readonly caption: string
  /** Each an SVG by itself. */
  readonly panels: readonly string[]
  readonly data: FigureData
  /** What the table of the data is called. */
  readonly dataTitle: string
}

export interface FigureData extends NamedTable {
  readonly rows: readonly (readonly (string | number)[])[]
}

/** What each model says of each patient of a cohort, by the name of its scores. */
export interface DrawnScores {
  readonly cohort: string
  readonly outcome: ArrayLike<number>
  readonly scores: Readonly<Record<string, ArrayLike<number>>>
  /** By model; of those that have one. */
  readonly bands: Readonly<Record<string, RocBand>>
}

const styles = modelStyles(printColours.models)

/** @param flow as `layOutFlow` makes it */
export function drawFlow(flow: FlowChart, say: Say): ReportFigure {
  const boxes = flow.boxes.map(({ lines }) => [lines.join(' ')])
  return {
    ...{ of: 'flow', caption: say(tell('figure-caption', { of: 'flow' })), panels: [flowChartSvg(flow)] },
    ...{ data: { name: 'figure_flow', columns: ['box'], rows: boxes }, dataTitle: say(tell('figure-word', { of: 'data' })) },
  }
}

/** Every cohort that can be judged once: those who learnt by their scores out of fold where there are any, never by the apparent ones of forests. */
function drawnCohorts({ cohorts }: Evaluation): CohortEvaluation[] {
  const usable = cohorts.filter(({ unusable }) => unusable === null)
  const training = usable.filter(({ role }) => role === 'training')
  const first = training.find(({ scoresFrom }) => scoresFrom === 'out-of-fold') ?? training[0]
  return [...(first ? [first] : []), ...usable.filter(({ role }) => role === 'validation')]
}

/** The figures that there is something to draw for, in the order of a paper. */
export function drawFigures(evaluation: Evaluation, scored: readonly DrawnScores[], say: Say): ReportFigure[] {
  const word = (of: FigureWord) => say(tell('figure-word', { of }))
  const styleOf = (model: string) => styles[evaluation.models.findIndex(({ name }) => name === model) % styles.length]
  const legendOf = (models: readonly ModelEvaluation[]) => models.map(({ model }) => ({ name: model, ...styleOf(model) }))
  const curve = (x: readonly number[], y: readonly number[], model: string): Mark => ({ kind: 'line', x, y, ...styleOf(model) })
  const dotted = (x: readonly number[], y: readonly number[]): Mark => ({ kind: 'line', x, y, colour: printColours.axis, dash: '2px,3px', width: 1 }) // prettier-ignore
  const figure = (of: FigureKind, plots: readonly Plot[], data: Omit<FigureData, 'name'>): ReportFigure[] => {
    const caption = say(tell('figure-caption', { of }))
    return plots.length === 0 ? [] : [{ of, caption, panels: plots.map((plot) => drawPlot(plot, `${plot.title}: ${caption}`)), data: { name: `figure_${of}`, ...data }, dataTitle: word('data') }] // prettier-ignore
  }
  const cohorts = drawnCohorts(evaluation)
  const square = [0, 1] as const
  const roc = cohorts.map((cohort): Plot => ({
    ...{ title: nameScores(cohort), xTitle: word('false positive rate'), yTitle: word('sensitivity'), x: square, y: square },
    marks: [dotted([0, 1], [0, 1]), ...cohort.models.map(({ model, roc }) => curve(roc.specificity.map((value) => 1 - value), roc.sensitivity, model))],
    legend: cohort.models.map(({ model, auc }) => ({ name: `${model} ${auc.auc.toFixed(3)}`, ...styleOf(model) })),
  })) // prettier-ignore
  const rocRows = cohorts.flatMap((cohort) => cohort.models.flatMap(({ model, roc }) => roc.thresholds.map((threshold, i) => [nameScores(cohort), model, threshold, roc.sensitivity[i], roc.specificity[i]]))) // prettier-ignore
  // Those who learnt calibrate themselves: who is judged is drawn, and they only where nobody is.
  const validation = cohorts.filter(({ role }) => role === 'validation')
  const judged = validation.length > 0 ? validation : cohorts
  const scoresIn = (cohort: CohortEvaluation) => scored.find((one) => one.cohort === nameScores(cohort))
  const banded = judged.flatMap((cohort) =>
    cohort.models.flatMap((model) => {
      const band = scoresIn(cohort)?.bands[model.model]
      return band ? [{ cohort: nameScores(cohort), ...model, band }] : []
    }),
  )
  const bands = banded.map(({ cohort, model, roc, band: { specificities, lower, upper } }): Plot => ({
    ...{ title: `${cohort}, ${model}`, xTitle: word('false positive rate'), yTitle: word('sensitivity'), x: square, y: square },
    marks: [dotted([0, 1], [0, 1]), { kind: 'band', x: specificities.map((value) => 1 - value), lower, upper, colour: styleOf(model).colour }, curve(roc.specificity.map((value) => 1 - value), roc.sensitivity, model)],
    legend: [],
  })) // prettier-ignore
  const bandRows = banded.flatMap(({ cohort, model, band: { specificities, lower, upper } }) => specificities.map((specificity, i) => [cohort, model, specificity, lower[i], upper[i]])) // prettier-ignore
  const benefit = cohorts.flatMap((cohort): Plot[] => {
    const models = cohort.models.flatMap((model) => (model.decisionCurve ? [{ ...model, decisionCurve: model.decisionCurve }] : []))
    if (models.length === 0) return []
    const { thresholds, treatAll, prevalence } = models[0].decisionCurve
    const to = Math.max(0.5, Math.min(1, 1.5 * prevalence))
    return [{
      ...{ title: nameScores(cohort), xTitle: word('threshold probability'), yTitle: word('net benefit') },
      ...{ x: [0, to] as const, y: [-prevalence / 2, prevalence * 1.08] as const },
      marks: [dotted([0, 1], [0, 0]), { kind: 'line', x: thresholds, y: treatAll, colour: printColours.dim, dash: '6px,4px', width: 1.2 }, ...models.map(({ model, decisionCurve }) => curve(decisionCurve.thresholds, decisionCurve.netBenefit.estimate, model))],
      legend: [...legendOf(models), { name: word('treat all'), colour: printColours.dim, dash: '6px,4px' }, { name: word('treat none'), colour: printColours.axis, dash: '2px,3px' }],
    }]
  }) // prettier-ignore
  const benefitRows = cohorts.flatMap((cohort) => cohort.models.flatMap(({ model, decisionCurve }) => (decisionCurve?.thresholds ?? []).map((threshold, i) => [nameScores(cohort), model, threshold, decisionCurve!.netBenefit.estimate[i], decisionCurve!.netBenefit.lower[i], decisionCurve!.netBenefit.upper[i], decisionCurve!.treatAll[i]]))) // prettier-ignore
  const calibrated = judged.flatMap((cohort) => cohort.models.flatMap(({ model, calibration }) => (calibration ? [{ cohort: nameScores(cohort), model, calibration }] : []))) // prettier-ignore
  const calibration = calibrated.map(({ cohort, model, calibration: { deciles, curve: smooth } }): Plot => ({
    ...{ title: `${cohort}, ${model}`, xTitle: word('predicted'), yTitle: word('observed'), x: square, y: square },
    marks: [dotted([0, 1], [0, 1]), { ...curve(smooth.x, smooth.y, model) }, { kind: 'points', x: deciles.map(({ meanPredicted }) => meanPredicted), y: deciles.map(({ observed }) => observed), lower: deciles.map(({ interval }) => interval.lower), upper: deciles.map(({ interval }) => interval.upper), colour: styleOf(model).colour }],
    legend: [],
  })) // prettier-ignore
  const calibrationRows = calibrated.flatMap(({ cohort, model, calibration: { deciles } }) => deciles.map(({ meanPredicted, observed, interval, patients, events }) => [cohort, model, meanPredicted, observed, interval.lower, interval.upper, patients, events])) // prettier-ignore
  const binned = judged.flatMap((cohort) => {
    const name = nameScores(cohort)
    const found = scoresIn(cohort)
    return !found ? [] : cohort.models.flatMap(({ model }) => {
      const rows = Array.from(found.scores[model], (score, row) => ({ score, isPositive: found.outcome[row] })).filter(({ score }) => !Number.isNaN(score))
      return rows.length === 0 ? [] : [{ cohort: name, model, bins: binScores(Float64Array.from(rows, ({ score }) => score), rows.map(({ isPositive }) => isPositive)) }]
    })
  }) // prettier-ignore
  const scores = binned.map(({ cohort, model, bins: { edges, positives, negatives } }): Plot => {
    const most = 1.1 * Math.max(1, ...positives, ...negatives)
    return {
      ...{ title: `${cohort}, ${model}`, xTitle: word('score'), yTitle: word('patients'), x: [edges[0], edges.at(-1)!] as const, y: [-most, most] as const, isMirrored: true },
      marks: [{ kind: 'bars', edges, y: positives, colour: printColours.positive }, { kind: 'bars', edges, y: negatives.map((count) => -count), colour: printColours.negative }],
      legend: [{ name: word('positive'), colour: printColours.positive }, { name: word('negative'), colour: printColours.negative }],
    }
  }) // prettier-ignore
  const scoreRows = binned.flatMap(({ cohort, model, bins: { edges, positives, negatives } }) => positives.map((count, i) => [cohort, model, edges[i], edges[i + 1], count, negatives[i]])) // prettier-ignore
  return [
    ...figure('roc', roc, { columns: ['cohort', 'model', 'threshold', 'sensitivity', 'specificity'], rows: rocRows }),
    ...figure('bands', bands, { columns: ['cohort', 'model', 'specificity', 'lower', 'upper'], rows: bandRows }),
    ...figure('benefit', benefit, { columns: ['cohort', 'model', 'threshold', 'net_benefit', 'lower', 'upper', 'treat_all'], rows: benefitRows }), // prettier-ignore
    ...figure('calibration', calibration, { columns: ['cohort', 'model', 'predicted', 'observed', 'lower', 'upper', 'patients', 'events'], rows: calibrationRows }), // prettier-ignore
    ...figure('scores', scores, { columns: ['cohort', 'model', 'from', 'to', 'positives', 'negatives'], rows: scoreRows }),
  ]
}
