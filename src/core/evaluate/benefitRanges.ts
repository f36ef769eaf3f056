import type { DecisionCurve } from './decisionCurve.ts'

/** Neighbouring thresholds of a decision curve, from the first to the last. */
export interface ThresholdRange {
  readonly from: number
  readonly to: number
}

/** Where a model's net benefit is above that of other ways to decide; no range where it is so nowhere. */
export interface BenefitRanges {
  readonly model: string
  readonly aboveAllAndNone: readonly ThresholdRange[]
  /** Above every other model; null, as is the next, where there is none. */
  readonly aboveOthers: readonly ThresholdRange[] | null
  readonly aboveAllOfThem: readonly ThresholdRange[] | null
}

/** Equal counts give net benefits that differ by rounding; by less than this a curve is not above another. */
const rounding = 1e-12

/**
 * The ranges of threshold probability in which each model is worth more than treating all and none, than the other models, and than
 * all of these ("0.125-0.961" in a paper's text), as far as the thresholds of the curves tell.
 * @param curves of the same patients at the same thresholds
 */
export function findBenefitRanges(curves: readonly { readonly model: string; readonly curve: DecisionCurve }[]): BenefitRanges[] {
  return curves.map(({ model, curve }) => {
    const { thresholds, treatAll } = curve
    const benefit = curve.netBenefit.estimate
    const others = curves.filter((other) => other.model !== model).map((other) => other.curve.netBenefit.estimate)
    const isAbove = (k: number, rivals: readonly number[]) => rivals.every((rival) => benefit[k] > rival + rounding)
    const ofTreating = (k: number) => [treatAll[k], 0]
    const ofOthers = (k: number) => others.map((other) => other[k])
    const ranges = (rivals: (k: number) => readonly number[]) => joinRuns(thresholds, (k) => isAbove(k, rivals(k)))
    return {
      model,
      aboveAllAndNone: ranges(ofTreating),
      aboveOthers: others.length === 0 ? null : ranges(ofOthers),
      aboveAllOfThem: others.length === 0 ? null : ranges((k) => [...ofTreating(k), ...ofOthers(k)]),
    }
  })
}

function joinRuns(thresholds: readonly number[], holds: (k: number) => boolean): ThresholdRange[] {
  const ranges: ThresholdRange[] = []
  let from: number | null = null
  thresholds.forEach((threshold, k) => {
    if (!holds(k)) from = null
    else if (from === null) ranges.push({ from: (from = threshold), to: threshold })
    else ranges[ranges.length - 1] = { from, to: threshold }
  })
  return ranges
}
