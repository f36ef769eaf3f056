// @vitest-environment node
import { expect, test } from 'vitest'
import { columnAt } from './featureTable.ts'
import { wideTable, type MeasuredRegion } from './wideTable.ts'

const features = ['original_shape_Volume', 'original_glcm_Imc1']
const region = (id: string, role: string, values: readonly number[], names = features): MeasuredRegion => ({
  id,
  role,
  names,
  values,
})
const order = { ids: ['A-0001', 'A-0001_L2', 'A-0002', 'A-0003'], roles: ['T2', 'T1'], features }

test('a row a patient and lesion, columns by role and feature, whatever the order in which regions were measured', () => {
  const measured = [
    region('A-0002', 'T1', [5, 6]),
    region('A-0001_L2', 'T2', [7, 8]),
    region('A-0001', 'T1', [4, 3], [...features].reverse()),
    region('A-0001', 'T2', [1, 2]),
  ]
  const table = wideTable(measured, order)
  expect(table.ids).toEqual(['A-0001', 'A-0001_L2', 'A-0002'])
  expect(table.columns).toEqual(['T2', 'T1'].flatMap((role) => features.map((name) => `${role}_${name}`)))
  expect(table.columns.map((_, j) => [...columnAt(table, j)])).toEqual([
    [1, 7, NaN],
    [2, 8, NaN],
    [3, NaN, 5],
    [4, NaN, 6],
  ])
  expect(wideTable([...measured].reverse(), order)).toEqual(table)
})

test('what was measured and is no number is told from what was not measured', () => {
  const table = wideTable([region('A-0001', 'T2', [NaN, -Infinity]), region('A-0002', 'T2', [0], features.slice(0, 1))], order)
  expect([...table.values.slice(0, 4)]).toEqual([NaN, 0, -Infinity, NaN])
  expect([...table.isMeasured]).toEqual([1, 1, 1, 0, 0, 0, 0, 0])
})

test('roles and patients that are none of the table’s are left out', () => {
  const table = wideTable(
    [region('A-0001', 'DWI', [1, 2]), region('B-9999', 'T2', [1, 2]), region('A-0003', 'T2', [1, 2])],
    order,
  )
  expect(table.ids).toEqual(['A-0003'])
  expect(() => wideTable([region('A-0001', 'T2', [1, 2])], { ...order, roles: ['T2', 'T2'] })).toThrowSaying('T2_original')
})
