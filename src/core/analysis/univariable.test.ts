import { expect, test } from 'vitest'
import { filterByAgreement } from '../select/agreementFilter.ts'
import { filterByRankSum } from '../select/rankSumFilter.ts'
import { adjustP } from '../statistics/adjustP.ts'
import { makeFeatureTable, pickColumns } from '../table/featureTable.ts'
import { pickTrainingColumns, takeTraining } from '../table/trainingTable.ts'
import { describeUnivariable } from './univariable.ts'

const ids = Array.from({ length: 12 }, (_, i) => `P${i}`)
const outcome = ids.map((_, i) => i % 2)
const noisy = ids.map((_, i) => (i * 7) % 12)
const told = ids.map((_, i) => i + 4 * (i % 2))
const shaky = ids.map((_, i) => (i * 5) % 12)
const table = makeFeatureTable(ids, ['noisy', 'told', 'shaky'], Float64Array.from([...noisy, ...told, ...shaky]))
const training = takeTraining(table, outcome, { training: ids, validation: [] })

test('every candidate has W, P and AUC; P is adjusted among those that the test saw; the step that dropped it is named', () => {
  // The second reader agrees but for one column.
  const second = makeFeatureTable(ids, table.columns, Float64Array.from([...noisy, ...told, ...shaky.toReversed()]))
  const agreement = filterByAgreement(training, [second])
  const rankSum = filterByRankSum(pickTrainingColumns(training, agreement.kept))
  const selection = { candidates: table.columns, steps: [agreement, rankSum], kept: rankSum.kept, learntFrom: ids }
  const rows = describeUnivariable(training, selection, null)
  expect(rows.map(({ feature, leftOutBy }) => [feature, leftOutBy])).toEqual([['noisy', 'rankSum'], ['told', 'rankSum'], ['shaky', 'agreement']]) // prettier-ignore
  const alone = filterByRankSum(takeTraining(pickColumns(table, ['shaky']), outcome, { training: ids, validation: [] }))
    .columns[0]
  expect(rows[2]).toMatchObject({ w: alone.statistic, p: alone.p, auc: alone.auc, adjusted: NaN, boruta: null, folds: null })
  expect(rows[2].agreement).toMatchObject({ kept: false, column: 'shaky' })
  expect(rows[1].auc).toBe(rankSum.columns[1].auc)
  const tested = rows.slice(0, 2)
  expect(tested.map(({ adjusted }) => adjusted)).toEqual([...adjustP(tested.map(({ p }) => p), 'BH')]) // prettier-ignore
})

test('without that test all candidates are adjusted together; folds that kept a feature are counted', () => {
  const selection = { candidates: table.columns, steps: [], kept: table.columns, learntFrom: ids }
  const resampling = {
    folds: [],
    failures: [],
    ids: [],
    scores: {},
    withinFolds: {},
    importance: {},
    frequency: [{ name: 'told', folds: 4 }],
  }
  const rows = describeUnivariable(training, selection, resampling)
  expect(rows.map(({ adjusted }) => adjusted)).toEqual([...adjustP(rows.map(({ p }) => p), 'BH')]) // prettier-ignore
  expect(rows.map(({ folds, leftOutBy }) => [folds, leftOutBy])).toEqual([[0, null], [4, null], [0, null]]) // prettier-ignore
})
