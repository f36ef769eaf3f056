import { expect, test } from 'vitest'
import { changesSince } from './ownStudy.ts'

const made = { freeze: 'f', rows: 'r', clinical: 'c', plan: 'centre', leftOut: [] } as const

test('what changed since a table was made is told by its hashes; of other cohorts that alone', () => {
  expect(changesSince(made, made)).toEqual([])
  expect(changesSince(made, { ...made, leftOut: [{ reason: 'late', patients: 1 }] })).toEqual([])
  expect(changesSince(made, { ...made, rows: 'x' })).toEqual(['rows'])
  expect(changesSince(made, { ...made, rows: 'x', clinical: 'x' })).toEqual(['rows', 'clinical'])
  expect(changesSince(made, { ...made, freeze: 'x', rows: 'x', clinical: 'x' })).toEqual(['cohorts'])
  expect(changesSince(made, null)).toEqual(['thawed'])
})
