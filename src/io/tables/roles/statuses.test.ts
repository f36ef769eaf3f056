import { expect, test } from 'vitest'
import { guessVariables } from './guessVariables.ts'
import { readRawTable } from './rawTable.ts'
import { takeStatuses } from './statuses.ts'
import { statusColumns } from './statusColumns.ts'
import { noStudyChoice, type StatusChoice, type StudyChoice, type StudyRole } from './studyChoice.ts'
import { chooseTask, outcomeColumn, taskColumns } from './studyTask.ts'
import { requireStudy, takeStudy } from './takeStudy.ts'

const read = (text: string, path: string) => readRawTable(new TextEncoder().encode(text), path)
const patients = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const features = await read(
  `id,cohort,f1\n${patients.map((id, i) => `${id},${i < 4 ? 'training' : 'II'},${i / 7}`).join('\n')}`,
  'f.csv',
)
const clinical = await read(
  `ID,HER2 IHC,HER2 FISH,ER,MRI date,Surgery date
a,3+,,90%,2024-01-01,2024-01-10
b,2+,+,1%,2024-01-01,2024-01-10
c,1+,,0,2024-01-01,2024-01-10
d,0,,80%,2024-01-01,2024-01-10
e,2+,,strong,2024-01-01,2024-01-10
f,2+,-,5%,2024-01-01,2024-01-10
g,0,,+,2024-01-01,2024-04-10
`,
  'c.csv',
) // prettier-ignore
const { variables } = guessVariables(clinical.header)
const columns = statusColumns(variables, [])
const none: StatusChoice = { variables, answers: {}, roles: columns.map(() => 'ignored'), exclude: [] }
const ignored: StudyRole[] = ['id', 'ignored', 'ignored', 'ignored', 'ignored', 'ignored']
const choose = (statuses: Partial<StatusChoice>): StudyChoice => ({ ...noStudyChoice, roles: ['id', 'cohort', 'feature'], clinicalRoles: ignored, statuses: { ...none, ...statuses } }) // prettier-ignore
const take = (choice: StudyChoice) => takeStudy({ features, clinical, second: null }, choice, takeStatuses)
const textsOf = (name: string, statuses: Partial<StatusChoice> = {}) => {
  const { columns } = take(choose(statuses)).statuses!
  return patients.map((id) => columns.find((column) => column.name === name)!.textOf.get(id))
}

test('IHC and FISH are HER2, and what the tasks of the study ask of it; who is unknown is in none', () => {
  expect(columns.map(({ name }) => name)).toEqual(['er status', 'her2 status', 'her2 positive', 'her2 low or zero'])
  expect(textsOf('her2 status')).toEqual(['positive', 'positive', 'low', 'zero', '', 'low', 'zero', ''])
  expect(textsOf('her2 positive')).toEqual(['positive', 'positive', 'other', 'other', '', 'other', 'other', ''])
  expect(textsOf('her2 low or zero')).toEqual(['', '', 'low', 'zero', '', 'low', 'zero', ''])
  expect(textsOf('er status')).toEqual(['positive', 'negative', 'negative', 'positive', '', 'positive', '', ''])
})

test('a name that the tables have is not given twice', () => {
  expect(statusColumns(variables, ['her2 status']).map(({ name }) => name)).toContain('her2 status by rule')
})

test('a status is the outcome of a task, and a predictor', () => {
  const tables = { features: [], clinical: [], statuses: columns.map(({ name, values }) => ({ name, values, distinct: values.length })) } // prettier-ignore
  expect(taskColumns(tables, choose({})).map(({ column }) => column)).toEqual(['er status', 'her2 positive', 'her2 low or zero'])
  const choice = chooseTask(choose({ roles: ['clinical', 'ignored', 'ignored', 'ignored'] }), tables, { table: 'statuses', column: 'her2 positive', positive: 'positive' }) // prettier-ignore
  expect(outcomeColumn(tables, choice)).toEqual({ table: 'statuses', column: 'her2 positive' })
  const made = requireStudy(take(choice))
  expect(made.columns).toMatchObject({ outcome: { column: 'her2 positive', positive: 'positive', negative: 'other' }, clinical: ['er status'] }) // prettier-ignore
  expect(made.clinical.cells[1]).toEqual(['positive', 'training', 'negative'])
  // A second outcome gives way to another task.
  const low = chooseTask(choice, tables, { table: 'statuses', column: 'her2 low or zero', positive: 'low' })
  expect(low.statuses!.roles).toEqual(['clinical', 'ignored', 'ignored', 'outcome'])
})

test('what cannot be read for sure waits, with what is written there; a text is said once for its column, an answer holds for all', () => {
  const { doubts, atOnePercent } = take(choose({})).statuses!
  expect(doubts.map(({ code, patients, texts }) => [code, patients, texts])).toEqual([
    ['unclear', ['e'], [{ text: 'strong', count: 1 }]],
    ['bare-plus', ['g'], [{ text: '+', count: 1 }]],
    ['her2-equivocal', ['e'], [{ text: '2+', count: 1 }]],
  ])
  expect(atOnePercent.er).toBe(1)
  const said = variables.map((spec) => (spec.id === 'er' ? { ...spec, words: { strong: 'positive', '+': 'positive' } } : spec))
  expect(textsOf('er status', { variables: said }).slice(4)).toEqual(['positive', 'positive', 'positive', ''])
  expect(textsOf('her2 status', { answers: { 'her2-equivocal her2': 'low' } })[4]).toBe('low')
})

test('reasons are proposed, and only accepted ones leave anybody out; of a patient without a row nothing is held against her', () => {
  const roles: StudyRole[] = ['ignored', 'ignored', 'outcome', 'ignored']
  const taken = (statuses: Partial<StatusChoice>) =>
    requireStudy(take({ ...choose({ roles, ...statuses }), positive: 'positive' }))
  const all = taken({})
  expect([...all.statuses!.proposed]).toEqual([
    ['mri-late', ['g']],
    ['her2-unknown', ['e']],
  ])
  expect([all.statuses!.excluded.size, all.features.ids]).toEqual([0, patients])
  const late = taken({ exclude: ['mri-late'] })
  expect([late.features.ids, late.leftOut]).toEqual([['a', 'b', 'c', 'd', 'e', 'f', 'h'], 0])
  expect(late.clinical.cells.map(([text]) => text)).toEqual(['positive', 'positive', 'other', 'other', '', 'other', ''])
  expect([...late.statuses!.excluded]).toEqual([['mri-late', ['g']]])
})
