import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  believedRisk,
  binormalAuc,
  binormalRates,
  logitRisk,
  ratesByRisk,
  riskTurnsAt,
  trueRisk,
  type Belief,
  type Binormal,
} from './binormal.ts'
import { inverseLogit } from '../statistics/fitGlm.ts'

interface Answer {
  readonly case: { readonly m1: number; readonly s1: number; readonly m0: number; readonly s0: number; readonly pi: number }
  readonly auc: number
  readonly scores: readonly number[]
  readonly sensitivity: readonly number[]
  readonly specificity: readonly number[]
  readonly risk: readonly number[]
  readonly thresholds: readonly number[]
  readonly sensitivityByRisk: readonly number[]
  readonly alarmsByRisk: readonly number[]
  readonly turn: number | object
}
const answers = JSON.parse(readFileSync('reference/r/binormal.json', 'utf8')) as { readonly cases: readonly Answer[] }

const asItIs: Belief = { intercept: 0, slope: 1 }
const truthOf = ({ m1, s1, m0, s0, pi }: Answer['case']): Binormal => ({
  positive: { mean: m1, sd: s1 },
  negative: { mean: m0, sd: s0 },
  prevalence: pi,
})

describe.each(answers.cases)('two normal distributions, $case', (answer) => {
  const truth = truthOf(answer.case)

  test('the area is that of R’s integration', () => {
    expect(binormalAuc(truth)).toBeCloseTo(answer.auc, 9)
  })

  test('rates and risk at a score are R’s', () => {
    answer.scores.forEach((score, i) => {
      const { sensitivity, specificity } = binormalRates(truth, score)
      expect(sensitivity).toBeCloseTo(answer.sensitivity[i], 12)
      expect(specificity).toBeCloseTo(answer.specificity[i], 12)
      expect(inverseLogit(logitRisk(truth, score))).toBeCloseTo(answer.risk[i], 12)
    })
  })

  test('rates of calling by risk are those of the scores that R finds, also where the risk turns', () => {
    answer.thresholds.forEach((threshold, i) => {
      const { sensitivity, specificity } = ratesByRisk(truth, asItIs, threshold)
      expect(sensitivity).toBeCloseTo(answer.sensitivityByRisk[i], 9)
      expect(1 - specificity).toBeCloseTo(answer.alarmsByRisk[i], 9)
    })
  })

  test('the risk turns where R finds its end, and never with equal spreads', () => {
    const turn = riskTurnsAt(truth)
    if (typeof answer.turn === 'number') expect(turn).toBeCloseTo(answer.turn, 5)
    else expect(turn).toBeNull()
  })
})

test('a model that believes otherwise calls the patients whose true risk has the threshold’s place', () => {
  const truth = truthOf(answers.cases[1].case)
  const boasting: Belief = { intercept: 0.4, slope: 2 }
  for (const believed of [0.02, 0.3, 0.8])
    expect(ratesByRisk(truth, boasting, believed)).toEqual(ratesByRisk(truth, asItIs, trueRisk(boasting, believed)))
  expect(trueRisk(boasting, believedRisk(truth, boasting, 1.7))).toBeCloseTo(inverseLogit(logitRisk(truth, 1.7)), 12)
})

test('scores that say nothing call everybody or nobody', () => {
  const truth: Binormal = { positive: { mean: 1, sd: 2 }, negative: { mean: 1, sd: 2 }, prevalence: 0.3 }
  expect(binormalAuc(truth)).toBe(0.5)
  expect(ratesByRisk(truth, asItIs, 0.29)).toEqual({ sensitivity: 1, specificity: 0 })
  expect(ratesByRisk(truth, asItIs, 0.31)).toEqual({ sensitivity: 0, specificity: 1 })
})

test('a threshold that no risk reaches calls nobody, one below all calls everybody', () => {
  const narrow: Binormal = { positive: { mean: 0, sd: 0.5 }, negative: { mean: 0, sd: 1 }, prevalence: 0.3 }
  expect(ratesByRisk(narrow, asItIs, 0.9)).toEqual({ sensitivity: 0, specificity: 1 })
  const wide: Binormal = { positive: { mean: 0, sd: 1 }, negative: { mean: 0, sd: 0.5 }, prevalence: 0.3 }
  expect(ratesByRisk(wide, asItIs, 0.1)).toEqual({ sensitivity: 1, specificity: 0 })
})
