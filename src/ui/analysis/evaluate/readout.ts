import type { Classification } from '../../../core/evaluate/classification.ts'
import { hasNoWidth, type Interval } from '../../../core/evaluate/interval.ts'
import { naturalFrequencies } from '../../../core/evaluate/naturalFrequencies.ts'
import { benefitAt, costAt } from '../../../core/evaluate/netBenefit.ts'
import { predictiveValues, readThreshold, type Ratio, type Share } from '../../../core/evaluate/readThreshold.ts'
import { isCarried, placeOfThreshold, shareOf, type ShownModel, type ThresholdState } from '../../../state/analysis/threshold.ts'
import { formatFixed, formatNumber } from '../../shared/formatNumber.ts'

/** Every text that moves with the threshold, by its name. */
export type Readout = Readonly<Record<ReadoutName, string>>
export type ReadoutName =
  | 'threshold'
  | 'same'
  | 'origin'
  | 'tp'
  | 'fp'
  | 'fn'
  | 'tn'
  | `${'sensitivity' | 'specificity' | 'ppv' | 'npv' | 'accuracy'}.${'of' | 'value' | 'interval'}`
  | 'ratios'
  | 'ratiosInterval'
  | 'benefit'
  | 'treatAll'
  | 'avoided'
  | 'cost'
  | 'frequencies'
  | 'verdict'

const none = '–'

/** A rate with three decimals; where it is 0 of 0 a dash. */
export const formatRate = (value: number) => (Number.isFinite(value) ? formatFixed(value, 3) : none)

export const formatInterval = ({ lower, upper }: Interval) =>
  Number.isNaN(lower) || Number.isNaN(upper) ? '' : `${formatRate(lower)}–${formatRate(upper)}`

const formatRatio = (value: number) => (Number.isFinite(value) ? formatFixed(value, 2) : none)

/** A threshold to four digits; at the ends it is beyond every score. */
export const formatThreshold = (value: number) =>
  value === -Infinity ? 'below all' : value === Infinity ? 'above all' : formatNumber(value, 4)

/** What the threshold of `state` says. @param drawn the bootstrap of this very threshold, once it is there */
export function readOut(state: ThresholdState, drawn: Classification | null): Readout {
  const shown = state.shown!
  const { model, distinct, record } = shown
  const { level } = record.evaluation.options
  const figures = readThreshold(model.roc, state.index, level)
  const { counts } = figures
  const threshold = placeOfThreshold(state)
  const prevalence = state.prevalence ?? shareOf(shown)
  const [sensitivity, specificity] = [figures.sensitivity.estimate, figures.specificity.estimate]
  const atPrevalence = state.prevalence === null ? null : predictiveValues(sensitivity, specificity, state.prevalence)
  const isProbability = model.decisionCurve !== null && model.recalibration === null
  const benefit = isProbability ? benefitAt(sensitivity, specificity, prevalence, threshold) : null
  const [found, missed, alarmed] = naturalFrequencies([
    sensitivity * prevalence,
    (1 - sensitivity) * prevalence,
    (1 - specificity) * (1 - prevalence),
    specificity * (1 - prevalence),
  ])
  const rate = (name: 'sensitivity' | 'specificity' | 'ppv' | 'npv' | 'accuracy', share: Share, ofPrevalence?: number) => {
    const bootstrap =
      drawn && (ofPrevalence === undefined ? drawn[name].bootstrap : drawn.atPrevalence?.[name as 'ppv' | 'npv'].bootstrap)
    return {
      [`${name}.of`]: ofPrevalence === undefined ? `${share.hits}/${share.trials}` : '',
      [`${name}.value`]: formatRate(ofPrevalence ?? share.estimate),
      [`${name}.interval`]: chooseInterval(bootstrap ?? null, ofPrevalence === undefined ? share.interval : null),
    }
  }
  return {
    threshold: formatThreshold(threshold),
    same: sameCalls(distinct, state.index),
    origin: tellOrigin(state, shown),
    tp: String(counts.truePositives),
    fp: String(counts.falsePositives),
    fn: String(counts.falseNegatives),
    tn: String(counts.trueNegatives),
    ...rate('sensitivity', figures.sensitivity),
    ...rate('specificity', figures.specificity),
    ...rate('ppv', figures.ppv, atPrevalence?.ppv),
    ...rate('npv', figures.npv, atPrevalence?.npv),
    ...rate('accuracy', figures.accuracy),
    ratios: `${formatRatio(figures.positiveRatio.estimate)}, ${formatRatio(figures.negativeRatio.estimate)}`,
    ratiosInterval: [figures.positiveRatio, figures.negativeRatio].map(ratioInterval).join(', '),
    benefit: benefit ? (Number.isFinite(benefit.netBenefit) ? formatFixed(benefit.netBenefit, 3) : none) : none,
    treatAll: benefit
      ? `treat all ${Number.isFinite(benefit.treatAll) ? formatFixed(benefit.treatAll, 3) : none}`
      : 'not a probability',
    avoided: benefit && Number.isFinite(benefit.avoidedPer100) ? formatFixed(benefit.avoidedPer100, 1) : none,
    cost: formatFixed(costAt(sensitivity, specificity, prevalence, state.costOfMiss), 3),
    frequencies: `${found} positives found, ${missed} missed; ${alarmed} called positive in vain.`,
    verdict: verdictOf(benefit),
  } as Readout
}

/** The bootstrap once it is there. Where nothing varied in it the exact interval stands, and is named; of Bayes's figures there is none. */
function chooseInterval(bootstrap: Interval | null, exact: Interval | null): string {
  if (!bootstrap) return exact ? formatInterval(exact) : ''
  if (!hasNoWidth(bootstrap)) return formatInterval(bootstrap)
  return exact ? `${formatInterval(exact)} exact` : 'no interval'
}

function ratioInterval({ interval: { lower, upper } }: Ratio): string {
  return Number.isNaN(lower) ? none : `${formatRatio(lower)}–${formatRatio(upper)}`
}

/** Who put it there. */
function tellOrigin({ byHand, isOwn }: ThresholdState, shown: ShownModel): string {
  if (byHand) return 'set by hand'
  return isCarried(shown) && !isOwn ? `from ${shown.record.trainCohort}` : `chosen on ${shown.cohort.cohort} itself`
}

/** Between which scores the threshold moves nobody from one side to the other. */
function sameCalls(distinct: Float64Array, index: number): string {
  if (index === 0) return `all are positive, up to ${formatNumber(distinct[0], 4)}`
  if (index === distinct.length) return `none is positive, above ${formatNumber(distinct.at(-1)!, 4)}`
  return `${formatNumber(distinct[index - 1], 4)} to ${formatNumber(distinct[index], 4)} call the same patients`
}

function verdictOf(benefit: ReturnType<typeof benefitAt> | null): string {
  if (!benefit || Number.isNaN(benefit.netBenefit)) return ''
  if (benefit.netBenefit < 0) return 'Worse than treating nobody here.'
  if (benefit.netBenefit < benefit.treatAll) return 'Worse than treating everybody here.'
  return 'Better than treating all or nobody here.'
}

/** The sentence for those who hear it, once the hand rests. */
export function sayThreshold(readout: Readout): string {
  return `Cut-off ${readout.threshold}, sensitivity ${readout['sensitivity.value']}, specificity ${readout['specificity.value']}`
}
