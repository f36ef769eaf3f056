import { expect, test } from 'vitest'
import { expectEqual, learnReference } from '../../../reference/evaluation.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { closePairs, correlateColumns, groupColumns } from './correlations.ts'

const trainingOf = (columns: readonly (readonly number[])[]) => {
  const ids = columns[0].map((_, row) => `p${row}`)
  const table = makeFeatureTable(ids, columns.map((_, j) => `c${j}`), Float64Array.from(columns.flat())) // prettier-ignore
  return takeTraining(table, ids.map((_, row) => (row % 2) as 0 | 1), { training: ids, validation: [] }) // prettier-ignore
}

test('correlations and their order are those of R: cor(method = "spearman"), hclust(method = "complete")', () => {
  const { columns, rho, order } = learnReference.linkage
  const training = trainingOf(columns[0].map((_, j) => columns.map((row) => row[j])))
  const found = correlateColumns(training, training.columns)
  expect(found.columns).toEqual(order.map((j) => `c${j}`))
  found.rho.forEach((row, i) => expectEqual(row, order.map((j) => rho[order[i]][j]), 1e-10)) // prettier-ignore
})

const rising = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const falling = rising.map((value) => -value)
/** Near the first and near the last: these two are linked over it. */
const between = [1, 2, 3, 4, 9, 6, 7, 8, 5, 10]
const last = [1, 2, 3, 4, 9, 10, 7, 8, 5, 6]
const other = [5, 1, 9, 2, 8, 3, 10, 4, 7, 6]

test('features are in one group when a chain of strong correlations, of either sign, links them', () => {
  const training = trainingOf([rising, other, falling, last, between])
  const { rho, columns } = correlateColumns(training, training.columns)
  const of = (a: string, b: string) => rho[columns.indexOf(a)][columns.indexOf(b)]
  expect(Math.abs(of('c0', 'c3'))).toBeLessThan(0.8)
  expect(groupColumns(training, training.columns, 0.8)).toEqual([['c0', 'c2', 'c3', 'c4'], ['c1']])
  expect(closePairs(training, training.columns, 0.9)[0]).toEqual({ columns: ['c0', 'c2'], rho: -1 })
})

test('a column that does not vary has no correlation and stands alone', () => {
  const training = trainingOf([rising, rising.map(() => 3), falling])
  expect(correlateColumns(training, training.columns)).toMatchObject({ columns: ['c1', 'c0', 'c2'], rho: [[NaN, NaN, NaN], [NaN, 1, -1], [NaN, -1, 1]] }) // prettier-ignore
  expect(groupColumns(training, training.columns, 0.8)).toEqual([['c0', 'c2'], ['c1']])
})

test('nothing and one column have an order too', () => {
  const training = trainingOf([rising])
  expect(correlateColumns(training, []).columns).toEqual([])
  expect(correlateColumns(training, ['c0']).rho).toEqual([[1]])
})
