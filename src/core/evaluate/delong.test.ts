import { describe, expect, test } from 'vitest'
import { expectEqual, markers, rComparisons, readAsah, rocReference, rSets, type Marker } from '../../../reference/evaluation.ts'
import { createRandom } from '../numeric/random.ts'
import { resampleAuc } from './bootstrapAuc.ts'
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
  expect(() => estimateAuc([1, 2], [0, 1], 95)).toThrowSaying(/between 0 and 1 \(0.95 is usual\); 95 was given/)
})

/** 60 patients with one to three lesions whose scores belong together. */
function lesions() {
  const random = createRandom(21)
  const rows = Array.from({ length: 60 }, (_, patient) => {
    const own = 2 * random.uniform()
    return Array.from({ length: 1 + (patient % 3) }, () => ({
      patient: `p${patient}`,
      label: Number(random.uniform() < 0.4),
      own,
    }))
  }).flat()
  const scores = rows.map(({ label, own }) => own + 0.6 * label + random.uniform())
  return { scores, second: scores.map((s) => s + random.uniform()), outcome: rows.map(({ label }) => label), clusters: rows.map(({ patient }) => patient) } // prettier-ignore
}

test('clusters of one row are DeLong to the last bit, also where they are named in any order', () => {
  const { scores, second, outcome } = lesions()
  const alone = scores.map((_, i) => `row ${scores.length - i}`)
  expect(estimateAuc(scores, outcome, 0.95, alone)).toEqual(estimateAuc(scores, outcome))
  expect(comparePairedAuc(scores, second, outcome, 0.95, alone)).toEqual(comparePairedAuc(scores, second, outcome))
  const unpaired = (clusters?: string[]) =>
    compareUnpairedAuc({ scores, outcome, ...(clusters && { clusters }) }, { scores: second, outcome })
  expect(unpaired(alone)).toEqual(unpaired())
})

test('rows that are all tripled leave the variance as it was (Obuchowski), where DeLong takes a third', () => {
  const { scores, second, outcome } = lesions()
  const tripled = <T>(values: readonly T[]) => values.flatMap((value) => [value, value, value])
  const patients = tripled(scores.map((_, i) => `p${i}`))
  const plain = estimateAuc(scores, outcome)
  const clustered = estimateAuc(tripled(scores), tripled(outcome), 0.95, patients)
  expect(clustered.auc).toBeCloseTo(plain.auc, 14)
  expect(clustered.variance / plain.variance).toBeCloseTo(1, 12)
  expect(estimateAuc(tripled(scores), tripled(outcome)).variance / plain.variance).toBeLessThan(0.34)
  const paired = comparePairedAuc(tripled(scores), tripled(second), tripled(outcome), 0.95, patients)
  expect(paired.p / comparePairedAuc(scores, second, outcome).p).toBeCloseTo(1, 10)
  const side = { scores: tripled(scores), outcome: tripled(outcome), clusters: patients }
  const unpaired = compareUnpairedAuc(side, { ...side, scores: tripled(second) })
  expect(unpaired.df! / compareUnpairedAuc({ scores, outcome }, { scores: second, outcome }).df!).toBeCloseTo(1, 10)
})

test("the variance is Obuchowski's formula, written out, and that of resampled patients", () => {
  const { scores, outcome, clusters } = lesions()
  const { auc, variance } = estimateAuc(scores, outcome, 0.95, clusters)
  const wins = (a: number, b: number) => (a > b ? 1 : a === b ? 0.5 : 0)
  const at = (label: number) => scores.flatMap((_, i) => (outcome[i] === label ? [i] : []))
  const [positives, negatives] = [at(1), at(0)]
  const share = (row: number) =>
    outcome[row] === 1
      ? negatives.reduce((sum, i) => sum + wins(scores[row], scores[i]), 0) / negatives.length
      : positives.reduce((sum, i) => sum + wins(scores[i], scores[row]), 0) / positives.length
  const names = [...new Set(clusters)]
  const sums = (rows: readonly number[]) => names.map((name) => rows.filter((i) => clusters[i] === name).reduce((sum, i) => sum + share(i) - auc, 0)) // prettier-ignore
  const [x, y] = [sums(positives), sums(negatives)]
  const having = (rows: readonly number[]) => new Set(rows.map((i) => clusters[i])).size
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0)
  const [m, n, I, Ip, In] = [positives.length, negatives.length, names.length, having(positives), having(negatives)]
  const expected = (Ip / ((Ip - 1) * m) / m) * dot(x, x) + (In / ((In - 1) * n) / n) * dot(y, y) + ((2 * I) / ((I - 1) * m * n)) * dot(x, y) // prettier-ignore
  expect(variance).toBeCloseTo(expected, 14)
  const drawn = resampleAuc(scores, outcome, { resamples: 4000, seed: 5, level: 0.95, clusters }).filter(
    (value) => !Number.isNaN(value),
  )
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
  const spread = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (drawn.length - 1)
  expect(spread / variance).toBeGreaterThan(0.85)
  expect(spread / variance).toBeLessThan(1.2)
})
