import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fitFirth } from './fitFirth.ts'

const { answers } = JSON.parse(readFileSync('reference/r/firth.json', 'utf8')) as {
  answers: {
    name: string
    columns: number[][]
    outcome: number[]
    weights: number[]
    coefficients: number[]
    se: number[]
    intervals: [number, number][]
    chiSquare: number[]
    p: number[]
    penalised: number
  }[]
}

function withIntercept(columns: readonly number[][], rows: number): Float64Array {
  return Float64Array.from([...Array.from({ length: rows }, () => 1), ...columns.flat()])
}

function expectEqual(ours: ArrayLike<number>, theirs: ArrayLike<number>, what: string, tolerance = 1e-6) {
  expect(ours.length, what).toBe(theirs.length)
  for (let i = 0; i < theirs.length; i++)
    expect(Math.abs(ours[i] - theirs[i]), `${what} ${i}: ${ours[i]}, R ${theirs[i]}`).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(theirs[i]), 1),
    )
}

test.each(answers)('$name: estimates, profile intervals and tests as in R', (answer) => {
  const { outcome, weights, columns } = answer
  const fit = fitFirth(withIntercept(columns, outcome.length), Float64Array.from(outcome), Float64Array.from(weights), 0.95)!
  expect(fit.converged).toBe(true)
  expectEqual(fit.coefficients, answer.coefficients, 'coefficient')
  expectEqual(fit.standardErrors, answer.se, 'SE')
  expectEqual(fit.intervals.flat(), answer.intervals.flat(), 'interval')
  expectEqual(fit.chiSquare, answer.chiSquare, 'chi-square')
  expectEqual(fit.p, answer.p, 'P')
  expectEqual([fit.penalisedLogLikelihood], [answer.penalised], 'penalised likelihood')
})

test('columns that depend on each other have no estimate', () => {
  const x = [1, 2, 3, 4, 5, 6]
  const design = withIntercept([x, x.map((value) => 2 * value + 1)], 6)
  expect(fitFirth(design, Float64Array.of(0, 1, 0, 1, 1, 0), new Float64Array(6).fill(1), 0.95)).toBeNull()
})
