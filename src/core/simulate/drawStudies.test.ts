import { describe, expect, test } from 'vitest'
import { binormalAuc, type Belief, type Binormal } from '../evaluate/binormal.ts'
import { quantile } from '../numeric/quantile.ts'
import { mean, standardDeviation } from '../numeric/moments.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { drawScores, drawStudy, positivesOf, tooFewOf } from './drawStudies.ts'

const truth: Binormal = { positive: { mean: 0.74, sd: 1.3 }, negative: { mean: -0.2, sd: 0.8 }, prevalence: 0.3 }
const belief: Belief = { intercept: 0, slope: 1 }
const draw = { truth, patients: 40, seed: 40 }

describe('a drawn study', () => {
  test('is the same for the same seed and another for another seed or number', () => {
    expect(drawStudy(draw, belief, 3)).toEqual(drawStudy(draw, belief, 3))
    expect(drawStudy(draw, belief, 3)).not.toEqual(drawStudy(draw, belief, 4))
    expect(drawStudy({ ...draw, seed: 41 }, belief, 3)).not.toEqual(drawStudy(draw, belief, 3))
  })

  test('has the classes of its prevalence, with the means and spreads of the truth', () => {
    const { scores, outcome } = drawScores({ ...draw, patients: 40_000 }, 0)
    expect(outcome.reduce((sum, label) => sum + label, 0)).toBe(12_000)
    const [positive, negative] = [scores.subarray(0, 12_000), scores.subarray(12_000)]
    for (const [found, wanted] of [[positive, truth.positive], [negative, truth.negative]] as const) {
      expect(Math.abs(mean(found) - wanted.mean)).toBeLessThan(4 * (wanted.sd / Math.sqrt(found.length)))
      expect(standardDeviation(found)).toBeCloseTo(wanted.sd, 1)
    } // prettier-ignore
  })

  test('keeps its patients where means, spreads or their number change', () => {
    const before = drawScores(draw, 0).scores
    const moved = drawScores({ ...draw, truth: { ...truth, positive: { mean: 1.74, sd: 1.3 } } }, 0).scores
    expect(moved[0]).toBeCloseTo(before[0] + 1, 12)
    expect([...moved.subarray(12)]).toEqual([...before.subarray(12)])
    const larger = drawScores({ ...draw, patients: 80 }, 0).scores
    expect([...larger.subarray(0, 12)]).toEqual([...before.subarray(0, 12)])
  })

  test('draws the curve whose area it reports', () => {
    const { roc, auc, precision, calibration, benefit } = drawStudy(draw, belief, 0)
    const { scores, outcome } = drawScores(draw, 0)
    expect(auc.auc).toBe(rocAuc(scores, outcome))
    let area = 0
    for (let i = 1; i < roc.x.length; i++) area += ((roc.x[i - 1] - roc.x[i]) * (roc.y[i] + roc.y[i - 1])) / 2
    expect(area).toBeCloseTo(auc.auc, 12)
    expect([precision.x.at(-1), precision.y.at(-1)]).toEqual([1, 0.3])
    expect(calibration.x).toHaveLength(5)
    // Below all risks everybody is treated.
    expect(benefit.y[0]).toBeCloseTo(0.3 - (0.7 * 0.01) / 0.99, 2)
  })

  test('of many patients is drawn by fewer corners, with both ends', () => {
    const { roc } = drawStudy({ ...draw, patients: 2000 }, belief, 0)
    expect(roc.x.length).toBe(240)
    expect([roc.x[0], roc.y[0], roc.x.at(-1), roc.y.at(-1)]).toEqual([1, 1, 0, 0])
  })
})

test('the AUCs of many studies lie around the truth, as far as DeLong’s interval says', () => {
  const studies = Array.from({ length: 400 }, (_, sample) => drawStudy(draw, belief, sample))
  const aucs = studies.map(({ auc }) => auc.auc)
  expect(Math.abs(mean(aucs) - binormalAuc(truth))).toBeLessThan((4 * standardDeviation(aucs)) / 20)
  const covered = studies.filter(({ auc: { interval } }) => interval.lower <= binormalAuc(truth) && binormalAuc(truth) <= interval.upper).length // prettier-ignore
  expect(covered / 400).toBeGreaterThan(0.88)
  expect(quantile(aucs, 0.975) - quantile(aucs, 0.025)).toBeGreaterThan(0.25)
})

test('too few of a class are told before they are drawn', () => {
  expect([tooFewOf(40, 0.3), tooFewOf(40, 0.04), tooFewOf(40, 0.05), tooFewOf(10, 0.9)]).toEqual([null, 'positive', null, 'negative']) // prettier-ignore
  expect(positivesOf(40, 0.05)).toBe(2)
})
