import type { Evaluation } from '../evaluate/evaluateScores.ts'
import { benefitAt } from '../evaluate/netBenefit.ts'
import { nameScores } from '../evaluate/scoresFrom.ts'
import type { Message } from '../messages/message.ts'
import type { Analysis } from './analysis.ts'
import { tell } from './messages.ts'
import type { StudyStep } from './stages/stageStore.ts'

/** What speaks against a result, as data, and the steps that show it. */
export interface StudyWarning {
  readonly shownAt: readonly StudyStep[]
  /** The worst ones: they are red. */
  readonly grave: boolean
  readonly message: Message
}

/** Candidates a training patient, above which what is found is expected to be chance. */
const candidatesPerPatient = 10
const greatestOptimism = 0.1
const tooGood = 0.99
const eventsPerFeature = 10
const fewestEventsPerFeature = 5

/** Every warning of an analysis by its trigger, in the data's way; each from the records alone. `warnOfData` has those of the data. */
export function findWarnings(analysis: Analysis): StudyWarning[] {
  return [...ofHarmonisation(analysis), ...ofSelection(analysis), ...ofTraining(analysis), ...ofEvaluation(analysis)]
}

/** Those that the data alone does not tell. */
function ofHarmonisation({ path }: Analysis): StudyWarning[] {
  return path.warnings.filter(({ code }) => code === 'lone-patient-mean-only').map((message) => warn({ shownAt: ['harmonise'] }, message)) // prettier-ignore
}

/** How much better a model looks to those it learnt from than to those it did not; null without out-of-fold scores. */
export interface ApparentOptimism {
  readonly model: string
  readonly apparent: number
  readonly outOfFold: number | null
  /** Of forests, by the trees that did not draw the patient, after selection. */
  readonly outOfBag: number | null
  readonly optimism: number | null
}

export function listOptimism({ evaluation, path }: Pick<Analysis, 'evaluation' | 'path'>): ApparentOptimism[] {
  const aucOf = (model: string, from: 'apparent' | 'out-of-fold' | 'out-of-bag') =>
    evaluation.cohorts
      .filter(({ role }) => role === 'training')
      .flatMap(({ models }) => models)
      .find((found) => found.model === model && found.scoresFrom === from)?.auc.auc ?? null
  return path.models.flatMap(({ name }) => {
    const apparent = aucOf(name, 'apparent')
    const outOfFold = aucOf(name, 'out-of-fold')
    if (apparent === null) return []
    const optimism = outOfFold === null ? null : apparent - outOfFold
    return [{ model: name, apparent, outOfFold, outOfBag: aucOf(name, 'out-of-bag'), optimism }]
  })
}

type Told = Omit<StudyWarning, 'message'>

export function warn(told: Partial<Told> & Pick<Told, 'shownAt'>, message: Message): StudyWarning {
  return { grave: false, ...told, message }
}

function ofSelection({ path, resampling, relations }: Analysis): StudyWarning[] {
  const { candidates, steps, kept, learntFrom } = path.selection
  const at = { shownAt: ['select'] } as const
  const rankSum = steps.find((step) => step.method === 'rankSum')
  const boruta = steps.find((step) => step.method === 'boruta')
  const emptied = steps.find((step) => step.kept.length === 0)
  const emptyFolds = (resampling?.folds ?? []).filter((fold) => fold.steps.length > 0 && fold.kept.length === 0)
  const { stability, twins } = relations
  const stable = stability?.groups.some((group) => group.kept && group.folds >= stability.folds / 2)
  return [
    ...(candidates.length > candidatesPerPatient * learntFrom.length
      ? [warn(at, tell('many-candidates', { candidates: candidates.length, patients: learntFrom.length }))]
      : []),
    ...(rankSum && (rankSum.kept.length < 2 * rankSum.expectedByChance || rankSum.keptAfterBh === 0)
      ? [warn(at, tell('chance', { kept: rankSum.kept.length, expected: rankSum.expectedByChance, afterBh: rankSum.keptAfterBh }))] // prettier-ignore
      : []),
    ...(boruta && boruta.notes.length > 0 ? [warn(at, tell('prefiltered-boruta', {}))] : []),
    ...(stability && stability.folds > 0 && kept.length > 0 && !stable
      ? [warn(at, tell('unstable', { folds: stability.folds }))]
      : []),
    ...(emptied
      ? [warn({ shownAt: ['select', 'evaluate'], grave: true }, tell('nothing-kept', { method: emptied.method }))]
      : []),
    ...(emptyFolds.length > 0
      ? [warn({ shownAt: ['select', 'evaluate'] }, tell('nothing-kept-in-folds', { empty: emptyFolds.length, folds: resampling!.folds.length }))] // prettier-ignore
      : []),
    ...(twins.pairs > 0
      ? [warn(at, tell('twins', { pairs: twins.pairs, columns: twins.closest[0].columns, rho: twins.closest[0].rho }))]
      : []),
  ]
}

function ofTraining({ path, evaluation }: Analysis): StudyWarning[] {
  const at = { shownAt: ['train'] } as const
  const { rows, positives } = evaluation.cohorts[0]
  const events = Math.min(positives, rows - positives)
  return path.models.flatMap(({ name, model, selected }) => {
    const perColumn = events / model.columns.length
    const isSeparated = model.kind === 'logistic' && model.separation !== null
    return [
      ...(perColumn < eventsPerFeature
        ? [
            warn(
              { ...at, grave: perColumn < fewestEventsPerFeature },
              tell('few-events', {
                model: name,
                events,
                columns: model.columns.length,
                // Selection spends events too.
                candidates: selected ? path.selection.candidates.length : null,
              }),
            ),
          ]
        : []),
      ...(isSeparated ? [warn(at, tell('separation', { model: name, columns: model.separation.columns }))] : []),
    ]
  })
}

function ofEvaluation(analysis: Analysis): StudyWarning[] {
  const { path, evaluation } = analysis
  const optimism = listOptimism(analysis).flatMap(({ model, apparent, outOfFold, outOfBag }) => {
    // Resubstitution of a forest is near 1 whatever it learnt; its own figure on training is the out-of-bag one.
    const own = outOfBag ?? apparent
    const isHigh = (outOfFold !== null && own - outOfFold > greatestOptimism) || own >= tooGood
    return isHigh ? [warn({ shownAt: ['evaluate', 'report'] }, tell('optimism', { model, apparent: own, from: outOfBag === null ? 'apparent' : 'out-of-bag', outOfFold }))] : [] // prettier-ignore
  })
  const unharmonised = path.notHarmonised.length > 0 ? [warn({ shownAt: ['harmonise', 'select', 'train', 'evaluate', 'report'] }, tell('not-harmonised', { ids: path.notHarmonised }))] : [] // prettier-ignore
  return [...optimism, ...warnOfFigures(evaluation), ...unharmonised]
}

/** What speaks against the figures of an evaluation, wherever its scores come from. */
export function warnOfFigures({ cohorts }: Pick<Evaluation, 'cohorts'>): StudyWarning[] {
  const at = { shownAt: ['evaluate'] } as const
  return cohorts.flatMap(({ role, models, ...of }) => {
    const cohort = nameScores(of)
    return models.flatMap(({ model, auc, cutoffs, calibration, decisionCurve, recalibration }) => {
      const carried = cutoffs.find(({ source }) => source === 'carried')
      const judged = carried?.classification
      // A cut-off of a score that was recalibrated is none of the probability.
      const benefit = role === 'validation' && judged && decisionCurve && recalibration === null ? benefitAt(judged.sensitivity.estimate, judged.specificity.estimate, decisionCurve.prevalence, judged.threshold) : null // prettier-ignore
      const without = benefit && Math.max(0, benefit.treatAll)
      const { slope, inTheLarge } = calibration ?? {}
      const excludes = (found: typeof slope, value: number) =>
        found !== undefined && (found.interval.lower > value || found.interval.upper < value)
      return [
        ...(auc.degenerate && !Number.isNaN(auc.newcombe.lower)
          ? [warn(at, tell('degenerate', { cohort, model, auc: auc.auc }))]
          : []),
        ...(role === 'validation' && !carried && cutoffs.length > 0 ? [warn(at, tell('not-validated', { cohort, model }))] : []),
        ...(benefit && benefit.netBenefit < without!
          ? [
              warn(
                at,
                tell('below-none', {
                  cohort,
                  model,
                  threshold: judged!.threshold,
                  benefit: benefit.netBenefit,
                  without: without!,
                }),
              ),
            ]
          : []),
        ...(role === 'validation' && slope && inTheLarge && (excludes(slope, 1) || excludes(inTheLarge, 0))
          ? [warn(at, tell('miscalibrated', { cohort, model, slope: slope.estimate, inTheLarge: inTheLarge.estimate }))]
          : []),
      ]
    })
  })
}
