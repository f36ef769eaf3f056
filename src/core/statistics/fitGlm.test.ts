import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fitGlm, nullDeviance } from './fitGlm.ts'

interface Answer {
  name: string
  columns: number[][]
  outcome: number[]
  weights: number[]
  offset: number[]
  coefficients: (number | null)[]
  se: number[]
  probability: number[]
  deviance: number
  nullDeviance: number
  aic: number
  iterations: number
  converged: boolean
  rank: number
  zeroOrOne: boolean
}
const { answers } = JSON.parse(readFileSync('reference/r/glm.json', 'utf8')) as { answers: Answer[] }
const diverging = new Set(['complete separation', 'quasi-separation', 'one class'])

function withIntercept(columns: readonly number[][], rows: number): Float64Array {
  return Float64Array.from([...Array.from({ length: rows }, () => 1), ...columns.flat()])
}

function expectEqual(ours: ArrayLike<number>, theirs: ArrayLike<number>, what: string, scale = 1) {
  expect(ours.length, what).toBe(theirs.length)
  for (let i = 0; i < theirs.length; i++)
    expect(Math.abs(ours[i] - theirs[i]), `${what} ${i}: ${ours[i]}, R ${theirs[i]}`).toBeLessThanOrEqual(
      1e-6 * Math.max(Math.abs(theirs[i]), scale),
    )
}

test.each(answers)('$name: as R', (answer) => {
  const { outcome, weights, offset } = answer
  const fit = fitGlm({ design: withIntercept(answer.columns, outcome.length), outcome, weights, offset })
  expect(fit.rank).toBe(answer.rank)
  expect(fit.iterations).toBe(answer.iterations)
  expect(fit.converged).toBe(answer.converged)
  expect(fit.zeroOrOne).toBe(answer.zeroOrOne)
  expectEqual(fit.probability, answer.probability, 'probability')
  expectEqual([fit.deviance, nullDeviance({ outcome, weights, offset })], [answer.deviance, answer.nullDeviance], 'deviance')
  if (answer.name !== 'shares as outcome') expectEqual([fit.aic], [answer.aic], 'AIC')
  if (diverging.has(answer.name)) return
  const columns = answer.coefficients.length
  const kept = answer.coefficients.flatMap((value, j) => (value === null ? [] : [j]))
  answer.coefficients.forEach((value, j) => expect(Number.isNaN(fit.coefficients[j])).toBe(value === null))
  expectEqual(kept.map((j) => fit.coefficients[j]), kept.map((j) => answer.coefficients[j]!), 'coefficient', 0) // prettier-ignore
  expectEqual(kept.map((j) => Math.sqrt(fit.covariance[j * columns + j])), answer.se, 'SE', 0) // prettier-ignore
})

test('the aSAH model of the references', () => {
  const lines = readFileSync('reference/statistics/asah.csv', 'utf8').trim().replaceAll('"', '').split('\n').map((line) => line.split(',')) // prettier-ignore
  const column = (name: string) => lines.slice(1).map((line) => Number(line[lines[0].indexOf(name)]))
  const reference = JSON.parse(readFileSync('reference/statistics/logistic.json', 'utf8')) as Record<'coef' | 'se', Record<string, number>> & { deviance: number; aic: number; probability: number[] } // prettier-ignore
  const columns = ['s100b', 'ndka', 'age', 'wfns'].map(column)
  const fit = fitGlm({ design: withIntercept(columns, 113), outcome: column('outcome') })
  expectEqual(fit.coefficients, Object.values(reference.coef), 'coefficient', 0)
  expectEqual(Array.from({ length: 5 }, (_, j) => Math.sqrt(fit.covariance[6 * j])), Object.values(reference.se), 'SE', 0) // prettier-ignore
  expectEqual(fit.probability, reference.probability, 'probability')
  expectEqual([fit.deviance, fit.aic], [reference.deviance, reference.aic], 'deviance and AIC')
})

test('a share of each class as weight is a repeated row', () => {
  const tight = { epsilon: 1e-14, maximumIterations: 50 }
  const x = [0.2, 1.4, -0.3, 0.8, 2.2, 0.1]
  const outcome = [0, 1, 1, 0, 1, 0]
  const weighted = fitGlm({ design: withIntercept([x], 6), outcome, weights: [2, 1, 3, 1, 1, 1] }, tight)
  const rows = [0, 0, 1, 2, 2, 2, 3, 4, 5]
  const repeated = fitGlm({ design: withIntercept([rows.map((i) => x[i])], 9), outcome: rows.map((i) => outcome[i]) }, tight)
  expectEqual(weighted.coefficients, repeated.coefficients, 'coefficient')
  expectEqual(weighted.covariance, repeated.covariance, 'covariance')
})

test('wrong lengths and values are refused', () => {
  const design = Float64Array.of(1, 1, 1, 2)
  expect(() => fitGlm({ design, outcome: [0, 1, 1] })).toThrowSaying('4 values does not divide into columns of 3 rows')
  expect(() => fitGlm({ design, outcome: [0, 1], weights: [1] })).toThrowSaying('2 outcomes need 2 weights; 1 were given')
  expect(() => fitGlm({ design: Float64Array.of(1, 1, NaN, 2), outcome: [0, 1] })).toThrowSaying('missing or infinite')
})
