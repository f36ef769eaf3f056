import type { Classification, Figure, Proportion } from '../evaluate/classification.ts'
import type { AucEstimate } from '../evaluate/delong.ts'
import type { CohortEvaluation } from '../evaluate/evaluateScores.ts'
import type { Interval } from '../evaluate/interval.ts'

export type IntervalKind =
  | 'DeLong'
  | 'DeLong, clustered (Obuchowski)'
  | 'Newcombe'
  | 'Wilson'
  | typeof clopperPearson
  | 'stratified bootstrap, percentile'
  | 'bootstrap of patients, percentile'

/** An interval never stands without the name of its kind. */
export interface NamedInterval extends Interval {
  readonly kind: IntervalKind
}

export const clopperPearson = 'Clopper-Pearson'

/** Several rows of a patient are not independent: exact intervals and Newcombe's do not hold. */
export function isClustered({ rows, patients }: CohortEvaluation): boolean {
  return rows > patients
}

export function delongKind(clustered: boolean): 'DeLong' | 'DeLong, clustered (Obuchowski)' {
  return clustered ? 'DeLong, clustered (Obuchowski)' : 'DeLong'
}

export function bootstrapKind(clustered: boolean): IntervalKind {
  return clustered ? 'bootstrap of patients, percentile' : 'stratified bootstrap, percentile'
}

/** DeLong's, or Newcombe's where DeLong's has no width. */
export function aucInterval({ degenerate, interval, newcombe }: AucEstimate, clustered: boolean): NamedInterval {
  return degenerate && !clustered ? { ...newcombe, kind: 'Newcombe' } : { ...interval, kind: delongKind(clustered) }
}

/** Every interval of a figure that holds. */
export function figureIntervals(figure: Figure | Proportion, clustered: boolean): NamedInterval[] {
  const exact: readonly NamedInterval[] =
    'clopperPearson' in figure && !clustered
      ? [
          { ...figure.clopperPearson, kind: clopperPearson },
          { ...figure.wilson, kind: 'Wilson' },
        ]
      : []
  return [...exact, { ...figure.bootstrap, kind: bootstrapKind(clustered) }]
}

export const proportions = ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const

/** All figures of a cut-off by the name of their measure. */
export function figuresOf(classification: Classification): (readonly [string, Figure | Proportion])[] {
  const { f1, mcc, balancedAccuracy, atPrevalence } = classification
  return [
    ...proportions.map((name) => [name, classification[name]] as const),
    ['f1', f1],
    ['mcc', mcc],
    ['balanced_accuracy', balancedAccuracy],
    ...(atPrevalence ? ([['ppv_at_prevalence', atPrevalence.ppv], ['npv_at_prevalence', atPrevalence.npv]] as const) : []),
  ] // prettier-ignore
}
