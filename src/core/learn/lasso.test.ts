import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readAnswers, readStudy, studyNames, trainingOf, type StudyName } from '../../../reference/studies.ts'
import { makeFeatureTable, pickRows } from '../table/featureTable.ts'
import { applyStandardise, fitStandardise } from '../table/standardise.ts'
import { withFeatures } from '../table/trainingTable.ts'
import { applyLasso, defaultLassoOptions, fitLasso } from './lasso.ts'
import { applyLogistic, fitLogistic } from './logistic.ts'

const cv = (JSON.parse(readFileSync('reference/r/glmnet.json', 'utf8')) as { crossValidation: { study: StudyName; columns: string[]; measure: string; fold: number[]; minimum: number; oneSe: number }[] }).crossValidation // prettier-ignore

test.each(studyNames)('%s: the coefficients of the references', (name) => {
  const study = readStudy(name)
  const { features, lasso } = readAnswers<{ features: string[]; lasso: { lambda: number[]; coef: number[][] } }>(name, 'models')
  const raw = trainingOf(study, features)
  const training = withFeatures(raw, applyStandardise(fitStandardise(raw), raw))
  const rows = training.ids.length
  lasso.lambda.forEach((lambda, k) => {
    // The reference did not scale the columns again (standardize = FALSE), so its unit is the SD with n - 1 below the fraction.
    const model = fitLasso(training, { ...defaultLassoOptions, lambda: lambda * Math.sqrt(rows / (rows - 1)) })
    const ours = [model.intercept, ...model.coefficients]
    ours.forEach((value, j) => expect(Math.abs(value - lasso.coef[j][k])).toBeLessThan(1e-6))
  })
})

test.each(cv.filter(({ study }) => study === 'ispy1'))('$study, $measure: lambda is chosen as cv.glmnet does', (answer) => {
  const training = trainingOf(readStudy(answer.study), answer.columns)
  const measure = answer.measure === 'auc' ? 'AUC' : 'deviance'
  const options = { ...defaultLassoOptions, measure, foldOf: Uint8Array.from(answer.fold) } as const
  expect(fitLasso(training, options).lambda).toBeCloseTo(answer.minimum, 9)
  const simpler = fitLasso(training, { ...options, lambda: 'one SE' })
  expect(simpler.lambda).toBeCloseTo(answer.oneSe, 9)
  expect(simpler.choice).toMatchObject({ rule: 'one SE', folds: 5, measure })
})

test('a penalty of 0 is logistic regression; ridge takes more columns than patients', () => {
  const study = readStudy('ispy1')
  const few = trainingOf(study, readAnswers<{ features: string[] }>('ispy1', 'models').features)
  const free = fitLasso(few, { ...defaultLassoOptions, lambda: 0 })
  const plain = applyLogistic(fitLogistic(few), study.table)
  applyLasso(free, study.table).forEach((p, i) => expect(p).toBeCloseTo(plain[i], 6))
  const wide = fitLasso(trainingOf(study), { ...defaultLassoOptions, alpha: 0, lambda: 1 })
  expect(wide.coefficients.filter((value) => value !== 0).length).toBeGreaterThan(300)
  const scores = applyLasso(wide, pickRows(study.table, study.cohorts.validation))
  expect(scores.every((p) => p > 0 && p < 1)).toBe(true)
})

test('the same seed gives the same lambda; a great lambda leaves the prevalence', () => {
  const training = trainingOf(readStudy('ispy1'), readAnswers<{ features: string[] }>('ispy1', 'models').features)
  expect(fitLasso(training)).toEqual(fitLasso(training))
  const nothing = fitLasso(training, { ...defaultLassoOptions, lambda: 10 })
  expect(nothing.coefficients.every((value) => value === 0)).toBe(true)
  expect(applyLasso(nothing, training)[0]).toBeCloseTo(nothing.patients[1] / 101, 12)
})

test('bad options and tables are named', () => {
  const training = trainingOf(readStudy('ispy1'), readAnswers<{ features: string[] }>('ispy1', 'models').features)
  expect(() => fitLasso(training, { ...defaultLassoOptions, alpha: 1.5 })).toThrowSaying('1.5 was given')
  expect(() => fitLasso(training, { ...defaultLassoOptions, lambda: -1 })).toThrowSaying('-1 was given')
  expect(() => fitLasso(training, { ...defaultLassoOptions, foldOf: new Uint8Array(3) })).toThrowSaying('3 were given for 101')
  const model = fitLasso(training, { ...defaultLassoOptions, lambda: 0.1 })
  expect(() => applyLasso(model, makeFeatureTable(['q'], ['a'], new Float64Array(1)))).toThrowSaying('The table has no column')
})
