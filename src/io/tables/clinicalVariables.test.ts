import { expect, test } from 'vitest'
import { readClinicalVariables } from './clinicalVariables.ts'
import { readTable } from './madeTable.ts'

const rows = Array.from({ length: 30 }, (_, i) => [`p${i}`, i + 0.5, i % 3, i % 2 ? 'right' : 'left', `remark ${i}`, i === 4 ? 'NA' : 20 + i]) // prettier-ignore
const table = readTable(['id,size,grade,side,remark,age', ...rows.map((row) => row.join())].join('\n'), 'clinical.csv')

test('numbers are measurements when there are many, categories when there are few', () => {
  const { variables, leftOut } = readClinicalVariables(table, { leaveOut: ['side'] })
  expect(variables.map(({ name, kind }) => [name, kind])).toEqual([['size', 'continuous'], ['grade', 'categorical'], ['age', 'continuous']]) // prettier-ignore
  expect(variables[1]).toMatchObject({ levels: ['0', '1', '2'] })
  expect(variables[2].values[4]).toBeNaN()
  expect(leftOut).toEqual(['remark'])
})

test('the user decides otherwise', () => {
  const { variables } = readClinicalVariables(table, { categorical: ['size', 'remark'], continuous: ['grade'] })
  expect(variables.map(({ kind }) => kind)).toEqual(['categorical', 'continuous', 'categorical', 'categorical', 'continuous'])
  expect(variables[0]).toMatchObject({ levels: rows.map((row) => String(row[1])) })
})

test('wrong names and cells are told', () => {
  expect(() => readClinicalVariables(table, { continuous: ['sides'] })).toThrowSaying('did you mean side')
  expect(() => readClinicalVariables(table, { continuous: ['side'] })).toThrowSaying(
    'row 2 (p0), column side: "left" is no number',
  )
  const comma = readTable('id;size\na;1,5\nb;2,5', 'comma.csv')
  expect(() => readClinicalVariables(comma)).toThrowSaying('decimal comma')
})

test('empty cells are missing, in categories too', () => {
  const { variables } = readClinicalVariables(readTable('id,her2\na,low\nb,\nc,NA\nd,high', 'x.csv'))
  expect(variables[0]).toMatchObject({ values: ['low', null, null, 'high'], levels: ['high', 'low'] })
})
