import type { Analysis } from '../analysis/analysis.ts'
import { cutoffRule } from '../analysis/cutoffRule.ts'
import { applyHarmonisation } from '../analysis/harmoniseStudy.ts'
import { applyScreening } from '../analysis/screenStudy.ts'
import type { StudyData } from '../analysis/studyData.ts'
import { planModels, takeModelTables, type TrainedModel } from '../analysis/trainModels.ts'
import { findCutoff, type CutoffRule } from '../evaluate/cutoffs.ts'
import { traceRoc } from '../evaluate/roc.ts'
import type { ScoresFrom } from '../evaluate/scoresFrom.ts'
import type { CombatRecord } from '../harmonise/combatRecord.ts'
import { pickCombatColumns } from '../harmonise/pickCombatColumns.ts'
import { mean } from '../numeric/moments.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { applyModel, type Model } from '../learn/model.ts'
import { pickImputation, type Imputation } from '../table/imputation.ts'
import { pickTrainingColumns, type TrainingTable } from '../table/trainingTable.ts'
import { summariseTraining, type TrainingScores, type TrainingSummary } from './trainingSummary.ts'

/** A cut-off that was chosen on the training patients; positive is score >= threshold. */
export interface ModelCutoff {
  readonly rule: CutoffRule
  /** NaN where the rule has none that is of use. */
  readonly threshold: number
  /** Of the patients it was chosen on, so too good. */
  readonly sensitivity: number
  readonly specificity: number
  readonly scoresFrom: ScoresFrom
  readonly learntFrom: readonly string[]
}

/** How features were harmonised before the model learnt from them. */
export interface ModelHarmonisation {
  /** Columns of the batch; several are crossed into one. */
  readonly batch: readonly string[]
  /** What the protocol does with patients of a batch that ComBat has not seen; in the mode "reference" such a batch may join. */
  readonly unseen: 'refuse' | 'leave as measured'
  /** Patients that a new batch needs at least, to join. */
  readonly minimumNewBatch: number
  /** In the mode "reference" of all columns, by which new batches join; else of those that the model looks at. */
  readonly record: CombatRecord
}

/** How well the model told the classes apart, in one cohort by one source of scores. NaN where it cannot be said. */
export interface ModelFigures {
  readonly cohort: string
  readonly role: 'training' | 'validation'
  readonly scoresFrom: ScoresFrom | null
  readonly patients: number
  readonly positives: number
  readonly auc: number
  /** DeLong's. */
  readonly lower: number
  readonly upper: number
  /** Null without probabilities. */
  readonly brier: number | null
  readonly slope: number | null
}

/** What a model needs beside itself to be carried to others, and what must be known of it. Plain data. */
export interface ModelContext {
  readonly harmonisation: ModelHarmonisation | null
  /** What stands in for missing values of the model's columns. */
  readonly imputation: Imputation | null
  /** The rule of the protocol first. */
  readonly cutoffs: readonly ModelCutoff[]
  readonly training: TrainingSummary
  readonly evaluation: readonly ModelFigures[]
}

/**
 * The context of every model of an analysis, in their order. Training tables are made anew from the records.
 * @param study that the analysis is of
 */
export function describeModels(analysis: Analysis, study: StudyData): ModelContext[] {
  const { protocol, path, split, resampling } = analysis
  const harmonised = applyHarmonisation({ record: path.harmonisation, warnings: [] }, study, split, protocol.harmonise)
  const screened = applyScreening(path.screening, harmonised)
  const plans = planModels(protocol.models, path.selection.candidates, path.selection.kept, study.clinical)
  return plans.map((plan, m) => {
    const trained = path.models[m]
    const { training } = takeModelTables(plan, screened, study.clinical, protocol.missing)
    const own = { scoresFrom: trained.scoresFrom, scores: trained.training }
    const { columns } = trained.model
    return {
      harmonisation: path.harmonisation && describeHarmonisation(path.harmonisation, protocol, columns),
      imputation: path.screening.imputation && pickImputation(path.screening.imputation, columns),
      cutoffs: chooseCutoffs(training, own, protocol.evaluate),
      training: summariseTraining(training, own, unseenScores(trained, resampling, training)),
      evaluation: listFigures(analysis, trained.name),
    }
  })
}

/** The same of a model that was trained by itself: its out-of-bag scores where it is a forest, else its own fit. */
export function describeLearnt(
  model: Model,
  training: TrainingTable,
  rules: Protocol['evaluate'],
): Pick<ModelContext, 'cutoffs' | 'training'> {
  const outOfBag = model.kind === 'forest' ? model.training['out-of-bag'] : null
  const own: TrainingScores = outOfBag
    ? { scoresFrom: 'out-of-bag', scores: outOfBag.map((score) => score ?? NaN) }
    : { scoresFrom: 'apparent', scores: applyModel(model, training) }
  const columns = pickTrainingColumns(training, model.columns)
  return {
    cutoffs: chooseCutoffs(training, own, rules),
    training: summariseTraining(columns, own, outOfBag && own),
  }
}

/**
 * The cut-offs of every rule on the training patients' own scores: first the protocol's, then those that it might have named.
 * @param scores NaN for rows without one, which are left out
 */
function chooseCutoffs(
  { ids, outcome }: TrainingTable,
  { scores, scoresFrom }: TrainingScores,
  evaluate: Protocol['evaluate'],
): ModelCutoff[] {
  const rows = ids.map((_, row) => row).filter((row) => !Number.isNaN(scores[row]))
  const labels = rows.map((row) => outcome[row])
  if (new Set(labels).size < 2) return []
  const learntFrom = rows.map((row) => ids[row])
  const curve = traceRoc(rows.map((row) => scores[row]), labels) // prettier-ignore
  return listRules(evaluate, outcome).map((rule) => {
    const { threshold, sensitivity, specificity } = findCutoff(curve, rule)
    return { rule, threshold, sensitivity, specificity, scoresFrom, learntFrom }
  })
}

function listRules(evaluate: Protocol['evaluate'], outcome: ArrayLike<number>): CutoffRule[] {
  const { cutoffTarget, costOfMiss, prevalence } = evaluate
  const own = cutoffRule(evaluate, outcome)
  const all: CutoffRule[] = [
    { kind: 'youden' },
    { kind: 'sensitivity', atLeast: cutoffTarget },
    { kind: 'specificity', atLeast: cutoffTarget },
    { kind: 'cost', costOfMiss, prevalence: prevalence ?? mean(outcome) },
  ]
  return [own, ...all.filter(({ kind }) => kind !== own.kind)]
}

function describeHarmonisation(record: CombatRecord, { harmonise }: Protocol, columns: readonly string[]): ModelHarmonisation {
  const { batch, allowUnharmonised, minimumNewBatch } = harmonise
  return {
    batch,
    unseen: allowUnharmonised ? 'leave as measured' : 'refuse',
    minimumNewBatch,
    // A batch that joins is estimated from all columns together.
    record: record.reference ? record : pickCombatColumns(record, columns),
  }
}

/** Out-of-fold scores, else those of trees that had not drawn the patient. */
function unseenScores(
  { name, scoresFrom, training: own }: TrainedModel,
  resampling: Analysis['resampling'],
  { ids }: TrainingTable,
): TrainingScores | null {
  if (resampling && resampling.ids.length > 0) {
    const scoreOf = new Map(resampling.ids.map((id, row) => [id, resampling.scores[name][row]]))
    const scores = ids.map((id) => scoreOf.get(id) ?? NaN)
    if (scores.some((score) => !Number.isNaN(score))) return { scoresFrom: 'out-of-fold', scores }
  }
  return scoresFrom === 'out-of-bag' ? { scoresFrom, scores: own } : null
}

function listFigures({ evaluation }: Analysis, name: string): ModelFigures[] {
  return evaluation.cohorts.flatMap(({ cohort, role, patients, positives, models }) =>
    models
      .filter(({ model }) => model === name)
      .map(({ scoresFrom, auc, calibration }) => ({
        ...{ cohort, role, scoresFrom, patients, positives },
        auc: auc.auc,
        lower: auc.interval.lower,
        upper: auc.interval.upper,
        brier: calibration?.brier ?? null,
        slope: calibration?.slope.estimate ?? null,
      })),
  )
}
