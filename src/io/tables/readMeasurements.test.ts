import { expect, test } from 'vitest'
import { pickColumns, pickRows } from '../../core/table/featureTable.ts'
import { readMeasurements } from './readMeasurements.ts'
import { readTable } from './madeTable.ts'

const read = (text: string) => readTable(text, 'F.csv')

test('a table of patients by features is taken as it is', () => {
  const { first, second } = readMeasurements(read('id,a,b\np1,1,2\np2,3,4\n'))
  expect(first.columns).toEqual(['a', 'b'])
  expect([...first.values]).toEqual([1, 3, 2, 4])
  expect(second).toBeUndefined()
})

test('sequences become columns, the second reader a table of its own; what was not measured is missing', () => {
  const { first, second } = readMeasurements(read('id,sequence,reader,a\np1,T2,AB,1\np1,T1,AB,2\np1,T2,CD,1.5\np2,T2,AB,3\n'))
  expect(first.ids).toEqual(['p1', 'p2'])
  expect(first.columns).toEqual(['T2_a', 'T1_a'])
  expect([...first.values]).toEqual([1, 3, 2, NaN])
  expect(second!.ids).toEqual(['p1'])
  expect([...pickRows(pickColumns(second!, ['T2_a']), ['p1']).values]).toEqual([1.5])
})

test('repeated rows, a third reader and patients of the second reader alone are refused', () => {
  expect(() => read('id,sequence,a\np1,T2,1\np1,T2,2\n')).toThrowSaying('the id p1, T2 is there more than once')
  expect(() => readMeasurements(read('id,reader,a\np1,A,1\np1,B,1\np1,C,1\n'))).toThrowSaying('3 readers (A, B, C)')
  expect(() => readMeasurements(read('id,reader,a\np1,A,1\np2,B,1\n'))).toThrowSaying('read by B but not by A: p2')
  expect(() => readMeasurements(read('id,reader,a\np1,A,1\n'), { first: 'A', second: 'Z' })).toThrowSaying('no reader Z')
})

test('a cell that is no number is told with its patient', () => {
  expect(() => readMeasurements(read('id,sequence,a\np1,T2,1\np2,T2,x\n'))).toThrowSaying(
    'row 3 (p2), column a: "x" is no number',
  )
})

test('a patient without one sequence is named', () => {
  const table = readTable('id,sequence,x\np1,T1,1\np1,T2,2\np2,T1,3\n', 'F.csv')
  expect(readMeasurements(table).incomplete).toEqual([{ sequence: 'T2', ids: ['p2'] }])
})
