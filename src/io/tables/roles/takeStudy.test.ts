import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { protocolSchema, type Protocol } from '../../../core/protocol/protocol.ts'
import { say } from '../../../messages/say.ts'
import { readStudy } from '../readStudy.ts'
import { parseCsv, tableOfRows } from '../tableFile.ts'
import { describeColumns } from './columnFacts.ts'
import { countFaults } from './countFaults.ts'
import { guessStudyRoles } from './guessRoles.ts'
import { readRawTable, type RawTable } from './rawTable.ts'
import { noStudyChoice, type StudyChoice, type StudyRole } from './studyChoice.ts'
import { requireStudy, settleProtocol, takeStudy, type StudyTables } from './takeStudy.ts'

const read = (text: string, path = 'f.csv') => readRawTable(new TextEncoder().encode(text), path)
const guess = (raw: RawTable) => guessStudyRoles(describeColumns(raw))
const reference = async (name: string) => {
  const packed = readFileSync(new URL(`../../../../reference/tables/${name}.csv.gz`, import.meta.url))
  return readRawTable(new Uint8Array(gunzipSync(packed)), `${name}.csv`)
}

async function taken(text: string, change: Partial<StudyChoice> = {}, more: Partial<StudyTables> = {}) {
  const features = await read(text)
  const clinicalRoles = more.clinical ? guess(more.clinical) : []
  return takeStudy({ features, clinical: null, second: null, ...more }, { ...noStudyChoice, roles: guess(features), clinicalRoles, ...change }) // prettier-ignore
}
async function told(text: string, change: Partial<StudyChoice> = {}, more: Partial<StudyTables> = {}) {
  const result = await taken(text, change, more)
  return 'problems' in result ? result.problems.map(say) : []
}

const plain = 'id,outcome,cohort,f1,f2\na,0,training,0.2,1\nb,1,training,0.3,2\nc,1,II,0.5,3\nd,0,II,0.1,4\n'
const alone = 'id,outcome,f1,f2\na,0,0.2,1\nb,1,0.3,2\nc,1,0.5,3\nd,0,0.1,4\ne,1,0.9,5\nf,0,0.7,6\n'

test.each(['', 'Unnamed: 0', 'X'])('a column "%s" in front of the ID is an index', async (name) => {
  expect(guess(await read(`${name},id,f\n0,a,0.5\n1,b,0.25\n2,c,0.75\n`))[0]).toBe('ignored')
})

test('roles are guessed by names and values: what only two numbers stand for is a status, a radiomic name a feature', async () => {
  const text = 'Patient ID,Target,centre,scanner,sex,ER,age,note,original_firstorder_Mean,f,mask\n'
  const rows = Array.from({ length: 30 }, (_, i) => `p${i},${i % 2},${i % 3 ? 'I' : 'II'},s${i % 2},${i % 2 ? 'f' : 'm'},${i % 2},${40 + i},free ${i},1,${i / 7},m.nii\n`) // prettier-ignore
  const expected: StudyRole[] = ['id', 'outcome', 'cohort', 'batch', 'clinical', 'clinical', 'clinical', 'ignored', 'feature', 'feature', 'ignored'] // prettier-ignore
  expect(guess(await read(text + rows.join('')))).toEqual(expected)
})

test('the ISPY1 table as it lies: 370 features, an ID, an outcome, and the question who learns', async () => {
  const features = await reference('ispy1')
  const roles = guess(features)
  expect(roles.filter((role) => role === 'feature')).toHaveLength(370)
  const choice = { ...noStudyChoice, roles }
  const asked = takeStudy({ features, clinical: null, second: null }, choice)
  expect('problems' in asked && asked.problems.map(({ code }) => code)).toEqual(['which-cohorts'])
  const made = requireStudy(takeStudy({ features, clinical: null, second: null }, { ...choice, cohorts: { kind: 'split', seed: 1, share: 0.3, stratified: true } })) // prettier-ignore
  const cohorts = made.clinical.cells.map((row) => row[made.clinical.columns.indexOf('cohort')])
  expect([made.features.ids.length, cohorts.filter((name) => name === 'validation').length]).toEqual([161, 49])
})

test('two lung centres as they lie: the row without an ID is asked about, and the second file is the other centre', async () => {
  const [features, second] = await Promise.all([reference('lung_centre_a'), reference('lung_centre_b')])
  const choice = { ...noStudyChoice, roles: guess(features), cohorts: { kind: 'second file' as const } }
  const asked = takeStudy({ features, clinical: null, second }, choice)
  expect('problems' in asked && asked.problems.map(say)).toEqual(['1 row has no ID: lung_centre_b 190.'])
  const made = requireStudy(takeStudy({ features, clinical: null, second }, { ...choice, withoutId: 'leave out' }))
  expect([made.leftOut, made.features.columns.length, made.columns.cohort.training]).toEqual([1, 984, 'lung_centre_a'])
  expect(made.features.ids).toHaveLength(293 + 207 - 1)
})

test('the study is that of the command line, for the tables in two files and the same protocol', async () => {
  const made = requireStudy(await taken(plain))
  const protocol = settleProtocol(protocolSchema.parse({}), made.columns)
  const table = (text: string) => tableOfRows(parseCsv(text, 'f.csv'), 'f.csv')
  const theirs = readStudy(
    table('id,f1,f2\na,0.2,1\nb,0.3,2\nc,0.5,3\nd,0.1,4\n'),
    table('id,outcome,cohort\na,0,training\nb,1,training\nc,1,II\nd,0,II\n'),
    protocol,
  )
  expect(readStudy(made.features, made.clinical, protocol).study).toEqual(theirs.study)
  expect(protocol.select.map(({ method }) => method)).toEqual(['rankSum', 'boruta', 'annealing'])
  expect([protocol.harmonise.method, protocol.outcome.positive]).toEqual(['none', '1'])
})

test('a clinical table beside it is joined by ID; the outcome may stand there', async () => {
  const clinical = await read('ID,label,cohort,age\nb,yes,training,41\na,no,training,40\nd,no,II,43\nc,yes,II,42\n', 'c.csv')
  const made = requireStudy(await taken('id,f1,f2\na,0.2,1\nb,0.3,2\nc,0.5,3\nd,0.1,4\n', {}, { clinical }))
  expect(made.clinical.ids).toEqual(['a', 'b', 'c', 'd'])
  expect(made.clinical.cells[0]).toEqual(['no', 'training', '40'])
  expect(made.columns).toMatchObject({ outcome: { column: 'label', positive: 'yes' }, clinical: ['age'] })
})

test('sequences in rows are columns of a patient, a second reader is one', async () => {
  const rows = ['a', 'b', 'c', 'd'].flatMap((id, i) => ['T1', 'T2'].flatMap((sequence) => ['R1', 'R2'].map((reader) => `${id},${sequence},${reader},${i % 2},${i < 2 ? 'training' : 'II'},${i + sequence.length / 7},${i}`))) // prettier-ignore
  const made = requireStudy(await taken(`id,sequence,reader,outcome,cohort,f1,f2\n${rows.join('\n')}\n`))
  const { study } = readStudy(made.features, made.clinical, settleProtocol(protocolSchema.parse({}), made.columns))
  expect(study.features.columns).toEqual(['T1_f1', 'T1_f2', 'T2_f1', 'T2_f2'])
  expect([study.features.ids.length, study.secondReader?.ids.length, made.columns.hasSecondReader]).toEqual([4, 4, true])
})

test('without a cohort everybody trains, when somebody says so', async () => {
  const made = requireStudy(await taken(alone, { cohorts: { kind: 'all train' } }))
  expect(made.clinical.cells.map(([, cohort]) => cohort)).toEqual(Array(6).fill('training'))
})

test.each<[string, string, Partial<StudyChoice>, string[]]>([
  ['nothing to say', plain, {}, []],
  ['no cohort', alone, {}, ['No column says who learns and who is judged. What is to be done?']],
  ['cohorts of no known name', plain.replaceAll('training', 'I'), {}, ['Which cohort do the models learn from: I, II? The others are judged by what was learnt there.']],
  ['and it is said', plain.replaceAll('training', 'I'), { training: 'I' }, []],
  ['no ID', plain.replace('id', 'f0'), {}, ['No column holds IDs.']],
  ['an empty ID', plain.replace('\nb,', '\n ,'), {}, ['1 row has no ID: 3.']],
  ['an ID twice', plain.replace('\nb,', '\na,'), {}, ['1 ID stands in more than one row: a. If a patient has several rows, choose the column of the patient and let the rows be numbered.', 'outcome differs between the rows of a patient: a.']],
  ['decimal commas', 'id;outcome;cohort;f1;f2\na;0;training;0,2;1,5\nb;1;training;0,3;2\nc;1;II;0,5;3\n', {}, ['2 features (f1, f2) are written with decimal commas: row 2, f1 (“0,2”); row 3, f1 (“0,3”); row 4, f1 (“0,5”). Save the table with decimal points.']],
  ['a word among features', plain.replace('0.3', 'high'), {}, ['f1 is no feature: 1 cell holds no number, row 3, f1 (“high”).']],
  ['1 and 2', plain.replaceAll(/(?<=\n[a-d],)([01])/g, (_, y: string) => String(Number(y) + 1)), {}, ['Which value of outcome is positive: “1” or “2”?']],
  ['no outcome', plain.replace('outcome', 'f0'), {}, ['Say which column is the outcome.']],
  ['no cohort in a row', plain.replace('b,1,training', 'b,1,'), {}, ['1 row has no cohort: 3.']],
  ['the other centre was not chosen', alone, { cohorts: { kind: 'second file' } }, ['Choose the file of the other centre.']],
])('%s', async (_, text, change, expected) => {
  expect(await told(text, change)).toEqual(expected)
}) // prettier-ignore

test('the other centre lacks a column', async () => {
  const second = await read('id,outcome,f1\nx,0,0.2\n', 'b.csv')
  expect(await told(alone, { cohorts: { kind: 'second file' } }, { second })).toContain(
    'b.csv lacks a column that the first file has: f2.',
  )
})

test('cells that a role does not allow are counted below their column', async () => {
  const raw = await read('id,outcome,cohort,f1\na,0,training,x\n,1,,2\nc,1,II,3\nd,0,II,\n')
  expect(countFaults(raw, ['id', 'outcome', 'cohort', 'feature'])).toEqual([1, 0, 1, 1])
})

test('batches are read where nothing is harmonised, to be looked at; where a patient lacks one, they are not', async () => {
  const withScanner = plain
    .replace('cohort', 'cohort,scanner')
    .replaceAll(/,(training|II),/g, ',$1,GE,')
    .replace('a,0,training,GE', 'a,0,training,S')
  const made = requireStudy(await taken(withScanner))
  const off = (protocol: Protocol) => ({ ...protocol, harmonise: { ...protocol.harmonise, method: 'none' as const } })
  const protocol = settleProtocol(protocolSchema.parse({}), made.columns)
  const { study } = readStudy(made.features, made.clinical, off(protocol))
  expect([[...study.seenBatchOf!.values()], study.batchOf.size]).toEqual([['S', 'GE', 'GE', 'GE'], 0])
  expect(readStudy(made.features, made.clinical, protocol).study.seenBatchOf).toBeUndefined()
  const lacking = { ...made.clinical, cells: made.clinical.cells.map((row, i) => (i === 1 ? row.map((text) => (text === 'GE' ? '' : text)) : row)) } // prettier-ignore
  expect(readStudy(made.features, lacking, off(protocol)).study.seenBatchOf).toBeUndefined()
})
