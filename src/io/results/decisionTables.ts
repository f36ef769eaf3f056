import type { Evaluation } from '../../core/evaluate/evaluateScores.ts'
import { bootstrapKind, isClustered } from '../../core/report/intervalKinds.ts'
import { nameScores } from '../../core/evaluate/scoresFrom.ts'
import type { NamedTable } from './namedTable.ts'
import { tellScoresFrom, tell } from './messages.ts'

/** Decision curves, their differences between models, and the ranges in which a model is worth more than other ways to decide. */
export function decisionTables(evaluation: Evaluation): NamedTable[] {
  return [curveTable(evaluation), differenceTable(evaluation), rangeTable(evaluation)]
}

function curveTable({ cohorts }: Evaluation): NamedTable {
  const columns = ['cohort', 'model', 'scores', 'threshold', 'net_benefit', 'lower', 'upper', 'interval', 'level', 'treat_all', 'treat_none', 'prevalence', 'avoided_per_100', 'avoided_lower', 'avoided_upper'] // prettier-ignore
  const rows = cohorts.flatMap((cohort) =>
    cohort.models.flatMap(({ model, scoresFrom, decisionCurve: curve }) =>
      (curve?.thresholds ?? []).map((threshold, k) => {
        const { netBenefit, netReduction, treatAll, prevalence, level } = curve!
        return [
          ...[nameScores(cohort), model, tellScoresFrom(scoresFrom), threshold],
          ...[netBenefit.estimate[k], netBenefit.lower[k], netBenefit.upper[k], bootstrapKind(isClustered(cohort)), level],
          ...[treatAll[k], 0, prevalence, netReduction.estimate[k], netReduction.lower[k], netReduction.upper[k]],
        ]
      }),
    ),
  )
  return { name: 'dca', columns, rows }
}

function differenceTable({ cohorts }: Evaluation): NamedTable {
  const columns = ['cohort', 'model_1', 'model_2', 'threshold', 'difference', 'lower', 'upper', 'interval', 'level']
  const rows = cohorts.flatMap((cohort) =>
    cohort.decisionDifferences.flatMap(
      ({ models, thresholds, level, difference: { estimate, lower, upper } }) =>
      thresholds.map((threshold, k) => [nameScores(cohort), ...models, threshold, estimate[k], lower[k], upper[k], bootstrapKind(isClustered(cohort)), level]), // prettier-ignore
    ),
  )
  return { name: 'dca_differences', columns, rows }
}

const ways = ['aboveAllAndNone', 'aboveOthers', 'aboveAllOfThem'] as const

/** A row each range; one without ends where there is none. */
function rangeTable({ cohorts }: Evaluation): NamedTable {
  const columns = ['cohort', 'model', 'above', 'from', 'to', 'note']
  const rows = cohorts.flatMap((cohort) =>
    cohort.benefitRanges.flatMap((ranges) =>
      ways.flatMap((way) => {
        const found = ranges[way]
        const than = tell('worth-more', { than: way })
        if (found?.length === 0) return [[nameScores(cohort), ranges.model, than, NaN, NaN, tell('at-no-threshold', {})]]
        return (found ?? []).map(({ from, to }) => [nameScores(cohort), ranges.model, than, from, to, ''])
      }),
    ),
  )
  return { name: 'dca_ranges', columns, rows }
}
