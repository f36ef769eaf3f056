import type { AucComparison } from '../../core/evaluate/delong.ts'
import type { CohortEvaluation, Evaluation } from '../../core/evaluate/evaluateScores.ts'
import { bootstrapKind, delongKind, isClustered } from '../../core/report/intervalKinds.ts'
import { nameScores } from '../../core/evaluate/scoresFrom.ts'
import type { NamedTable } from './namedTable.ts'
import type { Message } from '../../core/messages/message.ts'
import { tell, tellScoresFrom } from './messages.ts'

/** DeLong's tests: of every two models in a cohort (paired), and of a model in training and in another cohort (unpaired). */
export function delongTable({ cohorts, acrossCohorts }: Evaluation): NamedTable {
  const columns = ['test', 'cohort_1', 'model_1', 'scores_1', 'cohort_2', 'model_2', 'scores_2', 'auc_1', 'auc_2', 'difference', 'lower', 'upper', 'interval', 'level', 'statistic_name', 'statistic', 'df', 'p', 'note'] // prettier-ignore
  const side = (cohort: CohortEvaluation, model: string) => [nameScores(cohort), model, tellScoresFrom(cohort.models.find((of) => of.model === model)!.scoresFrom)] // prettier-ignore
  const figures = (found: AucComparison, kind: string, note: Message | null) => [
    ...[found.first, found.second, found.difference, found.interval.lower, found.interval.upper, kind, found.level],
    ...[found.kind === 'paired' ? 'Z' : 'D', found.statistic, found.df ?? NaN, found.p],
    tell('sentences', { parts: [...(found.degenerate ? [tell('difference-undefined', {})] : []), ...(note ? [note] : [])] }),
  ]
  const paired = cohorts.flatMap((cohort) =>
    cohort.comparisons.map(({ models: [a, b], note, ...found }) => {
      const kind = delongKind(isClustered(cohort))
      return [`paired ${kind}`, ...side(cohort, a), ...side(cohort, b), ...figures(found, kind, note)]
    }),
  )
  const unpaired = acrossCohorts.map(({ model, cohorts: names, ...found }) => {
    // Of training the first: each model's own scores.
    const [a, b] = names.map((name) => cohorts.find(({ cohort }) => cohort === name)!)
    const kind = delongKind(isClustered(a) || isClustered(b))
    return [`unpaired ${kind}`, ...side(a, model), ...side(b, model), ...figures(found, kind, null)]
  })
  return { name: 'delong', columns, rows: [...paired, ...unpaired] }
}

/** NRI and IDI, where the protocol asks for them. */
export function reclassificationTable({ cohorts, options }: Evaluation): NamedTable {
  const columns = ['cohort', 'model_1', 'model_2', 'classes', 'measure', 'estimate', 'lower', 'upper', 'interval', 'level']
  const measures = [['nri', 'nri'], ['nriPositives', 'nri_positives'], ['nriNegatives', 'nri_negatives'], ['idi', 'idi']] as const // prettier-ignore
  const borders = options.reclassification?.borders ?? []
  const classes = borders.length > 0 ? borders.join(', ') : 'category-free'
  const rows = cohorts.flatMap((cohort) =>
    cohort.reclassification.flatMap((found) =>
      measures.map(([key, measure]) => {
        const { estimate, bootstrap } = found[key]
        return [nameScores(cohort), ...found.models, classes, measure, estimate, bootstrap.lower, bootstrap.upper, bootstrapKind(isClustered(cohort)), found.level] // prettier-ignore
      }),
    ),
  )
  return { name: 'reclassification', columns, rows }
}
