import { believedRisk, type Belief, type Binormal } from '../evaluate/binormal.ts'
import { estimateAuc, type AucEstimate } from '../evaluate/delong.ts'
import { groupByRisk } from '../evaluate/hosmerLemeshow.ts'
import { benefitAt } from '../evaluate/netBenefit.ts'
import { tracePrecisionRecall } from '../evaluate/precisionRecall.ts'
import { distinctScores, vertexAt } from '../evaluate/readThreshold.ts'
import { traceRoc, type RocCurve } from '../evaluate/roc.ts'
import { createNormal } from '../numeric/normal.ts'
import { createRandom, deriveSeed, type Seed } from '../numeric/random.ts'

export interface StudyDraw {
  readonly truth: Binormal
  /** Of a study, both classes together. */
  readonly patients: number
  readonly seed: Seed
}

/** So many studies of one truth. */
export interface DrawJob {
  readonly draw: StudyDraw
  readonly belief: Belief
  readonly samples: number
}

export interface DrawnScores {
  /** The positive patients first. */
  readonly scores: Float64Array
  readonly outcome: Uint8Array
}

export interface Line {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** What one study of the many that could have been done would have drawn. */
export interface DrawnStudy {
  readonly auc: Pick<AucEstimate, 'auc' | 'interval' | 'newcombe' | 'degenerate'>
  /** 1 - specificity and sensitivity. */
  readonly roc: Line
  /** Recall and precision. */
  readonly precision: Line
  /** Predicted and observed, by fifths of the patients. */
  readonly calibration: Line
  /** Threshold probability and net benefit of those whom the model tells at least so much. */
  readonly benefit: Line
}

/** A line of more corners is not told from one of so many by the eye, and there may be a hundred of them. */
const mostCorners = 240

const benefitThresholds = Array.from({ length: 99 }, (_, k) => (k + 1) / 100)

/** Which class a study of so many patients would have too few of for a curve: below 2 are to be expected. Null where it has enough. */
export function tooFewOf(patients: number, prevalence: number): 'positive' | 'negative' | null {
  if (patients * prevalence < 2) return 'positive'
  return patients * (1 - prevalence) < 2 ? 'negative' : null
}

/** So many patients of a study are positive in every draw: it is the scores that chance gives. */
export const positivesOf = (patients: number, prevalence: number): number => Math.round(patients * prevalence)

/**
 * The patients of one study. Each class has random numbers of its own, so that other means, spreads and sizes move and add patients
 * but exchange none.
 * @param sample which of the studies of this seed, from 0
 */
export function drawScores({ truth, patients, seed }: StudyDraw, sample: number): DrawnScores {
  const positives = positivesOf(patients, truth.prevalence)
  const outcome = new Uint8Array(patients).fill(1, 0, positives)
  const [ofPositive, ofNegative] = (['positive', 'negative'] as const).map((name) => {
    const normal = createNormal(createRandom(deriveSeed(seed, 'study', sample, name)))
    const { mean, sd } = truth[name]
    return () => mean + sd * normal()
  })
  return { scores: Float64Array.from(outcome, (label) => (label === 1 ? ofPositive() : ofNegative())), outcome }
}

/**
 * One study, as it would be reported.
 * @throws DataError where a class has no patient (`tooFewOf` tells before)
 */
export function drawStudy(draw: StudyDraw, belief: Belief, sample: number): DrawnStudy {
  const { scores, outcome } = drawScores(draw, sample)
  const risk = scores.map((score) => believedRisk(draw.truth, belief, score))
  const { auc, interval, newcombe, degenerate } = estimateAuc(scores, outcome)
  const roc = traceRoc(scores, outcome)
  const { recall, precision } = tracePrecisionRecall(scores, outcome)
  const groups = groupByRisk(risk, outcome, 5, 0.95)
  return {
    auc: { auc, interval, newcombe, degenerate },
    roc: thin({ x: roc.specificity.map((value) => 1 - value), y: roc.sensitivity }),
    precision: thin({ x: recall, y: precision }),
    calibration: { x: groups.map(({ meanPredicted }) => meanPredicted), y: groups.map(({ observed }) => observed) },
    benefit: traceBenefit(traceRoc(risk, outcome), distinctScores(risk)),
  }
}

/** @throws as `drawStudy` */
export function drawStudies({ draw, belief, samples }: DrawJob): DrawnStudy[] {
  return Array.from({ length: samples }, (_, sample) => drawStudy(draw, belief, sample))
}

function traceBenefit(curve: RocCurve, distinct: Float64Array): Line {
  const share = curve.positives / (curve.positives + curve.negatives)
  const y = benefitThresholds.map((threshold) => {
    const at = vertexAt(distinct, threshold)
    return benefitAt(curve.sensitivity[at], curve.specificity[at], share, threshold).netBenefit
  })
  return { x: benefitThresholds, y }
}

/** As many corners as are seen, both ends among them. */
function thin({ x, y }: Line): Line {
  if (x.length <= mostCorners) return { x, y }
  const kept = Array.from({ length: mostCorners }, (_, k) => Math.round((k * (x.length - 1)) / (mostCorners - 1)))
  return { x: kept.map((at) => x[at]), y: kept.map((at) => y[at]) }
}
