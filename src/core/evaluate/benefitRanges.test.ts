import { expect, test } from 'vitest'
import type { DecisionCurve } from './decisionCurve.ts'
import { findBenefitRanges } from './benefitRanges.ts'

const thresholds = [0.1, 0.2, 0.3, 0.4, 0.5]

function curveOf(estimate: number[]): DecisionCurve {
  const band = { estimate, lower: estimate, upper: estimate }
  return {
    thresholds,
    level: 0.95,
    prevalence: 0.3,
    netBenefit: band,
    treatAll: [0.22, 0.12, 0, -0.17, -0.4],
    netReduction: band,
  }
}

test('ranges of thresholds in which a model is above treating all and none, above the others, and above all of these', () => {
  const [a, b] = findBenefitRanges([
    { model: 'a', curve: curveOf([0.22 + 1e-16, 0.15, 0.1, -0.01, 0.01]) },
    { model: 'b', curve: curveOf([0.21, 0.16, 0.05, 0, 0]) },
  ])
  // At 0.1 the model treats all, but for rounding.
  expect(a.aboveAllAndNone).toEqual([{ from: 0.2, to: 0.3 }, { from: 0.5, to: 0.5 }]) // prettier-ignore
  expect(a.aboveOthers).toEqual([{ from: 0.1, to: 0.1 }, { from: 0.3, to: 0.3 }, { from: 0.5, to: 0.5 }]) // prettier-ignore
  expect(a.aboveAllOfThem).toEqual([{ from: 0.3, to: 0.3 }, { from: 0.5, to: 0.5 }]) // prettier-ignore
  expect(b).toEqual({ model: 'b', aboveAllAndNone: [{ from: 0.2, to: 0.3 }], aboveOthers: [{ from: 0.2, to: 0.2 }, { from: 0.4, to: 0.4 }], aboveAllOfThem: [{ from: 0.2, to: 0.2 }] }) // prettier-ignore
})

test('a model alone has no others to be above', () => {
  const [a] = findBenefitRanges([{ model: 'a', curve: curveOf([0, 0, 0, 0, 0]) }])
  expect(a).toEqual({ model: 'a', aboveAllAndNone: [], aboveOthers: null, aboveAllOfThem: null })
})
