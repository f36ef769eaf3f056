import {
  believedRisk,
  binormalRates,
  ratesByRisk,
  trueRisk,
  type Belief,
  type Binormal,
} from '../../../../core/evaluate/binormal.ts'
import { benefitAt } from '../../../../core/evaluate/netBenefit.ts'
import { predictiveValues } from '../../../../core/evaluate/readThreshold.ts'
import type { Line } from '../../../../core/simulate/drawStudies.ts'
import { spread, type Range } from '../plot/scale.ts'

const corners = 241

/** Whole numbers around both classes, so that the axis stands still under most moves. */
export function scoreRange({ positive, negative }: Pick<Binormal, 'positive' | 'negative'>): Range {
  const ends = [positive, negative].flatMap(({ mean, sd }) => [mean - 3.1 * sd, mean + 3.1 * sd])
  return [Math.min(-3, Math.floor(Math.min(...ends))), Math.max(4, Math.ceil(Math.max(...ends)))]
}

/** Far enough that at both ends next to nobody is left. */
function manyScores(truth: Binormal): number[] {
  const [from, to] = scoreRange(truth)
  const more = (to - from) / 2
  return spread([to + more, from - more], 2 * corners)
}

export function rocLine(truth: Binormal): Line {
  const rates = manyScores(truth).map((score) => binormalRates(truth, score))
  return { x: rates.map(({ specificity }) => 1 - specificity), y: rates.map(({ sensitivity }) => sensitivity) }
}

/** From where a hundred-thousandth of the positive patients is found: the precision of nobody is not defined. */
export function precisionLine(truth: Binormal): Line {
  const rates = manyScores(truth).map((score) => binormalRates(truth, score)).filter(({ sensitivity }) => sensitivity > 1e-5) // prettier-ignore
  return {
    x: rates.map(({ sensitivity }) => sensitivity),
    y: rates.map(({ sensitivity, specificity }) => predictiveValues(sensitivity, specificity, truth.prevalence).ppv),
  }
}

/** The risk that patients have, by the one that they are told, as far as anybody is told it. */
export function calibrationLine(truth: Binormal, belief: Belief): Line {
  const [from, to] = scoreRange(truth)
  const told = spread([from, to], corners).map((score) => believedRisk(truth, belief, score))
  const x = spread([Math.max(1e-4, Math.min(...told)), Math.min(1 - 1e-4, Math.max(...told))], corners)
  return { x, y: x.map((risk) => trueRisk(belief, risk)) }
}

export function benefitLine(truth: Binormal, belief: Belief): Line {
  const x = spread([0.005, 0.995], 199)
  const y = x.map((threshold) => {
    const { sensitivity, specificity } = ratesByRisk(truth, belief, threshold)
    return benefitAt(sensitivity, specificity, truth.prevalence, threshold).netBenefit
  })
  return { x, y }
}

/** As far as it is worth being drawn. */
export function treatAllLine(prevalence: number, least: number): Line {
  const x = spread([0, 0.99], 199)
  const y = x.map((threshold) => prevalence - ((1 - prevalence) * threshold) / (1 - threshold))
  const end = y.findIndex((value) => value < least)
  // The last of it ends at the foot of the picture.
  return end < 0 ? { x, y } : { x: x.slice(0, end + 1), y: [...y.slice(0, end), least] }
}

/** Of a normal distribution, its area 1. */
export const densityAt = ({ mean, sd }: { readonly mean: number; readonly sd: number }, score: number): number =>
  Math.exp(-(((score - mean) / sd) ** 2) / 2) / (sd * Math.sqrt(2 * Math.PI))
