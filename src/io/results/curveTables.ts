import type { Counts } from '../../core/evaluate/classification.ts'
import type { Message } from '../../core/messages/message.ts'
import type { CutoffEvaluation, ModelEvaluation } from '../../core/evaluate/evaluateModel.ts'
import type { CohortEvaluation, Evaluation } from '../../core/evaluate/evaluateScores.ts'
import { clopperPearsonInterval } from '../../core/evaluate/proportionIntervals.ts'
import { clopperPearson, isClustered, proportions } from '../../core/report/intervalKinds.ts'
import { nameScores } from '../../core/evaluate/scoresFrom.ts'
import type { NamedTable } from './namedTable.ts'
import { tell, tellScoresFrom } from './messages.ts'

/** A row each point of each ROC curve, ends included. Positive is score >= threshold. */
export function rocTable({ cohorts }: Evaluation): NamedTable {
  const columns = ['cohort', 'model', 'scores', 'threshold', 'sensitivity', 'specificity', 'true_positives', 'false_positives']
  const rows = cohorts.flatMap((cohort) =>
    cohort.models.flatMap(({ model, scoresFrom, roc }) =>
      roc.thresholds.map((threshold, k) => [nameScores(cohort), model, tellScoresFrom(scoresFrom), threshold, roc.sensitivity[k], roc.specificity[k], roc.truePositives[k], roc.negatives - roc.trueNegatives[k]]),
    ),
  ) // prettier-ignore
  return { name: 'roc', columns, rows }
}

/**
 * A row each threshold that tells patients apart, with what it does; a cut-off that was chosen is marked, and one that was carried from
 * training and lies between two thresholds has a row of its own.
 */
export function thresholdTable({ cohorts, options }: Evaluation): NamedTable {
  const rates = proportions.flatMap((name) => [name, `${name}_lower`, `${name}_upper`])
  const columns = ['cohort', 'model', 'scores', 'threshold', 'chosen', 'true_positives', 'false_positives', 'true_negatives', 'false_negatives', ...rates, 'interval', 'level', 'note'] // prettier-ignore
  const rows = cohorts.flatMap((cohort) => cohort.models.flatMap((model) => thresholdRows(cohort, model, options.level)))
  return { name: 'thresholds', columns, rows }
}

export const tellCutoff = ({ source, cutoff }: CutoffEvaluation): Message => tell('chosen-cutoff', { source, rule: cutoff.rule })

function thresholdRows(cohort: CohortEvaluation, { model, scoresFrom, roc, cutoffs }: ModelEvaluation, level: number) {
  const points = new Map<number, Counts>()
  roc.thresholds.forEach((threshold, k) => {
    if (!Number.isFinite(threshold)) return
    const [truePositives, trueNegatives] = [roc.truePositives[k], roc.trueNegatives[k]]
    points.set(threshold, { truePositives, trueNegatives, falsePositives: roc.negatives - trueNegatives, falseNegatives: roc.positives - truePositives }) // prettier-ignore
  })
  for (const { cutoff, classification } of cutoffs)
    if (classification && !points.has(cutoff.threshold)) points.set(cutoff.threshold, classification.counts)
  const clustered = isClustered(cohort)
  return [...points].sort(([a], [b]) => a - b).map(([threshold, counts]) => {
    const chosen = cutoffs.filter(({ cutoff, classification }) => classification && cutoff.threshold === threshold)
    return [
      ...[nameScores(cohort), model, tellScoresFrom(scoresFrom), threshold, tell('clauses', { parts: chosen.map(tellCutoff) })],
      ...[counts.truePositives, counts.falsePositives, counts.trueNegatives, counts.falseNegatives],
      ...ratesOf(counts).flatMap(([hits, trials]) => {
        const { lower, upper } = clustered ? { lower: NaN, upper: NaN } : clopperPearsonInterval(hits, trials, level)
        return [hits / trials, lower, upper]
      }),
      ...[clustered ? '' : clopperPearson, level],
      clustered ? tell('rows-share-patients', {}) : [...new Set(chosen.flatMap(({ note }) => note ?? []))].join('; '),
    ]
  }) // prettier-ignore
}

/** Hits and trials of each of `proportions`. */
function ratesOf({ truePositives, falsePositives, trueNegatives, falseNegatives }: Counts): (readonly [number, number])[] {
  const positives = truePositives + falseNegatives
  const negatives = trueNegatives + falsePositives
  return [
    [truePositives + trueNegatives, positives + negatives],
    [truePositives, positives],
    [trueNegatives, negatives],
    [truePositives, truePositives + falsePositives],
    [trueNegatives, trueNegatives + falseNegatives],
  ]
}
