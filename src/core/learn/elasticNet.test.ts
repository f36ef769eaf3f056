import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readStudy, studyNames, trainingOf, type StudyName } from '../../../reference/studies.ts'
import { defaultPathOptions, fitElasticNetPath, interpolatePath } from './elasticNet.ts'
import { crossValidatePath } from './crossValidatePath.ts'

const reference = JSON.parse(readFileSync('reference/r/glmnet.json', 'utf8')) as {
  paths: {
    study: StudyName
    case: string
    columns: string[]
    alpha: number
    weights: number[]
    given: boolean
    lambda: number[]
    shown: number[]
    coefficients: number[][]
    devianceRatio: number[]
    nullDeviance: number
  }[]
  crossValidation: {
    study: StudyName
    columns: string[]
    measure: string
    fold: number[]
    lambda: number[]
    mean: number[]
    standardError: number[]
    minimum: number
    oneSe: number
  }[]
}
const studies = Object.fromEntries(studyNames.map((name) => [name, readStudy(name)]))

function expectEqual(ours: ArrayLike<number>, theirs: ArrayLike<number>, what: string, tolerance = 1e-6) {
  expect(ours.length, what).toBe(theirs.length)
  for (let i = 0; i < theirs.length; i++)
    expect(Math.abs(ours[i] - theirs[i]), `${what} ${i}: ${ours[i]}, glmnet ${theirs[i]}`).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(theirs[i]), 1),
    )
}

test.each(reference.paths)('$study, $case: the path of glmnet', (answer) => {
  const { values, outcome } = trainingOf(studies[answer.study], answer.columns)
  const { alpha, given } = answer
  const path = fitElasticNetPath(
    { values, outcome, weights: Float64Array.from(answer.weights) },
    { ...defaultPathOptions, alpha, ...(given && { lambda: answer.lambda }) },
  )
  // For ridge, glmnet shows the fit of an infinite lambda under the name of the first.
  const from = alpha === 0 && !given ? 1 : 0
  expectEqual(path.lambda, answer.lambda, 'lambda')
  expectEqual(path.devianceRatio.slice(from), answer.devianceRatio.slice(from), 'deviance ratio')
  answer.shown.slice(from).forEach((k, row) => {
    const ours = [path.intercept[k - 1], ...path.coefficients[k - 1]]
    const theirs = answer.coefficients[row + from]
    // With more columns than patients glmnet breaks its optimality conditions by 1e-6 of lambda (ours: 1e-13, tested below).
    expectEqual(ours, theirs, `lambda ${k}, coefficient`, answer.columns.length > outcome.length ? 1e-3 : 1e-5)
    const zero = (list: number[]) => list.map((value) => value === 0)
    expect(zero(ours)).toEqual(zero(theirs))
  })
})

test.each(reference.crossValidation)('$study, $measure: cv.glmnet with the same folds', (answer) => {
  const { values, outcome } = trainingOf(studies[answer.study], answer.columns)
  const data = { values, outcome, weights: new Float64Array(outcome.length).fill(1) }
  const path = fitElasticNetPath(data, defaultPathOptions)
  const measure = answer.measure === 'auc' ? 'AUC' : 'deviance'
  const ours = crossValidatePath(data, path, Uint8Array.from(answer.fold), measure, defaultPathOptions)
  expectEqual(ours.mean, answer.mean, 'mean')
  expectEqual(ours.standardError, answer.standardError, 'standard error')
  expectEqual([ours.minimum, ours.oneSe], [answer.minimum, answer.oneSe], 'chosen lambda')
})

test('at its solution no column has a gradient beyond lambda, and kept ones have exactly that', () => {
  const { values, outcome } = trainingOf(studies.ispy1)
  const rows = outcome.length
  const path = fitElasticNetPath({ values, outcome, weights: new Float64Array(rows).fill(1) }, defaultPathOptions)
  const k = 80
  const { intercept, coefficients } = interpolatePath(path, path.lambda[k])
  let kept = 0
  coefficients.forEach((beta, j) => {
    const column = values.subarray(j * rows, (j + 1) * rows)
    const mean = column.reduce((a, b) => a + b) / rows
    const sd = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / rows)
    let gradient = 0
    for (let i = 0; i < rows; i++) {
      let eta = intercept
      for (let l = 0; l < coefficients.length; l++) eta += coefficients[l] && coefficients[l] * values[l * rows + i]
      gradient += ((column[i] - mean) / sd) * (outcome[i] - 1 / (1 + Math.exp(-eta)))
    }
    expect(Math.abs(gradient / rows)).toBeLessThan(path.lambda[k] * (1 + 1e-9))
    if (beta !== 0) expect(gradient / rows / (Math.sign(beta) * path.lambda[k])).toBeCloseTo(1, 9)
    kept += Number(beta !== 0)
  })
  expect(kept).toBeGreaterThan(5)
})
