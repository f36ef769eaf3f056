import { bootstrapAuc } from './bootstrapAuc.ts'
import { calibrate, type Calibration } from './calibration.ts'
import { classifyAt, type Classification } from './classification.ts'
import { defaultCutoffRule, findCutoff, type Cutoff, type CutoffRule, type LearntCutoff } from './cutoffs.ts'
import { defaultDecisionCurveOptions, traceDecisionCurve, type DecisionCurve } from './decisionCurve.ts'
import { estimateAuc, type AucEstimate, type Clusters } from './delong.ts'
import { bootstrapAveragePrecision, tracePrecisionRecall, type PrecisionRecallCurve } from './precisionRecall.ts'
import { undefinedInterval } from './interval.ts'
import { declareProbabilities, whyNoProbability, type ProbabilityScores, type ScoreKind } from './probabilityScores.ts'
import { applyRecalibration, type Recalibration } from './recalibrate.ts'
import { traceRoc, type RocCurve } from './roc.ts'
import type { ScoresFrom } from './scoresFrom.ts'
import type { BootstrapInterval } from './stratifiedBootstrap.ts'
import type { Seed } from '../numeric/random.ts'
import { isMessage, type Message } from '../messages/message.ts'

export interface EvaluationOptions {
  readonly seed: Seed
  readonly level: number
  /** Of the AUC. */
  readonly aucResamples: number
  /** Of everything else. */
  readonly resamples: number
  /** Each gives a cut-off. */
  readonly rules: readonly CutoffRule[]
  /** Share of positives for predictive values and net benefit; null takes the cohort's. */
  readonly prevalence: number | null
  /** Threshold probabilities of the decision curves. */
  readonly thresholds: readonly number[]
  /** NRI and IDI of every pair of models, with the borders of risk classes (none: category-free); null leaves them out. */
  readonly reclassification: { readonly borders: readonly number[] } | null
}

export const defaultEvaluationOptions: EvaluationOptions = {
  seed: 1,
  level: 0.95,
  aucResamples: 10_000,
  resamples: 2000,
  rules: [defaultCutoffRule],
  prevalence: null,
  thresholds: defaultDecisionCurveOptions.thresholds,
  reclassification: null,
}

export type CohortRole = 'training' | 'validation'

/** What a model does in a cohort at one cut-off. */
export interface CutoffEvaluation {
  /** `carried`: chosen on the training patients. `re-chosen`: chosen on this cohort, as many papers do. */
  readonly source: 'carried' | 're-chosen'
  readonly cutoff: Cutoff | LearntCutoff
  /** Set when the cut-off was chosen on the very patients that the figures are about. */
  readonly note: 'cut-off not validated' | null
  /** Null when there is no useful cut-off; `cutoff.problem` says why. */
  readonly classification: Classification | null
}

/** How well one model tells the classes of a cohort apart, and whether its probabilities can be believed. */
export interface ModelDiscrimination {
  readonly model: string
  /** Null where nobody said. */
  readonly scoresFrom: ScoresFrom | null
  /** Patients who are in none of the figures: they have no out-of-bag score, as every tree drew them. */
  readonly withoutScore: readonly string[]
  readonly auc: AucEstimate
  readonly aucBootstrap: BootstrapInterval
  readonly roc: RocCurve
  readonly precisionRecall: PrecisionRecallCurve
  readonly averagePrecisionInterval: BootstrapInterval
  /** Made probabilities of the scores, for calibration and decision curve; null where they were probabilities, or stay scores. */
  readonly recalibration: Recalibration | null
  /** Null, as is the decision curve, when there are no probabilities; `noProbability` says why. */
  readonly calibration: Calibration | null
  readonly noProbability: Message | null
}

/** What deciding by one model would do in a cohort. */
export interface ModelDecisions {
  readonly cutoffs: readonly CutoffEvaluation[]
  readonly decisionCurve: DecisionCurve | null
}

/** Everything about one model in one cohort. */
export interface ModelEvaluation extends ModelDiscrimination, ModelDecisions {}

export interface ModelInCohort {
  readonly model: string
  readonly kind: ScoreKind
  readonly scoresFrom: ScoresFrom | null
  readonly role: CohortRole
  /** The scores are an unpenalised logistic model's own fit to these patients. */
  readonly apparentLogistic: boolean
  /** See `ScoredModel`; it counts where the scores are indeed all equal. */
  readonly interceptOnly: boolean
  readonly scores: ArrayLike<number>
  readonly outcome: ArrayLike<number>
  /** See `Clusters`. */
  readonly clusters?: Clusters
  /** See `ModelEvaluation`. */
  readonly withoutScore: readonly string[]
  /** Learnt on the training patients, one a rule; none when there are no training patients. */
  readonly carried: readonly LearntCutoff[]
  /** Learnt on the training patients, or why it could not be; null when none was asked for. */
  readonly recalibration: Recalibration | Message | null
}

/** @throws DataError as the functions it calls: unusable scores, one class only, probabilities outside [0, 1] */
export function discriminate(input: ModelInCohort, options: EvaluationOptions): ModelDiscrimination {
  const { scores, outcome, role, apparentLogistic, clusters } = input
  const { level, resamples, seed } = options
  const { probabilities, noProbability } = takeProbabilities(input)
  return {
    model: input.model,
    scoresFrom: input.scoresFrom,
    withoutScore: input.withoutScore,
    ...estimateBothWays(input, options),
    roc: traceRoc(scores, outcome),
    precisionRecall: tracePrecisionRecall(scores, outcome),
    averagePrecisionInterval: bootstrapAveragePrecision(scores, outcome, {
      resamples,
      seed,
      level,
      ...(clusters && { clusters }),
    }),
    recalibration: isMessage(input.recalibration) ? null : input.recalibration,
    calibration: probabilities && calibrate(probabilities, outcome, { role, apparentLogistic, groups: 10, level }),
    noProbability,
  }
}

/** @throws DataError as `discriminate` */
export function decide(input: ModelInCohort, options: EvaluationOptions): ModelDecisions {
  const { scores, outcome, clusters } = input
  const { level, prevalence, thresholds, resamples, seed } = options
  const { probabilities } = takeProbabilities(input)
  const drawing = { resamples, seed, level, ...(clusters && { clusters }) }
  return {
    cutoffs: evaluateCutoffs(input, traceRoc(scores, outcome), options),
    decisionCurve: probabilities && traceDecisionCurve(probabilities, outcome, { ...drawing, prevalence, thresholds }),
  }
}

/** Both in one. */
export function joinModel(
  { recalibration, calibration, noProbability, ...first }: ModelDiscrimination,
  { cutoffs, decisionCurve }: ModelDecisions,
): ModelEvaluation {
  return { ...first, cutoffs, recalibration, calibration, decisionCurve, noProbability }
}

function estimateBothWays(
  { scores, outcome, interceptOnly, clusters }: ModelInCohort,
  { level, seed, aucResamples }: EvaluationOptions,
): Pick<ModelEvaluation, 'auc' | 'aucBootstrap'> {
  const auc = estimateAuc(scores, outcome, level, clusters)
  if (interceptOnly && Array.from(scores).every((score) => score === scores[0]))
    return {
      auc: { ...auc, interval: undefinedInterval, newcombe: undefinedInterval },
      aucBootstrap: { ...undefinedInterval, undefinedResamples: aucResamples },
    }
  return {
    auc,
    aucBootstrap: bootstrapAuc(scores, outcome, { resamples: aucResamples, seed, level, ...(clusters && { clusters }) }),
  }
}

/** What calibration and decision curves may look at: recalibrated scores if there are, else declared probabilities. */
export function takeProbabilities({ scores, kind, recalibration }: Pick<ModelInCohort, 'scores' | 'kind' | 'recalibration'>): {
  readonly probabilities: ProbabilityScores | null
  readonly noProbability: Message | null
} {
  if (isMessage(recalibration)) return { probabilities: null, noProbability: recalibration }
  if (recalibration) return { probabilities: applyRecalibration(recalibration, scores), noProbability: null }
  const noProbability = whyNoProbability(kind)
  return { probabilities: noProbability === null ? declareProbabilities(scores, kind) : null, noProbability }
}

function evaluateCutoffs(input: ModelInCohort, roc: RocCurve, options: EvaluationOptions): CutoffEvaluation[] {
  const { scores, outcome, role, carried, clusters } = input
  const drawing = { ...options, ...(clusters && { clusters }) }
  const classify = ({ threshold, problem }: Cutoff) => (problem === null ? classifyAt(scores, outcome, threshold, drawing) : null)
  const fromTraining = carried.map((cutoff): CutoffEvaluation => ({
    source: 'carried',
    cutoff,
    note: role === 'training' ? 'cut-off not validated' : null,
    classification: classify(cutoff),
  }))
  // On the training patients a cut-off chosen anew is the one that is carried.
  if (role === 'training' && carried.length > 0) return fromTraining
  const again = options.rules.map((rule): CutoffEvaluation => {
    const cutoff = findCutoff(roc, rule)
    return { source: 're-chosen', cutoff, note: 'cut-off not validated', classification: classify(cutoff) }
  })
  return [...fromTraining, ...again]
}
