import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readAnswers, readStudy, studyNames, trainingOf, type StudyName } from '../../../reference/studies.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { makeFeatureTable, pickRows } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { fitPlatt, plattProbability } from './fitPlatt.ts'
import { applySvm, decisionValues, defaultSvmOptions, fitSvm, type SvmOptions } from './svm.ts'
import { say } from '../../messages/say.ts'

const raw: SvmOptions = { ...defaultSvmOptions, probability: false }
const studies = Object.fromEntries(studyNames.map((name) => [name, readStudy(name)]))
interface Answer {
  n_sv: number
  rho: number
  train: number[]
  valid: number[]
  column: string
}
const machines = { svm_linear_C1: { kernel: 'linear' }, svm_rbf_C1_gamma_1_6: { gamma: 1 / 6 }, 'svm_rbf_C10_gamma_0.05': { cost: 10, gamma: 0.05 } } as const // prettier-ignore

function expectNear(ours: ArrayLike<number>, theirs: ArrayLike<number>, tolerance: number) {
  expect(ours.length).toBe(theirs.length)
  for (let i = 0; i < theirs.length; i++) expect(Math.abs(ours[i] - theirs[i])).toBeLessThan(tolerance)
}

test.each(studyNames.flatMap((name) => Object.keys(machines).map((machine) => [name, machine] as const)))(
  '%s, %s: support vectors, rho and decision values of e1071',
  (name, machine) => {
    const reference = readAnswers<{ features: string[] } & Record<string, Answer>>(name, 'models')
    const { n_sv, rho, train, valid, column } = reference[machine]
    const study = studies[name]
    const training = trainingOf(study, reference.features)
    const model = fitSvm(training, { ...raw, ...machines[machine as keyof typeof machines] })
    const sign = column === '1/0' ? 1 : -1
    expect(model.converged).toBe(true)
    expect(model.supportVectors.length).toBe(n_sv)
    expect(Math.abs(model.rho - sign * rho)).toBeLessThan(1e-3)
    expectNear(applySvm(model, training), train.map((value) => sign * value), 1e-3) // prettier-ignore
    expectNear(applySvm(model, pickRows(study.table, study.cohorts.validation)), valid.map((value) => sign * value), 1e-3) // prettier-ignore
  },
)

const more = JSON.parse(readFileSync('reference/r/svm.json', 'utf8')) as { answers: { study: StudyName; kernel: 'linear' | 'radial'; cost: number; gamma: number; weights: [number, number]; supportVectors: number; train: number[]; valid: number[] }[] } // prettier-ignore

test.each(more.answers)('$study, $kernel, cost $cost, weights $weights', (answer) => {
  const study = studies[answer.study]
  const training = trainingOf(study, readAnswers<{ features: string[] }>(answer.study, 'models').features)
  const { kernel, cost, gamma, weights } = answer
  const model = fitSvm(training, { ...raw, kernel, cost, gamma, classWeights: weights })
  expect(model.supportVectors.length).toBe(answer.supportVectors)
  expectNear(applySvm(model, training), answer.train, 1e-3)
  expectNear(applySvm(model, pickRows(study.table, study.cohorts.validation)), answer.valid, 1e-3)
})

test("multipliers keep the conditions of the dual: bounds, and a sum of 0; the classes' margins are at 1", () => {
  const training = trainingOf(studies.ispy1, readAnswers<{ features: string[] }>('ispy1', 'models').features)
  const model = fitSvm(training, { ...raw, cost: 2, classWeights: 'balanced' })
  expect(Math.abs(model.coefficients.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-9)
  const free = model.coefficients.filter((value) => Math.abs(value) < 2 * model.classWeights[value > 0 ? 1 : 0])
  expect(free.length).toBeGreaterThan(3)
  const margins = decisionValues(model, training).map((value, i) => value * (2 * training.outcome[i] - 1))
  expect(margins.filter((margin) => Math.abs(margin - 1) < 1e-5).length).toBeGreaterThanOrEqual(free.length)
})

test('probabilities rise with the decision value, come from the seed, and are honest on average', () => {
  const training = trainingOf(studies.ispy1, readAnswers<{ features: string[] }>('ispy1', 'models').features)
  const model = fitSvm(training)
  expect(model.score).toBe('probability')
  expect(model.platt!.a).toBeLessThan(0)
  const probability = applySvm(model, studies.ispy1.table)
  const decision = decisionValues(model, studies.ispy1.table)
  expect(rocAuc(probability, studies.ispy1.outcome)).toBe(rocAuc(decision, studies.ispy1.outcome))
  const outOfFold = model.platt!.outOfFold.map((value) => plattProbability(model.platt!, value))
  const prevalence = model.patients[1] / training.ids.length
  expect(outOfFold.reduce((sum, p) => sum + p, 0) / outOfFold.length).toBeCloseTo(prevalence, 1)
  expect(fitSvm(training)).toEqual(model)
  expect(fitSvm(training, { ...defaultSvmOptions, seed: 2 }).platt!.outOfFold).not.toEqual(model.platt!.outOfFold)
})

test("Platt's sigmoid is the maximum of its likelihood", () => {
  const decision = [-2, -1.2, -0.7, -0.1, 0.2, 0.4, 0.9, 1.5, 2.2, -0.3]
  const outcome = [0, 0, 1, 0, 0, 1, 1, 1, 1, 0]
  const { a, b } = fitPlatt(decision, outcome)
  const target = outcome.map((y) => (y === 1 ? 6 / 7 : 1 / 7))
  const slopes = [0, 0]
  decision.forEach((value, i) => {
    const p = plattProbability({ a, b }, value)
    slopes[0] += (target[i] - p) * value
    slopes[1] += target[i] - p
  })
  expect(Math.abs(slopes[0])).toBeLessThan(1e-7)
  expect(Math.abs(slopes[1])).toBeLessThan(1e-7)
  expect(a).toBeLessThan(0)
})

test('degenerate tables and bad options', () => {
  const make = (values: number[], outcome: number[]) => {
    const ids = outcome.map((_, i) => `p${i}`)
    return takeTraining(makeFeatureTable(ids, ['a'], Float64Array.from(values)), outcome, { training: ids, validation: [] })
  }
  const flat = fitSvm(make([1, 1, 1, 1, 1, 1], [0, 1, 0, 1, 0, 0]))
  expect(new Set(applySvm(flat, makeFeatureTable(['x', 'y'], ['a'], Float64Array.of(1, 1)))).size).toBe(1)
  const single = fitSvm(make([1, 2, 3, 9], [0, 0, 0, 1]))
  expect(single).toMatchObject({ platt: null, score: 'decision' })
  expect(say(single.notes[0])).toContain('A class has one patient')
  expect(applySvm(single, makeFeatureTable(['x', 'y'], ['a'], Float64Array.of(2, 9)))[1]).toBeGreaterThan(0)
  expect(() => fitSvm(make([1, 2], [1, 1]))).toThrowSaying('all have outcome 1')
  expect(() => fitSvm(make([1, 2], [0, 1]), { ...raw, cost: 0 })).toThrowSaying('cost is greater than 0; 0 was given')
  expect(() => fitSvm(make([1, NaN], [0, 1]))).toThrowSaying('a of p1 is missing')
})
