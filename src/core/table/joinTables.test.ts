import { expect, test } from 'vitest'
import { columnAt, makeFeatureTable } from './featureTable.ts'
import { joinTables, matchIds } from './joinTables.ts'

const t2 = { name: 'FST2WI', prefix: 'FST2WI', table: makeFeatureTable(['p1', 'p2', 'p3'], ['energy', 'entropy'], Float64Array.of(1, 2, 3, 4, 5, 6)) } // prettier-ignore
const t1 = { name: 'T1WI', prefix: 'T1WI', table: makeFeatureTable(['p3', 'p1', 'p4'], ['energy'], Float64Array.of(30, 10, 40)) }
const clinical = { name: 'clinical.csv', table: makeFeatureTable(['p2', 'p1', 'p3'], ['age'], Float64Array.of(62, 61, 63)) }

test('sequences and clinical numbers stand side by side, matched by ID', () => {
  const { table, unmatched } = joinTables([t2, clinical])
  expect(table.ids).toEqual(['p1', 'p2', 'p3'])
  expect(table.columns).toEqual(['FST2WI_energy', 'FST2WI_entropy', 'age'])
  expect([...columnAt(table, 2)]).toEqual([61, 62, 63])
  expect([...columnAt(table, 1)]).toEqual([4, 5, 6])
  expect(unmatched).toEqual([])
})

test('unmatched patients are named on each side, and left out or missing on request only', () => {
  expect(() => joinTables([t2, t1])).toThrowSaying('FST2WI lacks p4; T1WI lacks p2.')
  const unmatched = [
    { name: 'FST2WI', lacks: ['p4'] },
    { name: 'T1WI', lacks: ['p2'] },
  ]
  const common = joinTables([t2, t1], 'leave out')
  expect(common.unmatched).toEqual(unmatched)
  expect(common.table.ids).toEqual(['p1', 'p3'])
  expect([...common.table.values]).toEqual([1, 3, 4, 6, 10, 30])
  const all = joinTables([t2, t1], 'leave missing')
  expect(all.unmatched).toEqual(unmatched)
  expect(all.table.ids).toEqual(['p1', 'p2', 'p3', 'p4'])
  expect([...all.table.values]).toEqual([1, 2, 3, NaN, 4, 5, 6, NaN, 10, NaN, 30, 40])
})

test('columns that occur twice and tables without a common patient are refused', () => {
  expect(() => joinTables([{ name: 'a', table: t2.table }, { name: 'b', table: t2.table }])).toThrowSaying('repeated: energy, entropy') // prettier-ignore
  const other = { name: 'other', table: makeFeatureTable(['P1'], ['x'], Float64Array.of(1)) }
  expect(() => joinTables([t2, other], 'leave out')).toThrowSaying('No patient is in all of FST2WI, other')
})

test('IDs are compared both ways', () => {
  expect(matchIds(['a', 'b', 'c'], ['c', 'd', 'a'])).toEqual({ both: ['a', 'c'], onlyFirst: ['b'], onlySecond: ['d'] })
})
