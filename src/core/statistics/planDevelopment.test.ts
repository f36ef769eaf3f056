import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { coxSnellOfAuc, defaultDevelopmentTargets, mostParameters, planDevelopment, type ExpectedFit } from './planDevelopment.ts'

interface Reference {
  developing: {
    given: {
      csrsquared?: number
      nagrsquared?: number
      cstatistic?: number
      parameters: number
      prevalence: number
      shrinkage?: number
    }
    patients: number[]
    largest: number
    events: number
    eventsPerParameter: number
    rsquared: number
    greatestRsquared: number
    shrinkage: number
  }[]
  integrated: { coxSnell: { auc: number; prevalence: number; coxSnell: number }[] }
}
const { developing, integrated } = JSON.parse(readFileSync('reference/r/sampleSize.json', 'utf8')) as Reference

describe('pmsampsize', () => {
  test.each(developing)('$given', ({ given, ...answer }) => {
    const { csrsquared, nagrsquared, cstatistic, parameters, prevalence, shrinkage = 0.9 } = given
    const plan = (expected: ExpectedFit) => planDevelopment({ parameters, prevalence, expected }, { ...defaultDevelopmentTargets, shrinkage })
    // It rounds the R² that it simulates or scales; from that R² on, all is equal.
    const { criteria, needed, greatestCoxSnell, expectedShrinkage } = plan({ coxSnell: answer.rsquared })
    expect(criteria.map(({ patients }) => patients)).toEqual(answer.patients)
    expect([needed.patients, needed.events]).toEqual([answer.largest, answer.events])
    expect(needed.eventsPerParameter).toBeCloseTo(answer.eventsPerParameter, 2)
    expect(greatestCoxSnell).toBeCloseTo(answer.greatestRsquared, 12)
    expect(expectedShrinkage).toBeCloseTo(answer.shrinkage, 12)
    // A million simulated patients give an R² within about 0.001, and so the patients within half a per cent.
    const asked = plan(csrsquared ? { coxSnell: csrsquared } : nagrsquared ? { nagelkerke: nagrsquared } : { auc: cstatistic! })
    expect(Math.abs(asked.coxSnell - answer.rsquared)).toBeLessThan(1e-3)
    asked.criteria.forEach(({ patients }, i) => expect(Math.abs(patients / answer.patients[i] - 1)).toBeLessThan(0.005))
  }) // prettier-ignore
})

test.each(integrated.coxSnell)('R² of AUC $auc at $prevalence as R integrates it', ({ auc, prevalence, coxSnell }) =>
  expect(coxSnellOfAuc(auc, prevalence)).toBeCloseTo(coxSnell, 12),
)

test('the patients at hand carry so many parameters and not one more', () => {
  const input = { prevalence: 0.29, expected: { auc: 0.75 } }
  for (const patients of [30, 53, 250, 1000, 4711]) {
    const { parameters } = mostParameters(patients, input)
    const need = (count: number) => Math.max(...planDevelopment({ ...input, parameters: count }).criteria.slice(0, 2).map((c) => c.patients))
    if (parameters > 0) expect(need(parameters)).toBeLessThanOrEqual(patients)
    expect(need(parameters + 1)).toBeGreaterThan(patients)
  }
  expect(mostParameters(30, input).parameters).toBe(0)
  expect(mostParameters(317, input).riskMargin).toBeLessThanOrEqual(0.05)
  expect(mostParameters(316, input).riskMargin).toBeGreaterThan(0.05)
}) // prettier-ignore

test.each([
  [
    'prevalence',
    { prevalence: 0 },
    'The prevalence is the share of patients with the outcome, above 0 and below 1; 0 was given.',
  ],
  ['prevalence in per cent', { prevalence: 17.4 }, '17.4 was given'],
  ['parameters', { parameters: 2.5 }, 'whole number from 1; 2.5 was given'],
  ['R² above its maximum', { expected: { coxSnell: 0.61 } }, 'where the prevalence is 0.174, below 0.603; 0.61 was given'],
  ['R² of 0', { expected: { coxSnell: 0 } }, '0 was given'],
  ['Nagelkerke', { expected: { nagelkerke: 1 } }, '1 was given'],
  ['AUC of a guess', { expected: { auc: 0.5 } }, 'above 0.5 (a guess)'],
  ['no model', { expected: { coxSnell: 1e-300 } }, 'No number of patients'],
])('nonsense is refused: %s', (_, wrong, message) => {
  expect(() => planDevelopment({ parameters: 24, prevalence: 0.174, expected: { auc: 0.8 }, ...wrong })).toThrowSaying(message)
})

test('a shrinkage that the R² rules out is refused', () => {
  const input = { parameters: 24, prevalence: 0.174, expected: { coxSnell: 0.55 } }
  expect(() => planDevelopment(input, { ...defaultDevelopmentTargets, shrinkage: 0.5 })).toThrowSaying(
    'above the R² of Cox and Snell, 0.55; 0.5',
  )
  expect(() => planDevelopment(input, { ...defaultDevelopmentTargets, shrinkage: 1 })).toThrowSaying(
    'The shrinkage lies above 0 and below 1',
  )
})
