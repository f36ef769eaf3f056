import type { StudyData } from '../../core/analysis/studyData.ts'
import type { ReportAnswers } from '../../core/report/answers.ts'
import { questions } from '../../core/report/clauseMessages.ts'
import type { AnalysisScreen } from '../screen.ts'
import type { StudyState } from './studyState.ts'

/** The steps of the analysis in the data's way, each with its key. */
export const analysisSteps: readonly { readonly screen: AnalysisScreen; readonly key: string }[] = [
  { screen: 'cohorts', key: '1' },
  { screen: 'harmonise', key: '2' },
  { screen: 'agree', key: '3' },
  { screen: 'select', key: '4' },
  { screen: 'train', key: '5' },
  { screen: 'evaluate', key: '6' },
  { screen: 'report', key: '7' },
  { screen: 'apply', key: '8' },
]
export type StepMark = 'empty' | 'underWay' | 'done' | 'stale' | 'failed'

export type StepLack = 'noFeatures' | 'noBatches' | 'oneReader'

const batchesOf = ({ seenBatchOf, batchOf }: StudyData) => seenBatchOf ?? batchOf

/** Why a step cannot be opened; null where it can. */
export function whyNoStep(screen: AnalysisScreen, { study, protocol }: Pick<StudyState, 'study' | 'protocol'>): StepLack | null {
  if (screen === 'cohorts' || screen === 'evaluate' || screen === 'report' || screen === 'apply') return null
  if (!study || !protocol) return 'noFeatures'
  if (screen === 'harmonise' && batchesOf(study).size === 0) return 'noBatches'
  if (screen === 'agree' && !study.secondReader) return 'oneReader'
  return null
}

/** How a step stands. */
export function markStep(
  screen: AnalysisScreen,
  {
    run,
    study,
    current,
    stale,
    failed,
    door,
    task,
  }: Pick<StudyState, 'run' | 'study' | 'current' | 'stale' | 'failed' | 'door' | 'task'>,
): StepMark {
  if (screen === 'cohorts') return study ? 'done' : door ? 'underWay' : 'empty'
  // A model is carried to others from its file, whatever is learnt here.
  if (screen === 'apply') return 'empty'
  if (run.status === 'running' && run.task === task && !current.has(screen)) return 'underWay'
  if (failed === screen) return 'failed'
  if (stale.has(screen)) return 'stale'
  return current.has(screen) ? 'done' : 'empty'
}

/** Questions that a person has not answered. */
export const countOpen = (answers: ReportAnswers) => questions.length - Object.keys(answers.questions).length

/** What is counted at a step; '' where there is nothing yet. */
export function countStep(
  screen: AnalysisScreen,
  { study, analysis, answers }: Pick<StudyState, 'study' | 'analysis' | 'answers'>,
): string {
  const of = (count: number) => count.toLocaleString('en-GB')
  switch (screen) {
    case 'cohorts':
      return study ? of(study.features.ids.length) : ''
    case 'harmonise':
      return study && batchesOf(study).size > 0 ? of(new Set(batchesOf(study).values()).size) : ''
    case 'agree':
      return study?.secondReader ? of(study.secondReader.ids.length) : ''
    case 'select':
      return analysis ? of(analysis.path.selection.kept.length) : ''
    case 'train':
      return analysis ? of(analysis.path.models.length) : ''
    case 'evaluate':
      return analysis ? of(analysis.split.judged.length) : ''
    case 'report':
      return analysis ? of(countOpen(answers)) : ''
    case 'apply':
      return ''
  }
}
