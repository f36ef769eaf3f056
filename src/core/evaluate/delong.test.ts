import { describe, expect, test } from 'vitest'
import { expectEqual, markers, rComparisons, readAsah, rocReference, rSets, type Marker } from '../../../reference/evaluation.ts'
import { createRandom } from '../numeric/random.ts'
import { comparePairedAuc, compareUnpairedAuc, estimateAuc } from './delong.ts'
import { newcombeInterval } from './newcombeInterval.ts'
import { traceRoc } from './roc.ts'

const asah = readAsah()
const { outcome } = asah

describe('as pROC', () => {
  test.each(markers)('AUC, variance and interval of %s', (marker) => {
    const { auc, variance, interval, degenerate } = estimateAuc(asah[marker], outcome)
    const expected = rocReference.curves[marker]
    expectEqual([auc, variance], [expected.auc, expected.auc_var_delong])
    expectEqual([interval.lower, auc, interval.upper], expected.auc_ci_delong)
    expect(degenerate).toBe(false)
  })

  test.each(Object.entries(rocReference.delong_paired))('paired test %s', (name, expected) => {
    const [first, second] = name.split('_') as [Marker, Marker]
    const { statistic, p, df } = comparePairedAuc(asah[first], asah[second], outcome)
    expectEqual([statistic, p], [expected.statistic, expected.p])
    expect(df).toBeNull()
  })

  test('unpaired test, women against men', () => {
    const of = (female: number) => {
      const rows = outcome.flatMap((_, i) => (asah.female[i] === female ? [i] : []))
      return { scores: rows.map((i) => asah.s100b[i]), outcome: rows.map((i) => outcome[i]) }
    }
    const { statistic, p, df } = compareUnpairedAuc(of(1), of(0))
    const expected = rocReference.delong_unpaired_s100b_women_men
    expectEqual([statistic, p, df!], [expected.statistic, expected.p, expected.df])
  })

  test.each(Object.entries(rSets))('degenerate and small cohorts: %s', (_, set) => {
    const ours = estimateAuc(set.score, set.outcome)
    const found = [ours.interval.lower, ours.interval.upper]
    if (set.ci[0] === null) expect(found).toEqual([NaN, NaN])
    else expectEqual(found, [set.ci[0], set.ci[2]!])
    expectEqual([ours.newcombe.lower, ours.newcombe.upper], set.newcombe)
    expect(ours.degenerate).toBe(set.ci[0] === null || set.ci[0] === set.ci[2])
  })

  test.each(rComparisons)('comparison of $first and $second, paired $paired', (expected) => {
    const { first, second, paired } = expected
    const [a, b] = [rSets[first], rSets[second]]
    const ours = paired
      ? comparePairedAuc(a.score, b.score, a.outcome)
      : compareUnpairedAuc({ scores: a.score, outcome: a.outcome }, { scores: b.score, outcome: b.outcome })
    if (expected.statistic === 'Inf') expect(ours.statistic).toBe(Infinity)
    else expectEqual(ours.statistic, Number(expected.statistic))
    expectEqual(ours.p, Number(expected.p))
    if (expected.df !== null) expectEqual(ours.df!, Number(expected.df))
    // pROC lets the interval of a difference leave [-1, 1].
    if (expected.ci)
      expectEqual(
        [ours.interval.lower, ours.interval.upper],
        expected.ci.map((x) => Math.min(Math.max(x, -1), 1)),
      )
    expect(ours.degenerate).toBe(ours.standardError === 0)
  })
})

test('without any variance the unpaired test has no P, as in pROC, and a class of one has no DeLong', () => {
  const { perfect, constant, onePositive } = rSets
  const scored = (set: typeof perfect) => ({ scores: set.score, outcome: set.outcome })
  expect(compareUnpairedAuc(scored(perfect), scored(constant))).toMatchObject({
    statistic: Infinity,
    df: NaN,
    p: NaN,
    degenerate: true,
  })
  const single = comparePairedAuc(onePositive.score, onePositive.score.toReversed(), onePositive.outcome)
  expect(single).toMatchObject({ statistic: NaN, p: NaN, degenerate: true })
  expect(single.difference).toBeCloseTo(-0.5, 12)
})

test('invariants', () => {
  const random = createRandom(3)
  const scores = outcome.map((y) => Math.round(8 * random.uniform() + 2 * y))
  const ours = estimateAuc(scores, outcome)
  expect(ours.auc).toBe(traceRoc(scores, outcome).auc)
  const turned = estimateAuc(
    scores.map((x) => -x),
    outcome,
  )
  expectEqual([turned.auc, turned.variance], [1 - ours.auc, ours.variance], 1e-14)
  const relabelled = estimateAuc(
    scores,
    outcome.map((y) => 1 - y),
  )
  expectEqual([relabelled.auc, relabelled.variance], [1 - ours.auc, ours.variance], 1e-14)
  const one = comparePairedAuc(scores, asah.ndka, outcome)
  const other = comparePairedAuc(asah.ndka, scores, outcome)
  expect(other.statistic).toBe(-one.statistic)
  expect(other.p).toBe(one.p)
  expect(
    comparePairedAuc(
      scores,
      scores.map((x) => 2 * x + 5),
      outcome,
    ),
  ).toMatchObject({ statistic: 0, p: 1, degenerate: true })
})

test("Newcombe's interval holds the AUC, mirrors it and narrows with more patients", () => {
  const here = newcombeInterval(0.8, 20, 30)
  const mirrored = newcombeInterval(0.2, 30, 20)
  expectEqual([mirrored.lower, mirrored.upper], [1 - here.upper, 1 - here.lower], 1e-12)
  const more = newcombeInterval(0.8, 200, 300)
  expect(here.lower < more.lower && more.lower < 0.8 && 0.8 < more.upper && more.upper < here.upper).toBe(true)
})

test('a confidence level that is no probability is refused', () => {
  expect(() => estimateAuc([1, 2], [0, 1], 95)).toThrow(/between 0 and 1 \(0.95 is usual\); 95 was given/)
})
