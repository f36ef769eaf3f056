import type { StudyStep } from '../../../core/analysis/stages/stageStore.ts'
import type { Message } from '../../../core/messages/message.ts'
import type { AnalysisScreen } from '../../../state/screen.ts'

/** Where the setting stands that mends a run which failed. */
export interface Mending {
  readonly label: string
  readonly screen: AnalysisScreen
  /** Among the columns of the tables. */
  readonly isInColumns: boolean
}

const columns = { label: 'To the columns', screen: 'cohorts', isInColumns: true } as const
const missing = { label: 'To the missing values', screen: 'cohorts', isInColumns: false } as const
const harmonise = { label: 'To the settings of Harmonise', screen: 'harmonise', isInColumns: false } as const

/** What of the data or the protocol a message is about, by its code; of another one the settings of the step that failed. */
const byCode: Readonly<Record<string, Mending>> = {
  'analysis/training-one-class': columns,
  'analysis/few-for-folds': columns,
  'analysis/no-training-cohort': columns,
  'analysis/patients-in-cohorts': columns,
  'harmonise/batch-missing': columns,
  'analysis/features-missing': missing,
  'analysis/predictor-missing': missing,
  'analysis/nobody-complete': missing,
  'analysis/not-judgeable': missing,
}

const bySteps: Readonly<Record<StudyStep, Mending | null>> = {
  cohorts: columns,
  harmonise,
  agree: { label: 'To the steps of Select', screen: 'select', isInColumns: false },
  select: { label: 'To the steps of Select', screen: 'select', isInColumns: false },
  train: { label: 'To the models', screen: 'train', isInColumns: false },
  evaluate: null,
  report: null,
}

export function mendingOf({ step, code }: Message, failed: StudyStep): Mending | null {
  return byCode[`${step}/${code}`] ?? (step === 'harmonise' ? harmonise : bySteps[failed])
}
