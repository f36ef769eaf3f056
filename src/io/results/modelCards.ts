import type { Analysis } from '../../core/analysis/analysis.ts'
import type { TrainedModel } from '../../core/analysis/trainModels.ts'
import { isMessage, type Say } from '../../core/messages/message.ts'
import { formatP } from '../../core/numeric/formatP.ts'
import { tell, type TableWord } from '../../core/report/clauseMessages.ts'
import { planSizes } from '../../core/report/plannedSizes.ts'
import type { PaperTable } from './paperTable.ts'

/** As many digits as a reader needs to compute a score by hand. */
const digits = (value: number) => (Number.isNaN(value) ? '' : String(Number(value.toPrecision(6))))
const short = (value: number) => (Number.isNaN(value) ? '' : value.toFixed(3))

/** What each model is made of, and the features that were chosen, each by itself; the whole model is in its file. */
export function layOutModelCards({ path, univariable, resampling }: Analysis, say: Say): PaperTable[] {
  const word = (of: TableWord) => say(tell('table-word', { of }))
  const kept = new Set(path.selection.kept)
  const chosen = univariable.filter(({ feature }) => kept.has(feature))
  const hasIcc = chosen.some(({ agreement }) => agreement !== null)
  const features: PaperTable = {
    title: word('features chosen'),
    heads: [word('feature'), 'AUC', 'P', ...(hasIcc ? [word('icc')] : []), ...(resampling ? [word('folds')] : [])],
    rows: chosen.map(({ feature, auc, p, agreement, folds }) => ({ cells: [feature, short(auc), formatP(p), ...(hasIcc ? [short(agreement?.icc ?? NaN)] : []), ...(resampling ? [folds === null ? '' : `${folds}/${resampling.folds.length}`] : [])] })), // prettier-ignore
    notes: [],
  }
  return [...(chosen.length > 0 ? [features] : []), ...path.models.map((trained) => cardOf(trained, word))]
}

function cardOf({ name, model }: TrainedModel, word: (of: TableWord) => string): PaperTable {
  const card = (heads: readonly string[], rows: readonly (readonly string[])[], notes: readonly string[]): PaperTable => ({ title: name, heads, rows: rows.map((cells) => ({ cells })), notes: [...notes, word('use note')] }) // prettier-ignore
  switch (model.kind) {
    case 'logistic': {
      const { standardisation, terms, intercept, confidence } = model
      const level = `${word('interval')} (${Number((100 * confidence).toPrecision(12))} %)`
      const heads = [word('term'), word('coefficient'), level, word('odds ratio'), ...(standardisation ? [word('mean'), word('sd')] : [])] // prettier-ignore
      const rows = [intercept, ...terms].map(({ name, coefficient, interval, oddsRatio }, at) => [
        ...[name, digits(coefficient), Number.isNaN(interval[0]) ? '' : `${short(interval[0])} to ${short(interval[1])}`, at === 0 ? '' : short(oddsRatio)],
        ...(standardisation ? (at === 0 ? ['', ''] : [digits(standardisation.mean[at - 1]), digits(standardisation.sd[at - 1])]) : []),
      ]) // prettier-ignore
      return card(heads, rows, [word('logistic note')])
    }
    case 'lasso':
      return card([word('term'), word('coefficient')], [['(Intercept)', digits(model.intercept)], ...model.columns.map((column, j) => [column, digits(model.coefficients[j])])], [word('logistic note')]) // prettier-ignore
    case 'forest': {
      const values = model.engine !== 'wasm' ? null : (model.importance.permutation?.mean ?? model.importance.gini)
      return card([word('feature'), word('importance')], model.columns.map((column, j) => [column, values ? short(values[j]) : '']), [word('forest note')]) // prettier-ignore
    }
    case 'svm':
      return card([word('feature')], model.columns.map((column) => [column]), [word('svm note')]) // prettier-ignore
    case 'intercept only':
      return card([word('term'), word('coefficient')], [['(Intercept)', digits(model.prevalence)]], [])
  }
}

/** How many patients what was expected asks for, beside how many there were; null where the protocol expects nothing. */
export function layOutPlannedSize({ protocol, evaluation }: Analysis, say: Say): PaperTable | null {
  const word = (of: TableWord) => say(tell('table-word', { of }))
  const sizes = planSizes(protocol, evaluation)
  if (sizes.length === 0) return null
  return {
    title: word('planned size'),
    heads: [word('cohort'), word('expected'), word('patients planned'), word('events planned'), word('patients reached'), word('events reached')], // prettier-ignore
    rows: sizes.map(({ cohort, expected, planned, reached }) => ({
      cells: [
        ...[cohort, say(tell('expected-before', expected))],
        ...(isMessage(planned) ? [say(planned), ''] : [String(planned.patients), String(planned.events)]),
        ...[String(reached.patients), String(reached.events)],
      ],
    })),
    notes: [word('planned size note')],
  }
}

/** How many events there were for each column of each model, and how wide the intervals came out. */
export function layOutSampleSize({ path, protocol, evaluation }: Analysis, say: Say): PaperTable {
  const word = (of: TableWord) => say(tell('table-word', { of }))
  const { rows, positives } = evaluation.cohorts[0]
  const events = Math.min(positives, rows - positives)
  const judged = evaluation.cohorts.filter(({ role, unusable }) => role === 'validation' && unusable === null)
  return {
    title: word('reached size'),
    heads: [word('model'), word('columns'), word('candidates'), word('events'), word('per column'), ...judged.map(({ cohort }) => `${word('width')}, ${cohort}`)], // prettier-ignore
    rows: path.models.map(({ name, model, selected }) => ({
      cells: [
        ...[name, String(model.columns.length), selected ? String(path.selection.candidates.length) : '', String(events)],
        model.columns.length === 0 ? '' : (events / model.columns.length).toFixed(1),
        ...judged.map(({ models }) => {
          const { interval } = models.find((one) => one.model === name)!.auc
          return short(interval.upper - interval.lower)
        }),
      ],
    })),
    notes: [word('sample size note'), ...(protocol.plan ? [] : [word('no plan note')])],
  }
}
