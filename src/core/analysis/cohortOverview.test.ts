import { expect, test } from 'vitest'
import { makeFeatureTable } from '../table/featureTable.ts'
import { countCohorts, mapMissing } from './cohortOverview.ts'
import type { StudyData } from './studyData.ts'

const ids = ['a', 'b', 'c', 'd']
const mapOf = <T>(values: readonly T[]) => new Map(ids.map((id, i) => [id, values[i]]))
const study: StudyData = {
  features: makeFeatureTable(ids, ['f', 'g', 'h'], Float64Array.from([1, 2, 3, 4, NaN, 2, 3, 4, NaN, 2, NaN, 4])),
  secondReader: null,
  outcomeOf: new Map([['a', 1], ['b', 0], ['c', 1]]), // prettier-ignore
  cohortOf: mapOf(['I', 'I', 'II', 'II']),
  batchOf: mapOf(['s1', 's2', 's1', 's1']),
  covariates: [],
  clinical: {
    table: makeFeatureTable(ids, ['age', 'TIC=1', 'TIC=2'], Float64Array.from([40, 41, NaN, 43, 1, NaN, 0, 1, 0, NaN, 1, 0])),
    predictors: [
      { column: 'age', levels: null },
      { column: 'TIC', levels: ['1', '2'] },
    ],
  },
}

test('each patient is counted once in her cohort and batch, with or without an outcome', () => {
  const [first, second] = countCohorts(study)
  expect(first).toMatchObject({ cohort: 'I', patients: 2, positives: 1, negatives: 1, unlabelled: 0 })
  expect(second).toMatchObject({ cohort: 'II', patients: 2, positives: 1, negatives: 0, unlabelled: 1 })
  expect(first.batches.map(({ batch, patients }) => [batch, patients])).toEqual([['s1', 1], ['s2', 1]]) // prettier-ignore
  expect(second.batches.map(({ batch, patients, unlabelled }) => [batch, patients, unlabelled])).toEqual([['s1', 2, 1]])
})

test('missing values are those of features and clinical predictors; a category is missing once', () => {
  const map = mapMissing(study)
  expect(map.columns).toEqual([
    { name: 'h', missing: ['a', 'c'] },
    { name: 'g', missing: ['a'] },
    { name: 'age', missing: ['c'] },
    { name: 'TIC', missing: ['b'] },
  ])
  expect([map.incomplete, map.values, map.missing]).toEqual([['a', 'b', 'c'], 20, 5])
})
