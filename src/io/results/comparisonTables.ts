import type { AucComparison } from '../../core/evaluate/delong.ts'
import type { Evaluation } from '../../core/evaluate/evaluateScores.ts'
import { bootstrapKind, delongKind, isClustered } from '../../core/report/intervalKinds.ts'
import type { NamedTable } from './namedTable.ts'

/** DeLong's tests: of every two models in a cohort (paired), and of a model in training and in another cohort (unpaired). */
export function delongTable({ cohorts, acrossCohorts }: Evaluation): NamedTable {
  const columns = ['test', 'cohort_1', 'model_1', 'scores_1', 'cohort_2', 'model_2', 'scores_2', 'auc_1', 'auc_2', 'difference', 'lower', 'upper', 'interval', 'level', 'statistic_name', 'statistic', 'df', 'p', 'note'] // prettier-ignore
  const clustered = (name: string) => cohorts.some((cohort) => cohort.cohort === name && isClustered(cohort))
  const side = (cohort: string, model: string) => [cohort, model, cohorts.find((of) => of.cohort === cohort)!.models.find((of) => of.model === model)!.scoresAre] // prettier-ignore
  const figures = (found: AucComparison, kind: string, note: string | null) => [
    ...[found.first, found.second, found.difference, found.interval.lower, found.interval.upper, kind, found.level],
    ...[found.kind === 'paired' ? 'Z' : 'D', found.statistic, found.df ?? NaN, found.p],
    [...(found.degenerate ? ['The standard error of the difference is 0 or not defined.'] : []), ...(note ? [note] : [])].join(
      ' ',
    ),
  ]
  const paired = cohorts.flatMap(({ cohort, comparisons }) =>
    comparisons.map(({ models: [a, b], note, ...found }) => {
      const kind = delongKind(clustered(cohort))
      return [`paired ${kind}`, ...side(cohort, a), ...side(cohort, b), ...figures(found, kind, note)]
    }),
  )
  const unpaired = acrossCohorts.map(({ model, cohorts: [a, b], ...found }) => {
    const kind = delongKind(clustered(a) || clustered(b))
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
        return [cohort.cohort, ...found.models, classes, measure, estimate, bootstrap.lower, bootstrap.upper, bootstrapKind(isClustered(cohort)), found.level] // prettier-ignore
      }),
    ),
  )
  return { name: 'reclassification', columns, rows }
}
