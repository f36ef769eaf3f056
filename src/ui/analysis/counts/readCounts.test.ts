import { expect, test } from 'vitest'
import { luoMatrices } from './luoMatrices.ts'
import { countsFromRates } from '../../../core/evaluate/countsFromRates.ts'
import { readCounts } from '../../../core/evaluate/readThreshold.ts'

/** Table 2 of Luo et al. 2024 (doi 10.1016/j.ejro.2024.100592), task 1: ACC with its interval, SEN, SPE, PPV, NPV, as printed. */
const printed: Readonly<Record<string, string>> = {
  'Task 1, training, LR': '0.516 (0.452-0.579) 0.822 0.390 0.357 0.841',
  'Task 1, training, RF': '0.608 (0.544-0.669) 0.904 0.486 0.420 0.925',
  'Task 1, training, SVM': '0.648 (0.585-0.707) 0.781 0.593 0.442 0.868',
  'Task 1, validation, LR': '0.414 (0.335-0.497) 0.806 0.314 0.231 0.864',
  'Task 1, validation, RF': '0.750 (0.673-0.817) 0.710 0.760 0.431 0.911',
  'Task 1, validation, SVM': '0.743 (0.666-0.811) 0.581 0.785 0.409 0.880',
}

test.each(Object.entries(printed))('%s: every printed figure follows from its matrix', (name, figures) => {
  const { accuracy, sensitivity, specificity, ppv, npv } = readCounts(luoMatrices.find((one) => one.name === name)!.counts, 0.95)
  const text = (value: number) => value.toFixed(3)
  const told = [`${text(accuracy.estimate)} (${text(accuracy.interval.lower)}-${text(accuracy.interval.upper)})`, ...[sensitivity, specificity, ppv, npv].map(({ estimate }) => text(estimate))] // prettier-ignore
  expect(told.join(' ')).toBe(figures)
})

test('the twelve matrices have the patients of the paper', () => {
  expect(luoMatrices).toHaveLength(12)
  for (const { name, counts } of luoMatrices) {
    const sizes = [counts.truePositives + counts.falseNegatives, counts.trueNegatives + counts.falsePositives]
    const expected = name.startsWith('Task 1') ? (name.includes('training') ? [73, 177] : [31, 121]) : name.includes('training') ? [82, 95] : [83, 38] // prettier-ignore
    expect(sizes, name).toEqual(expected)
  }
})

test('printed rates give the counts back; a rate that no whole number has is told from one that does', () => {
  const rates = { positives: 31, negatives: 121, sensitivity: 0.71, specificity: 0.76 }
  expect(countsFromRates(rates, 3)).toEqual({
    counts: { truePositives: 22, falseNegatives: 9, trueNegatives: 92, falsePositives: 29 },
    isExact: true,
  })
  expect(countsFromRates({ ...rates, sensitivity: 0.7 }, 3).isExact).toBe(false)
  expect(countsFromRates({ ...rates, sensitivity: 0.7 }, 1).isExact).toBe(true)
})

test('a table without positives or negatives has no sensitivity or specificity, and no interval of them', () => {
  const none = readCounts({ truePositives: 0, falseNegatives: 0, falsePositives: 3, trueNegatives: 7 }, 0.95)
  expect([none.sensitivity.estimate, none.sensitivity.interval.lower, none.positiveRatio.estimate]).toEqual([NaN, NaN, NaN])
  expect(none.specificity.estimate).toBe(0.7)
})
