import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { say } from '../../../messages/say.ts'
import { describeColumns } from './columnFacts.ts'
import { guessScoreRoles } from './guessRoles.ts'
import { readRawTable } from './rawTable.ts'
import { noChoice, type Role, type ScoreChoice } from './scoreChoice.ts'
import { takeScores } from './takeScores.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readRawTable(bytesOf(text), 'scores.csv')

/** What is told of a table with its guessed roles and some choices. */
async function taken(text: string, change: Partial<ScoreChoice> = {}) {
  const raw = await read(text)
  return takeScores(raw, { ...noChoice, roles: guessScoreRoles(describeColumns(raw)), ...change })
}
async function told(text: string, change: Partial<ScoreChoice> = {}) {
  const result = await taken(text, change)
  return 'problems' in result ? result.problems.map(say) : []
}

test('aSAH as pROC ships it: no ID, an outcome, markers; the rows are numbered only when somebody says so', async () => {
  const raw = await readRawTable(
    new Uint8Array(readFileSync(new URL('../../../../reference/statistics/asah.csv', import.meta.url))),
    'asah.csv',
  )
  const roles = guessScoreRoles(describeColumns(raw))
  expect(roles).toEqual(['outcome', 'score', 'score', 'score', 'score', 'left out'])
  const asked = takeScores(raw, { ...noChoice, roles })
  expect('problems' in asked && asked.problems.map(({ code }) => code)).toEqual(['no-id'])
  const found = takeScores(raw, { ...noChoice, roles, withoutId: 'number' })
  if ('problems' in found) throw new Error('refused')
  expect([found.positive, found.negative, found.table.ids.length]).toEqual(['1', '0', 113])
  expect(found.table.ids.slice(0, 2)).toEqual(['row 2', 'row 3'])
  expect(found.table.outcome.filter((y) => y === 1)).toHaveLength(41)
})

test.each<[string, string, Partial<ScoreChoice>, string[]]>([
  ['1 and 2 do not say which is positive', 'id,outcome,m\na,1,0.2\nb,2,0.4\nc,2,0.5\n', {}, ['Which value of outcome is positive: “1” or “2”?']],
  ['it is said', 'id,outcome,m\na,1,0.2\nb,2,0.4\nc,2,0.5\n', { positive: '1' }, []],
  ['no and yes do', 'id,outcome,m\na,no,0.2\nb,YES,0.4\nc,no,0.5\n', {}, []],
  ['a decimal comma', 'id;outcome;m\na;0;0,2\nb;1;0,4\nc;1;0,5\n', { roles: ['id', 'outcome', 'score'] }, ['m is written with decimal commas, rows 2 (“0,2”), 3 (“0,4”), 4 (“0,5”). Save the table with decimal points.']],
  ['a word among scores', 'id,outcome,m\na,0,0.2\nb,1,high\nc,1,0.5\n', { roles: ['id', 'outcome', 'score'] }, ['m is no score: 1 row holds no number, row 3 (“high”).']],
  ['a missing score', 'id,outcome,m\na,0,0.2\nb,1,\nc,1,0.5\nd,0,0.1\n', {}, ['m is missing in row 3. Every model is judged on the same patients: leave this row out in the file.']],
  ['an infinite score', 'id,outcome,m\na,0,0.2\nb,1,inf\nc,1,0.5\nd,0,0.1\n', {}, ['m is missing in row 3 (“inf”). Every model is judged on the same patients: leave this row out in the file.']],
  ['an empty ID', 'id,outcome,m\na,0,0.2\n ,1,0.3\nc,1,0.5\n', {}, ['1 row has no ID: 3.']],
  ['an empty ID, numbered', 'id,outcome,m\na,0,0.2\n ,1,0.3\nc,1,0.5\n', { withoutId: 'number' }, []],
  ['an ID twice', 'id,outcome,m\na,0,0.2\na,1,0.3\nc,1,0.5\n', {}, ['1 ID stands in more than one row: a. If a patient has several rows, choose the column of the patient and let the rows be numbered.']],
  ['no outcome', 'id,truthiness,m\na,0,0.2\nb,1,0.3\nc,1,0.5\n', {}, ['Say which column is the outcome.']],
  ['three classes', 'id,outcome,m\na,0,0.2\nb,1,0.3\nc,2,0.5\n', { roles: ['id', 'outcome', 'score'] }, ['The outcome outcome has 3 values (0, 1, 2); two are needed.']],
  ['an outcome that is missing', 'id,outcome,m\na,0,0.2\nb,1,0.3\nc,NA,0.5\n', {}, ['1 row has no outcome: 4 (“NA”). Leave it out in the file.']],
  ['two cohorts', 'id,outcome,centre,m\na,0,I,0.2\nb,1,I,0.3\nc,1,II,0.5\n', {}, ['Which cohort did the models learn from: I, II, or none of them? Cut-offs are chosen there and carried to the others.']],
  ['two cohorts, none learnt from', 'id,outcome,centre,m\na,0,I,0.2\nb,1,I,0.3\nc,1,II,0.5\n', { trainCohort: '' }, []],
  ['a cohort that is not there', 'id,outcome,centre,m\na,0,I,0.2\nb,1,I,0.3\nc,1,II,0.5\n', { trainCohort: 'III' }, ['Which cohort did the models learn from: I, II, or none of them? Cut-offs are chosen there and carried to the others.']],
  ['what is no probability', 'id,outcome,m\na,0,0.2\nb,1,1.3\nc,1,0.5\n', { probabilities: ['m'] }, ['m holds a value outside 0 to 1, row 3 (“1.3”): it is no probability.']],
  ['a patient on both sides', 'outcome,centre,patient_id,m\n0,I,p,0.2\n1,II,p,0.3\n1,II,q,0.5\n', { roles: ['outcome', 'cohort', 'patient', 'score'], withoutId: 'number', trainCohort: 'I' }, ['1 patient has rows in more than one cohort: p. Whoever was learnt from cannot validate.']],
  ['two outcomes', 'id,outcome,label,m\na,0,0,0.2\nb,1,1,0.3\nc,1,0,0.5\n', { roles: ['id', 'outcome', 'outcome', 'score'] as Role[] }, ['Only one column can be the outcome; outcome and label are chosen.']],
  ['no scores', 'id,outcome\na,0\nb,1\n', {}, ['Say which columns are scores: at least one.']],
])('%s', async (_, text, change, expected) => {
  expect(await told(text, change)).toEqual(expected)
}) // prettier-ignore

test('rows without an ID are left out, and counted', async () => {
  const found = await taken('id,outcome,m\na,0,0.2\n ,1,0.3\nc,1,0.5\nd,0,0.1\n', { withoutId: 'leave out' })
  if ('problems' in found) throw new Error('refused')
  expect([found.table.ids, found.leftOut]).toEqual([['a', 'c', 'd'], 1])
  expect([...found.table.models[0].scores]).toEqual([0.2, 0.5, 0.1])
})

test('columns without a name and of one name are told apart; a ragged row is refused with its place', async () => {
  expect((await read(',m,m\n1,2,3\n')).header).toEqual(['column 1', 'm', 'm (2)'])
  await expect(read('id,m\na,1\nb\n')).rejects.toThrowSaying('row 3: it has 1 cells where the header has 2')
  await expect(read('\n \n')).rejects.toThrowSaying('is empty')
  await expect(read('id,m\n')).rejects.toThrowSaying('no rows')
})

test('what was assumed of a table’s encoding is told', async () => {
  const bytes = Uint8Array.from([
    ...bytesOf('id,y,score\n'),
    0xd5,
    0xc5,
    ...bytesOf('1,1,0.5\n'),
    0xc0,
    0xee,
    ...bytesOf('2,0,0.25\n'),
  ])
  const { notes, rows } = await readRawTable(bytes, 'scores.csv')
  expect(rows[0][0]).toBe('\u5f201')
  expect(notes).toHaveLength(1)
  expect(notes![0]).toSay('It is not UTF-8; it is read as GB18030 (Chinese).')
  expect((await read('id,y\na,1\n')).notes).toEqual([])
})
