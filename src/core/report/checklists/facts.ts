import type { Analysis } from '../../analysis/analysis.ts'
import { describeGuard, type LeakGuard } from '../../analysis/leakGuard.ts'
import type { StudyData } from '../../analysis/studyData.ts'
import type { Evaluation } from '../../evaluate/evaluateScores.ts'
import type { SelectionStep } from '../../protocol/protocol.ts'
import type { RunFacts } from '../clauses.ts'
import type { CohortPlan } from '../../study/study.ts'
import type { Message } from '../../messages/message.ts'

/** What checklists look at; all of it from the records. */
export interface ChecklistFacts {
  /** Null of scores that came from elsewhere: how they came about is not known. */
  readonly learning: LearningFacts | null
  readonly validations: number
  readonly isCalibrated: boolean
  /** Of scores that were not those of the patients learnt from, within the training cohort. */
  readonly isCalibratedOutOfFold: boolean
  readonly hasDecisionCurves: boolean
  readonly comparesModels: boolean
  readonly warnings: number
  /** How those who are judged were told apart from those who learnt; null where no record says it. */
  readonly cohortsBy: CohortPlan['kind'] | null
}

export interface LearningFacts {
  readonly guard: LeakGuard['state']
  readonly steps: ReadonlySet<SelectionStep['method']>
  readonly isHarmonised: boolean
  readonly isResampled: boolean
  readonly lacksValues: boolean
  readonly hasFewEvents: boolean
  readonly hasClinicalModel: boolean
  /** A regression among the models. */
  readonly hasSimpleModel: boolean
  readonly isScaled: boolean
  readonly hasSecondReader: boolean
}

export function factsOfEvaluation(
  { cohorts }: Evaluation,
  warnings: readonly Message[],
  run: RunFacts | null,
): Omit<ChecklistFacts, 'learning'> {
  const usable = cohorts.filter(({ unusable }) => unusable === null)
  const isCalibrated = (of: typeof usable) => of.some(({ models }) => models.some(({ calibration }) => calibration !== null))
  return {
    validations: usable.filter(({ role }) => role === 'validation').length,
    isCalibrated: isCalibrated(usable),
    isCalibratedOutOfFold: isCalibrated(usable.filter(({ scoresFrom }) => scoresFrom === 'out-of-fold')),
    hasDecisionCurves: usable.some(({ models }) => models.some(({ decisionCurve }) => decisionCurve !== null)),
    comparesModels: usable.some(({ comparisons }) => comparisons.length > 0),
    warnings: warnings.length,
    cohortsBy: run?.cohortsBy ?? null,
  }
}

export function factsOfStudy(
  analysis: Analysis,
  study: StudyData,
  warnings: readonly Message[],
  run: RunFacts | null,
): ChecklistFacts {
  const { path, resampling, missing, evaluation } = analysis
  const isScaled = path.models.some(({ model }) => 'standardisation' in model && model.standardisation !== null)
  return {
    ...factsOfEvaluation(evaluation, warnings, run),
    learning: {
      guard: describeGuard(analysis).state,
      steps: new Set(path.selection.steps.map(({ method }) => method)),
      isHarmonised: path.harmonisation !== null,
      isResampled: resampling !== null,
      lacksValues: missing.counts.length > 0,
      hasFewEvents: warnings.some(({ code }) => code === 'few-events'),
      hasClinicalModel: path.models.some(({ clinical }) => clinical.length > 0),
      hasSimpleModel: path.models.some(({ model }) => model.kind === 'logistic' || model.kind === 'lasso'),
      isScaled,
      hasSecondReader: study.secondReader !== null,
    },
  }
}
