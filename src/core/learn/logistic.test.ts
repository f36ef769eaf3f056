import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readAnswers, readStudy, studyNames, trainingOf } from '../../../reference/studies.ts'
import { makeFeatureTable, pickRows } from '../table/featureTable.ts'
import { applyStandardise } from '../table/standardise.ts'
import { takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import { applyLogistic, defaultLogisticOptions, fitLogistic } from './logistic.ts'
import { say } from '../../messages/say.ts'

function expectEqual(ours: ArrayLike<number>, theirs: ArrayLike<number>, what: string) {
  expect(ours.length, what).toBe(theirs.length)
  for (let i = 0; i < theirs.length; i++)
    expect(Math.abs(ours[i] - theirs[i]), `${what} ${i}: ${ours[i]}, R ${theirs[i]}`).toBeLessThanOrEqual(
      1e-6 * Math.max(Math.abs(theirs[i]), 1),
    )
}

/** Everyone trains. */
function train(columns: Record<string, readonly number[]>, outcome: readonly number[]): TrainingTable {
  const ids = outcome.map((_, i) => `p${i + 1}`)
  const table = makeFeatureTable(ids, Object.keys(columns), Float64Array.from(Object.values(columns).flat()))
  return takeTraining(table, outcome, { training: ids, validation: [] })
}

test('the aSAH model: coefficients, tests, intervals and fit as glm', () => {
  const [header, ...lines] = readFileSync('reference/statistics/asah.csv', 'utf8').trim().replaceAll('"', '').split('\n').map((line) => line.split(',')) // prettier-ignore
  const column = (name: string) => lines.map((line) => Number(line[header.indexOf(name)]))
  const names = ['s100b', 'ndka', 'age', 'wfns']
  const model = fitLogistic(train(Object.fromEntries(names.map((name) => [name, column(name)])), column('outcome')))
  const reference = JSON.parse(readFileSync('reference/statistics/logistic.json', 'utf8')) as Record<'coef' | 'se' | 'z' | 'p', Record<string, number>> & { deviance: number; aic: number; wald_ci: number[][] } // prettier-ignore
  const terms = [model.intercept, ...model.terms]
  expect(terms.map(({ name }) => name)).toEqual(['(Intercept)', ...names])
  for (const [ours, theirs] of [['coefficient', 'coef'], ['standardError', 'se'], ['z', 'z'], ['p', 'p']] as const)
    expectEqual(terms.map((term) => term[ours]), Object.values(reference[theirs]), theirs) // prettier-ignore
  expectEqual(terms.flatMap(({ interval }) => interval), reference.wald_ci.flat(), 'interval') // prettier-ignore
  expectEqual(terms.map(({ oddsRatio }) => oddsRatio), Object.values(reference.coef).map(Math.exp), 'odds ratio') // prettier-ignore
  expectEqual(terms.map(({ oddsRatioInterval }) => oddsRatioInterval[1]), reference.wald_ci.map(([, high]) => Math.exp(high)), 'its interval') // prettier-ignore
  expectEqual([model.deviance, model.aic], [reference.deviance, reference.aic], 'deviance and AIC')
  expect(model).toMatchObject({ separation: null, converged: true, patients: [72, 41], score: 'probability', notes: [] })
})

test.each(studyNames)('%s: the model on standardised features, applied to the validation cohort', (name) => {
  const study = readStudy(name)
  const { features, glm } = readAnswers<{ features: string[]; glm: Record<'coef' | 'se' | 'train' | 'valid', number[]> }>(name, 'models') // prettier-ignore
  const training = trainingOf(study, features)
  const model = fitLogistic(training, { ...defaultLogisticOptions, standardise: true })
  const terms = [model.intercept, ...model.terms]
  expectEqual(terms.map(({ coefficient }) => coefficient), glm.coef, 'coefficient') // prettier-ignore
  expectEqual(terms.map(({ standardError }) => standardError), glm.se, 'SE') // prettier-ignore
  expectEqual(applyLogistic(model, training), glm.train, 'training')
  expectEqual(applyLogistic(model, pickRows(study.table, study.cohorts.validation)), glm.valid, 'validation')
  expectEqual(applyLogistic(fitLogistic(training), study.table), applyLogistic(model, study.table), 'without standardising')
  const standardised = applyStandardise(model.standardisation!, training)
  expect(Math.abs(standardised.values.reduce((a, b) => a + b))).toBeLessThan(1e-9)
})

test('separated classes are reported with the columns that cause it, and Firth answers', () => {
  const columns = { up: [1, 2, 3, 4, 5, 6, 7, 8], noise: [3, 1, 4, 1, 5, 9, 2, 6] }
  const complete = train(columns, [0, 0, 0, 0, 1, 1, 1, 1])
  expect(fitLogistic(complete).separation).toMatchObject({ kind: 'complete' })
  expect(say(fitLogistic(complete).notes[0])).toContain("Use Firth's method")
  const quasi = fitLogistic(train({ ...columns, binary: [0, 0, 0, 1, 0, 0, 1, 0], up: [1, 6, 3, 4, 5, 2, 7, 1] }, [0, 1, 0, 1, 1, 0, 1, 0])) // prettier-ignore
  expect(quasi.separation?.columns).toContain('binary')
  const firth = fitLogistic(complete, { ...defaultLogisticOptions, method: 'firth' })
  expect(firth.terms[0].coefficient).toBeGreaterThan(0)
  expect(firth.terms[0].coefficient).toBeLessThan(5)
  expect(firth.terms[0].interval[0]).toBeLessThan(firth.terms[0].coefficient)
  expect(firth).toMatchObject({ intervals: 'profile penalised likelihood', converged: true, notes: [] })
})

test('balanced weights move the intercept and give up the claim to be a probability', () => {
  const x = [1, 5, 2, 4, 3, 6, 2, 7, 5, 1]
  const outcome = [0, 0, 0, 1, 0, 1, 0, 0, 0, 0]
  const plain = fitLogistic(train({ x }, outcome))
  const balanced = fitLogistic(train({ x }, outcome), { ...defaultLogisticOptions, classWeights: 'balanced' })
  expect(balanced.classWeights).toEqual([10 / 16, 10 / 4])
  expect(balanced.intercept.coefficient).toBeGreaterThan(plain.intercept.coefficient)
  expect(balanced.score).toBe('decision')
  expect(say(balanced.notes[0])).toContain('recalibrate')
  expect(() => fitLogistic(train({ x }, outcome), { ...defaultLogisticOptions, classWeights: [0, 1] })).toThrowSaying('0, 1 were')
})

test('selection is told; a constant or repeated column has no coefficient and no weight', () => {
  const x = [1, 5, 2, 4, 3, 6]
  const outcome = [0, 1, 1, 1, 0, 0]
  const model = fitLogistic(train({ x, flat: [2, 2, 2, 2, 2, 2], twice: x.map((value) => 2 * value) }, outcome), {
    ...defaultLogisticOptions,
    selected: true,
  })
  expect(model.notes.map(say)).toEqual([
    'P, standard errors and odds ratios are not corrected for selection.',
    'Determined by the other columns, and so without a coefficient: flat, twice.',
  ])
  expect(model.terms.map(({ coefficient }) => Number.isNaN(coefficient))).toEqual([false, true, true])
  const alone = fitLogistic(train({ x }, outcome))
  const other = makeFeatureTable(['q'], ['twice', 'flat', 'x'], Float64Array.of(9, 9, 4))
  expect(applyLogistic(model, other)[0]).toBeCloseTo(applyLogistic(alone, other)[0], 12)
  expect(() => fitLogistic(train({ x, twice: x }, outcome), { ...defaultLogisticOptions, method: 'firth' })).toThrowSaying(
    'x, twice',
  )
})

test('bad input is named', () => {
  const training = train({ a: [1, 2, NaN, 4], b: [1, 2, 3, Infinity] }, [0, 1, 0, 1])
  expect(() => fitLogistic(training)).toThrowSaying('a of p3 is missing; b of p4 is infinite')
  expect(() => fitLogistic(train({ a: [1, 2, 3] }, [1, 1, 1]))).toThrowSaying('3 training patients all have outcome 1')
  expect(() => fitLogistic(train({ a: [1, 2, 3], b: [2, 1, 5], c: [4, 4, 1] }, [1, 0, 1]))).toThrowSaying(
    'Use the ridge or LASSO penalty',
  )
  const table = makeFeatureTable(['p1', 'p2'], ['a'], Float64Array.of(1, 2))
  expect(() => fitLogistic(table as TrainingTable)).toThrowSaying('Only a training table')
  const model = fitLogistic(train({ a: [1, 2, 3, 1] }, [1, 0, 1, 0]))
  expect(() => applyLogistic(model, makeFeatureTable(['q'], ['a'], Float64Array.of(NaN)))).toThrowSaying('a of q is missing')
  expect(() => applyLogistic(model, makeFeatureTable(['q'], ['b'], Float64Array.of(1)))).toThrowSaying('no column a')
})

test('without columns it is the prevalence', () => {
  const model = fitLogistic(train({}, [1, 0, 0, 0]))
  expect(applyLogistic(model, makeFeatureTable(['q'], [], new Float64Array(0)))[0]).toBeCloseTo(0.25, 9)
})
