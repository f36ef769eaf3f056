import { expect, test } from 'vitest'
import { expectEqual, learnReference, markers, readAsah } from '../../../reference/evaluation.ts'
import { againstChance } from './againstChance.ts'
import { estimateAuc } from './delong.ts'
import { mcnemarTest } from './mcnemarTest.ts'
import { bootstrapAveragePrecision } from './precisionRecall.ts'
import { traceRoc } from './roc.ts'

const asah = readAsah()
const callsAt = (marker: (typeof markers)[number]) => {
  const curve = traceRoc(asah[marker], asah.outcome)
  const threshold = curve.thresholds[curve.specificity.findIndex((value) => value >= 0.8)]
  return asah[marker].map((score) => score >= threshold)
}

test.each(learnReference.mcnemar)('$models at the same specificity: as R’s mcnemar.test and binom.test', (expected) => {
  const [first, second] = expected.models.map(callsAt)
  const found = mcnemarTest(first, second)
  expect([found.onlyFirst, found.onlySecond]).toEqual(expected.counts)
  expectEqual([found.statistic, found.p, found.exactP], [expected.statistic, expected.p, expected.exact], 1e-9)
})

test('equal calls do not differ, and many that differ have a P that is no 0 by underflow', () => {
  expect(mcnemarTest([true, false], [true, false])).toEqual({ onlyFirst: 0, onlySecond: 0, statistic: NaN, p: NaN, exactP: 1 })
  const many = Array.from({ length: 3000 }, (_, i) => i < 1000)
  const { exactP } = mcnemarTest(many, many.map((call) => !call)) // prettier-ignore
  // binom.test(1000, 3000)$p.value
  expect(exactP / 1.009015e-75).toBeCloseTo(1, 5)
})

test.each(markers)('z of the AUC of %s against one half, by pROC’s variance', (marker) => {
  const { z, p } = againstChance(estimateAuc(asah[marker], asah.outcome, 0.95))
  expectEqual(z, learnReference.chance[marker].z)
  expect(p / learnReference.chance[marker].p).toBeCloseTo(1, 5)
})

test.each(markers)('the interval of the average precision of %s is R’s, to the error of resampling', (marker) => {
  const { lower, upper } = bootstrapAveragePrecision(asah[marker], asah.outcome, { resamples: 4000, seed: 1, level: 0.95 })
  const { average } = learnReference
  expect(Math.abs(lower - average[marker].lower)).toBeLessThan(0.02)
  expect(Math.abs(upper - average[marker].upper)).toBeLessThan(0.02)
})
