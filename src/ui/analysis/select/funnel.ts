import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { StepRecord } from '../../../core/analysis/selectFeatures.ts'
import { formatCount, formatFixed, formatNumber } from '../../shared/formatNumber.ts'

/** One cell of the funnel. */
export interface FunnelCell {
  readonly title: string
  /** Features after it. */
  readonly left: number
  /** Of the candidates, 0 to 1. */
  readonly share: number
  /** The one thing to know. */
  readonly caution: string
  /** Place among the steps of the record; null for both ends. */
  readonly step: number | null
  /** Nothing was left: the way ended here. */
  readonly isEnd: boolean
}

export function funnelOf({ path, evaluation }: Pick<Analysis, 'path' | 'evaluation'>): FunnelCell[] {
  const { candidates, steps, kept } = path.selection
  const cell = (title: string, left: number, caution: string, step: number | null): FunnelCell => ({
    title,
    left,
    share: candidates.length === 0 ? 0 : left / candidates.length,
    caution,
    step,
    isEnd: left === 0,
  })
  return [
    cell('Candidates', candidates.length, sayCandidates(path.screening.columns), null),
    ...steps.map((step, at) => cell(titleOf(step), step.kept.length, cautionOf(step), at)),
    cell('Goes to training', kept.length, kept.length === 0 ? 'the model is the prevalence, AUC 0.5' : sayEvents(evaluation, kept.length), null), // prettier-ignore
  ]
}

function titleOf(step: StepRecord): string {
  switch (step.method) {
    case 'agreement':
      return `${step.form} ${step.on === 'estimate' ? '' : 'lower bound '}> ${step.threshold}`
    case 'rankSum':
      return `Wilcoxon, ${step.adjust === 'none' ? 'P' : `P (${step.adjust})`} < ${step.alpha}`
    case 'redundancy':
      return `Redundancy, |ρ| > ${step.limit}`
    case 'boruta':
      return `Boruta${step.options.variant === 'Boruta' ? ' (R)' : 'Py'}, ${step.history.length} runs`
    case 'annealing':
      return 'Simulated annealing'
    case 'lasso':
      return `LASSO, λ ${step.rule}`
    case 'mrmr':
      return 'mRMR'
    case 'elimination':
      return 'Recursive elimination'
  }
}

function cautionOf(step: StepRecord): string {
  switch (step.method) {
    case 'agreement':
      return `${formatCount(step.learntFrom.length)} read again; ${formatCount(step.undefinedColumns)} undefined`
    case 'rankSum':
      return `${formatCount(step.expectedByChance)} by chance; ${formatCount(step.keptAfterBh)} after BH`
    case 'redundancy':
      return `${formatCount(step.columns.length - step.kept.length)} repeat another`
    case 'boruta': {
      const count = (wanted: string) => step.details.filter(({ decision }) => decision === wanted).length
      return `${count('tentative')} tentative dropped, ${formatCount(count('rejected'))} rejected`
    }
    case 'annealing':
      return step.iteration === 0 ? 'no candidate' : `iteration ${step.iteration} of ${step.averages.length}`
    case 'lasso':
      return `log λ ${formatFixed(Math.log(step.lambda), 2)}`
    case 'mrmr':
      return step.options.scheme === 'quotient' ? 'relevance over redundancy' : 'relevance less redundancy'
    case 'elimination':
      return step.aboveChance === false ? 'no better than no feature' : 'by held-out folds'
  }
}

function sayCandidates({ reported, kept }: Analysis['path']['screening']['columns']): string {
  const isKept = new Set(kept)
  const near = reported.filter(({ column, faults }) => isKept.has(column) && faults.includes('near-constant')).length
  const gone = reported.filter(({ column }) => !isKept.has(column)).length
  const told = [
    gone > 0 ? `${formatCount(gone)} left out before` : '',
    near > 0 ? `${formatCount(near)} near-constant, kept` : '',
  ]
  return told.filter(Boolean).join('; ') || 'all usable'
}

function sayEvents({ cohorts: [training] }: Analysis['evaluation'], features: number): string {
  const events = Math.min(training.positives, training.rows - training.positives)
  return `${formatNumber(events / features, 3)} patients of the rarer class a feature`
}
