import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { Evaluation } from '../../../core/evaluate/evaluateScores.ts'
import { nameScores } from '../../../core/evaluate/scoresFrom.ts'
import type { Followed } from '../../../state/analysis/follow.ts'
import type { AnalysisScreen } from '../../../state/screen.ts'

/** Where a value of the report comes from: the rows behind it, or the step that shows its record. */
export type Where =
  { readonly kind: 'rows'; readonly followed: Followed } | { readonly kind: 'step'; readonly screen: AnalysisScreen }

const steps: Readonly<Record<string, AnalysisScreen>> = {
  split: 'cohorts',
  missing: 'cohorts',
  protocol: 'cohorts',
  combat: 'harmonise',
  selection: 'select',
  models: 'train',
  likelihood_ratio: 'train',
  resampling: 'train',
  optimism: 'train',
  evaluation: 'evaluate',
}

/**
 * @param record as `Clause` has it
 * @param analysis none of scores that came from elsewhere
 * @returns null where nothing of the page shows it
 */
export function whereOf(record: string, evaluation: Evaluation, analysis: Analysis | undefined): Where | null {
  const [name, part, at, ...within] = record.split('/')
  const cohort = name === 'evaluation' && part === 'cohorts' ? evaluation.cohorts[Number(at)] : undefined
  if (cohort && within[0] === 'models')
    return { kind: 'rows', followed: { kind: 'auc', cohort: nameScores(cohort), model: cohort.models[Number(within[1])].model } }
  if (cohort && within.length === 0 && analysis) return { kind: 'rows', followed: { kind: 'cohort', cohort: cohort.cohort } }
  if (name === 'split' && part === 'notHarmonised') return { kind: 'step', screen: 'harmonise' }
  if (name === 'selection' && part === 'steps' && analysis?.path.selection.steps[Number(at)]?.method === 'agreement')
    return { kind: 'step', screen: 'agree' }
  const screen = Object.hasOwn(steps, name) ? steps[name] : undefined
  return screen === undefined ? null : { kind: 'step', screen }
}
