import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { defaultValidationTargets, planValidation, type PredictorDistribution, type ValidationInput } from './planValidation.ts'

interface Given {
  prevalence: number
  cstatistic: number
  lpnormal?: [number, number]
  lpbeta?: [number, number]
  oeciwidth?: number
  csciwidth?: number
  cstatciwidth?: number
}
interface Reference {
  validating: { given: Given; patients: number[]; standardErrors: number[] }[]
  integrated: { slope: { given: Given; patients: number }[] }
}
const { validating, integrated } = JSON.parse(readFileSync('reference/r/sampleSize.json', 'utf8')) as Reference

function readInput({ prevalence, cstatistic, lpnormal, lpbeta }: Given): ValidationInput {
  const predictor: PredictorDistribution = lpnormal
    ? { kind: 'normal', mean: lpnormal[0], sd: lpnormal[1] }
    : lpbeta
      ? { kind: 'beta', alpha: lpbeta[0], beta: lpbeta[1] }
      : { kind: 'two normals' }
  return { prevalence, auc: cstatistic, predictor, observedOverExpected: 1 }
}

describe('pmvalsampsize', () => {
  test.each(validating)('$given', ({ given, patients, standardErrors }) => {
    const { oeciwidth = 0.2, csciwidth = 0.2, cstatciwidth = 0.1 } = given
    const { criteria } = planValidation(readInput(given), {
      observedOverExpected: oeciwidth,
      slope: csciwidth,
      auc: cstatciwidth,
    })
    const [ratio, slope, auc] = criteria.map((criterion) => criterion.patients)
    expect([ratio, auc]).toEqual([patients[0], patients[2]])
    criteria.forEach(({ standardError }, i) => expect(standardError).toBeCloseTo(standardErrors[i], 9))
    // It simulates the linear predictor of a million patients, and from an AUC its mean too, to a prevalence within 0.0005.
    expect(Math.abs(slope / patients[1] - 1)).toBeLessThan(0.01)
  })
})

test.each(integrated.slope)('patients for the slope as R integrates them: $given', ({ given, patients }) => {
  const slope = planValidation(readInput(given)).criteria[1]
  expect(slope.name).toBe('calibration slope')
  expect(slope.patients).toBe(Math.ceil(patients))
})

test('the criterion that needs most is named, with its events; the mean of the risks is told', () => {
  const input = readInput({ prevalence: 0.018, cstatistic: 0.8 })
  const { needed, meanRisk } = planValidation(input)
  expect(needed).toMatchObject({ name: 'observed over expected', patients: 20975, events: 378 })
  expect(planValidation(input, { ...defaultValidationTargets, observedOverExpected: 1 }).needed).toMatchObject({ name: 'calibration slope', patients: 17129, events: 309 }) // prettier-ignore
  expect(meanRisk).toBeCloseTo(0.018, 12)
  expect(planValidation({ ...input, predictor: { kind: 'beta', alpha: 1, beta: 3 } }).meanRisk).toBe(0.25)
})

test.each([
  ['prevalence', { prevalence: 1 }, 'above 0 and below 1; 1 was given'],
  ['AUC', { auc: 0.4 }, '0.4 was given'],
  ['O/E', { observedOverExpected: 0 }, 'Observed over expected is a number above 0; 0 was given'],
  ['standard deviation', { predictor: { kind: 'normal', mean: -5, sd: 0 } }, 'a standard deviation above 0; -5 and 0 were given'],
  ['beta', { predictor: { kind: 'beta', alpha: -1, beta: 2 } }, '-1 and 2 were given'],
  ['risks of 0 only', { predictor: { kind: 'normal', mean: -4000, sd: 1 } }, 'No number of patients'],
  ['one in 1e300', { prevalence: 1e-300 }, 'No number of patients'],
])('nonsense is refused: %s', (_, wrong, message) => {
  const input = { prevalence: 0.018, auc: 0.8, observedOverExpected: 1, predictor: { kind: 'two normals' }, ...wrong }
  expect(() => planValidation(input as ValidationInput)).toThrowSaying(message)
})

test.each(['observedOverExpected', 'slope', 'auc'] as const)('a width of 0 is refused: %s', (which) => {
  const input = readInput({ prevalence: 0.2, cstatistic: 0.8 })
  expect(() => planValidation(input, { ...defaultValidationTargets, [which]: 0 })).toThrowSaying(
    'is a number above 0; 0 was given',
  )
})
