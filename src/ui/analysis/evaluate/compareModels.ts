import type { ModelEvaluation } from '../../../core/evaluate/evaluateModel.ts'
import { mcnemarTest, type McNemarTest } from '../../../core/evaluate/mcnemarTest.ts'
import { countBelow } from '../../../core/numeric/ranks.ts'
import { distinctScores, vertexAt } from '../../../core/evaluate/readThreshold.ts'
import { cutoffOf, placeOfThreshold, ruleOf, type ShownModel, type ThresholdState } from '../../../state/analysis/threshold.ts'

type Standing = Pick<ThresholdState, 'index' | 'exact' | 'rule' | 'isOwn' | 'prevalence' | 'costOfMiss' | 'compareBy'>

export interface ComparedModel {
  readonly model: string
  /** Of its curve. */
  readonly index: number
  readonly threshold: number
  readonly specificity: number
  readonly sensitivity: number
  /** Of the calls of positive patients, and of negative ones. */
  readonly positives: McNemarTest
  readonly negatives: McNemarTest
}

/** The rule has no use for its scores. */
export interface UselessModel {
  readonly model: string
  readonly index: null
}

const distinctOf = new WeakMap<Float64Array, Float64Array>()

function distinct({ patients }: ShownModel, model: string): Float64Array {
  const scores = patients.scores[model]
  const known = distinctOf.get(scores) ?? distinctScores(scores.filter((score) => !Number.isNaN(score)))
  distinctOf.set(scores, known)
  return known
}

/** Where the rule of the cut-off puts each model; null where it has no use for it. It moves with the rule, not with the hand. */
export function placesOfRule(shown: ShownModel, standing: Standing): ReadonlyMap<string, { readonly index: number; readonly threshold: number } | null> {
  const rule = ruleOf(standing.rule, { ...standing, shown })
  return new Map(
    shown.cohort.models.map((model) => {
      const cutoff = cutoffOf({ ...shown, model }, rule, standing.isOwn)
      const isUsed = cutoff?.problem === null
      return [model.model, isUsed ? { index: vertexAt(distinct(shown, model.model), cutoff.threshold), threshold: cutoff.threshold } : null]
    }),
  )
} // prettier-ignore

/**
 * Where another model is read beside the one in hand: at its own cut-off by the same rule, at the same threshold, or where it spares at
 * least as many negative patients.
 * @param ofRule `placesOfRule`
 */
export function placeOfOther(
  shown: ShownModel,
  other: ModelEvaluation,
  standing: Standing,
  ofRule: ReturnType<typeof placesOfRule>,
): { readonly index: number; readonly threshold: number } | null {
  const { roc } = other
  switch (standing.compareBy) {
    case 'rule':
      return ofRule.get(other.model) ?? null
    case 'threshold': {
      const threshold = placeOfThreshold({ ...standing, shown })
      const own = distinct(shown, other.model)
      return { index: threshold === Infinity ? own.length : threshold === -Infinity ? 0 : vertexAt(own, threshold), threshold }
    }
    case 'specificity': {
      const index = countBelow(roc.specificity, shown.model.roc.specificity[standing.index])
      return { index, threshold: roc.thresholds[index] }
    }
  }
}

/** Each other model of the cohort beside the one in hand, and whose calls differ. */
export function compareModels(shown: ShownModel, standing: Standing): (ComparedModel | UselessModel)[] {
  const { cohort, patients, model } = shown
  const ofRule = placesOfRule(shown, standing)
  const own = callsOf(patients.scores[model.model], model.roc.thresholds[standing.index])
  return cohort.models.flatMap((other): (ComparedModel | UselessModel)[] => {
    if (other.model === model.model) return []
    const place = placeOfOther(shown, other, standing, ofRule)
    if (!place) return [{ model: other.model, index: null }]
    const calls = callsOf(patients.scores[other.model], other.roc.thresholds[place.index])
    const test = (outcome: 0 | 1) => {
      // Who has a score of one model alone is no pair.
      const pairs = [...calls.keys()].filter((row) => patients.outcome[row] === outcome && calls[row] !== null && own[row] !== null)
      return mcnemarTest(pairs.map((row) => own[row]!), pairs.map((row) => calls[row]!)) // prettier-ignore
    }
    const { sensitivity, specificity } = other.roc
    return [{ ...place, model: other.model, specificity: specificity[place.index], sensitivity: sensitivity[place.index], positives: test(1), negatives: test(0) }] // prettier-ignore
  })
} // prettier-ignore

function callsOf(scores: Float64Array, threshold: number): (boolean | null)[] {
  return Array.from(scores, (score) => (Number.isNaN(score) ? null : score >= threshold))
}
