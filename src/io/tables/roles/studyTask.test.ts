import { expect, test } from 'vitest'
import { readRawTable } from './rawTable.ts'
import { noStudyChoice, type StudyChoice, type StudyRole } from './studyChoice.ts'
import { chooseTask, outcomeColumn, taskColumns } from './studyTask.ts'
import { requireStudy, takeStudy } from './takeStudy.ts'

const column = (name: string, distinct = 2) => ({ name, values: ['no', 'yes'], distinct })
const tables = {
  features: ['id', 'her2', 'low', 'f', 'binary'].map((name) => column(name, name === 'f' ? 30 : 2)),
  clinical: ['id', 'er', 'age'].map((name) => column(name, name === 'er' ? 2 : 40)),
  statuses: [],
}
const choice: StudyChoice = {
  ...noStudyChoice,
  roles: ['id', 'outcome', 'clinical', 'feature', 'feature'],
  clinicalRoles: ['id', 'ignored', 'clinical'],
  positive: 'yes',
}

test('columns of two values that are nothing else may be another outcome, a feature not', () => {
  expect(taskColumns(tables, choice).map(({ table, column }) => `${table} ${column}`)).toEqual(['features low', 'clinical er'])
})

test('the outcome of one task is ignored in the others, there and back', () => {
  const low = chooseTask(choice, tables, { table: 'features', column: 'low', positive: 'no' })
  expect([low.roles, low.positive]).toEqual([['id', 'ignored', 'outcome', 'feature', 'feature'], 'no'])
  const er = chooseTask(low, tables, { table: 'clinical', column: 'er', positive: 'yes' })
  expect([er.roles[2], er.clinicalRoles]).toEqual(['ignored', ['id', 'outcome', 'clinical']])
  expect(outcomeColumn(tables, er)).toEqual({ table: 'clinical', column: 'er' })
  expect(chooseTask(er, tables, { table: 'features', column: 'low', positive: 'no' })).toEqual({ ...low, clinicalRoles: ['id', 'ignored', 'clinical'] }) // prettier-ignore
})

test('who learns in one task learns in all: a stratified split goes on by the first outcome', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `p${i},${i % 3 === 0 ? 1 : 0},${i < 12 ? 'yes' : 'no'},${i / 7}`)
  const features = await readRawTable(new TextEncoder().encode(['id,her2,low,f', ...rows].join('\n')), 'f.csv')
  const roles: StudyRole[] = ['id', 'outcome', 'ignored', 'feature']
  const first: StudyChoice = { ...noStudyChoice, roles, positive: '1', cohorts: { kind: 'split', seed: 5, share: 0.3, stratified: true } } // prettier-ignore
  const second = chooseTask(first, { features: features.header.map((name) => column(name)), clinical: [], statuses: [] }, { table: 'features', column: 'low', positive: 'yes' }) // prettier-ignore
  const cohortsOf = (given: StudyChoice) => {
    const { clinical } = requireStudy(takeStudy({ features, clinical: null, second: null }, given))
    return clinical.cells.map((row) => row[clinical.columns.indexOf('cohort')])
  }
  expect(cohortsOf(second)).toEqual(cohortsOf(first))
  // Without it another draw would be made.
  expect(cohortsOf({ ...second, cohorts: first.cohorts })).not.toEqual(cohortsOf(first))
})
