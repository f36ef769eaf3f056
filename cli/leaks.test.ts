import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../src/core/numeric/random.ts'
import { formatTable } from '../src/io/tables/tableFile.ts'
import { runProgram } from './runProgram.ts'

/* What would give the outcome away goes into no model, whichever command meets it. */

const patients = 90
const ids = Array.from({ length: patients }, (_, i) => `P${String(i).padStart(3, '0')}`)
const outcome = ids.map((_, i) => Number(i % 3 === 0))
const scanner = ids.map((_, i) => (i % 2 ? 'A' : 'B'))
const age = ids.map((_, i) => 40 + (i % 31))
const cohort = ids.map((_, i) => (i < 60 ? 'training' : 'validation'))

let folder: string
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const texel = (...args: string[]) => runProgram(args, folder)

/** Eight columns of noise, and those that do not belong among them. */
function writeFeatures(name: string, extra: Readonly<Record<string, readonly (string | number)[]>> = {}) {
  const random = createRandom(7)
  const noise = ids.map(() => Array.from({ length: 8 }, () => random.uniform()))
  const columns = ['id', ...noise[0].map((_, j) => `x${j}`), ...Object.keys(extra)]
  write(name, formatTable(columns, ids.map((id, i) => [id, ...noise[i], ...Object.values(extra).map((values) => values[i])]))) // prettier-ignore
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-leaks-'))
  write('C.csv', formatTable(['id', 'cohort', 'scanner', 'age', 'menopausal status', 'outcome'], ids.map((id, i) => [id, cohort[i], scanner[i], age[i], i % 2, outcome[i]]))) // prettier-ignore
  write('train.txt', ids.slice(0, 60).join('\n'))
  write('P.yaml', 'select: [{ method: rankSum, alpha: 0.2 }]\nmodels: [{ method: logistic }]\nevaluate: { bootstraps: 100 }\nresample: { repeats: 0 }\n') // prettier-ignore
})
afterAll(() => rmSync(folder, { recursive: true }))

const commands: Readonly<Record<string, readonly string[]>> = {
  analyse: ['--protocol', 'P.yaml', '--clinical', 'C.csv', '--output', 'out', '--overwrite'],
  train: ['--outcomes', 'C.csv', '--outcome', 'outcome', '--train', 'train.txt', '--model', 'logistic', '--output', 'm.json'],
  select: ['--protocol', 'P.yaml', '--outcomes', 'C.csv', '--outcome', 'outcome', '--train', 'train.txt', '--output', 's.json'],
  harmonise: ['--batches', 'C.csv', '--batch', 'scanner', '--output', 'h.csv', '--model', 'c.json'],
}

const strangers: readonly (readonly [string, readonly (string | number)[]])[] = [
  ['outcome', outcome],
  ['Outcome', outcome],
  ['cohort', cohort.map((name) => Number(name === 'training'))],
  ['scanner', scanner.map((name) => Number(name === 'A'))],
  ['age', age],
  // As pandas and R write a column that both tables have, and R a name with a blank.
  ['age_x', age],
  ['outcome.y', outcome],
  ['menopausal.status', age],
  ['out\u200bcome', outcome],
]

test.each(Object.keys(commands).flatMap((command) => strangers.map(([column, values]) => [command, column, values] as const)))(
  '%s refuses the column %s among the features, and names it',
  async (command, column, values) => {
    writeFeatures('F.csv', { [column]: values })
    const refused = await texel(command, '--features', 'F.csv', ...commands[command])
    expect(refused.stderr).toContain(`F.csv has a column that is no feature: ${column} (`)
    expect(refused.exitCode).toBe(1)
    writeFeatures('F.csv')
    const good = await texel(command, '--features', 'F.csv', ...commands[command])
    expect(good.exitCode, good.stderr).toBe(0)
  },
)

test.each([
  ['train', 'Outcome', outcome],
  ['train', 'cohort', cohort.map((name) => Number(name === 'training'))],
  ['select', 'Cohort', cohort.map((name) => Number(name === 'training'))],
  ['select', 'scanner', scanner.map((name) => Number(name === 'A'))],
] as const)('%s refuses %s in a table that holds the outcome too', async (command, column, values) => {
  writeFeatures('J.csv', { outcome, [column]: values })
  const rest = commands[command].filter((word) => word !== '--outcomes' && word !== 'C.csv')
  const refused = await texel(command, '--features', 'J.csv', ...rest)
  expect(refused.stderr).toContain(`J.csv has a column that is no feature: ${column} (`)
  expect(refused.exitCode).toBe(1)
  if (command !== 'train') return
  const named = await texel(command, '--features', 'J.csv', ...rest, '--columns', 'x0', 'x1')
  expect(named.exitCode, named.stderr).toBe(0)
})

test('evaluate takes no column for scores that says who a patient is', async () => {
  write('S.csv', formatTable(['id', 'outcome', 'Cohort', 'LR'], ids.map((id, i) => [id, outcome[i], Number(i < 60), (i * 7) % 10]))) // prettier-ignore
  const refused = await texel('evaluate', '--scores', 'S.csv', '--outcome', 'outcome', '--output', 'e.json')
  expect(refused.stderr).toContain('a column of scores called as what is none: Cohort (the cohort?)')
  expect(refused.exitCode).toBe(1)
})

test('IDs that are likely the same are named by whichever command meets them', async () => {
  writeFeatures('F.csv')
  write('other.txt', ids.slice(0, 60).join('\n').replace('P007', 'p7')) // prettier-ignore
  const asked = commands.train.map((word) => (word === 'train.txt' ? 'other.txt' : word))
  const unlabelled = await texel('train', '--features', 'F.csv', ...asked)
  expect(unlabelled.stderr).toContain('Likely the same, and not joined: p7 and P007.')
  await texel('train', '--features', 'F.csv', ...commands.train, '--keep-ids')
  write('G.csv', read('F.csv').replace('P003', 'P3').replace('P080', 'P004_b')) // prettier-ignore
  const predicted = await texel('predict', '--features', 'G.csv', '--model', 'm.json', '--output', 'S.csv')
  expect(predicted.stderr).toContain('WARNING: likely patients LR was learnt from, under another ID, and not marked: P004_b (P004), P3 (P003).') // prettier-ignore
  const rename = (text: string) => text.replace('P070', 'p7')
  write('G.csv', rename(read('F.csv')))
  write('H.csv', rename(read('C.csv')))
  const analysed = await texel('analyse', '--features', 'G.csv', ...commands.analyse.map((word) => (word === 'C.csv' ? 'H.csv' : word))) // prettier-ignore
  expect(analysed.exitCode, analysed.stderr).toBe(0)
  expect(analysed.stderr).toContain('WARNING: IDs of G.csv are likely the same, written in two ways, and taken for different patients: P007 and p7.') // prettier-ignore
})

test('harmonise changes no column that is no feature: an outcome by its name is refused, or written as it is', async () => {
  writeFeatures('F.csv', { scanner, age, outcome })
  const asked = ['--features', 'F.csv', '--batch', 'scanner', '--output', 'h.csv', '--model', 'c.json']
  const refused = await texel('harmonise', ...asked)
  expect(refused.stderr).toContain('no feature: outcome (an outcome by its name; name it with --not-features')
  expect(refused.exitCode).toBe(1)
  const kept = await texel('harmonise', ...asked, '--not-features', 'outcome', 'age')
  expect(kept.exitCode, kept.stderr).toBe(0)
  const [header, ...rows] = read('h.csv').trim().split('\n').map((line) => line.split(',')) // prettier-ignore
  expect(header.slice(0, 4)).toEqual(['id', 'outcome', 'age', 'x0'])
  expect(rows.map((row) => [row[1], row[2]])).toEqual(ids.map((_, i) => [String(outcome[i]), String(age[i])]))
  writeFeatures('F.csv', { scanner, flag: outcome })
  expect((await texel('harmonise', ...asked)).stderr).toContain('Harmonised, with two values each: flag.')
})

test('a model of ComBat knows that its covariates are no features: applied to the file it was learnt from, the same bytes', async () => {
  const sex = ids.map((_, i) => (i % 5 < 2 ? 'F' : 'M'))
  for (const [name, values] of [
    ['sex', sex],
    ['age', age],
  ] as const) {
    writeFeatures('F.csv', { scanner, [name]: values })
    const asked = ['--features', 'F.csv', '--batch', 'scanner']
    const learnt = await texel('harmonise', ...asked, '--covariates', name, '--learn-on', 'train.txt', '--output', 'h.csv', '--model', 'c.json') // prettier-ignore
    expect(learnt.exitCode, learnt.stderr).toBe(0)
    const applied = await texel('harmonise', ...asked, '--apply', 'c.json', '--output', 'h2.csv')
    expect(applied.exitCode, applied.stderr).toBe(0)
    expect(read('h2.csv')).toBe(read('h.csv'))
  }
})

test('a factor may be named among the covariates too, and in a protocol', async () => {
  const grade = ids.map((_, i) => 1 + (i % 3))
  writeFeatures('F.csv', { scanner, age, grade })
  const asked = ['--features', 'F.csv', '--batch', 'scanner', '--output', 'h.csv', '--model', 'c.json']
  const twice = await texel('harmonise', ...asked, '--covariates', 'age', 'grade', '--factors', 'grade')
  expect(twice.exitCode, twice.stderr).toBe(0)
  const both = read('h.csv')
  await texel('harmonise', ...asked, '--covariates', 'age', '--factors', 'grade')
  expect(read('h.csv')).toBe(both)

  writeFeatures('F.csv')
  write('G.csv', formatTable(['id', 'cohort', 'scanner', 'age', 'grade', 'outcome'], ids.map((id, i) => [id, cohort[i], scanner[i], age[i], grade[i], outcome[i]]))) // prettier-ignore
  write('Q.yaml', `${read('P.yaml')}harmonise: { covariates: [age, grade], factors: [grade] }\n`)
  const analysed = await texel('analyse', '--protocol', 'Q.yaml', '--features', 'F.csv', '--clinical', 'G.csv', '--output', 'factors') // prettier-ignore
  expect(analysed.exitCode, analysed.stderr).toBe(0)
  expect((JSON.parse(read('factors/combat.json')) as { covariates: unknown }).covariates).toEqual([
    { name: 'age', kind: 'numeric' },
    { name: 'grade', kind: 'factor', levels: ['1', '2', '3'] },
  ])
})

test('a copy of the outcome is named above everything, in every output', async () => {
  writeFeatures('F.csv', { her2_score: outcome.map((label) => 2 * label + 1) })
  const warning = "WARNING: her2_score tells the training patients' outcome without a mistake"
  const analysed = await texel('analyse', '--features', 'F.csv', ...commands.analyse)
  expect(analysed.stderr).toContain(warning)
  expect(read('out/notes.txt').startsWith(warning)).toBe(true)
  for (const name of ['split', 'selection', 'evaluation'])
    expect(Object.entries(JSON.parse(read(`out/${name}.json`)) as object)[0], name).toEqual([
      'warnings',
      [expect.stringContaining(warning)],
    ])
  const trained = await texel('train', '--features', 'F.csv', ...commands.train)
  expect(trained.stderr.startsWith(warning)).toBe(true)
  for (const name of ['m.json', 'out/models/LR.json', 'out/run.json'])
    expect(Object.entries(JSON.parse(read(name)) as object).find(([key]) => key === 'warnings'), name).toEqual(['warnings', expect.arrayContaining([expect.stringContaining(warning)])]) // prettier-ignore
  const predicted = await texel('predict', '--features', 'F.csv', '--model', 'm.json', '--output', 'S.csv')
  expect(predicted.stderr).toContain(warning)
  expect(trained.stderr).toContain('The classes are separated by her2_score: coefficients have no finite estimate')
  const selected = await texel('select', '--features', 'F.csv', ...commands.select)
  expect(selected.stderr).toContain(warning)
  writeFeatures('F.csv')
  expect((await texel('analyse', '--features', 'F.csv', ...commands.analyse)).stderr).not.toContain('WARNING')
})

test('patients of validation who are patients of training under another ID are named', async () => {
  writeFeatures('F.csv')
  const lines = read('F.csv').trim().split('\n')
  for (const [to, from] of [
    [70, 5],
    [88, 41],
  ])
    lines[1 + to] = lines[1 + from].replace(ids[from], ids[to])
  // A rounded number may keep its sign.
  lines[1 + 5] = lines[1 + 5].replace(/[^,]+$/, '-0')
  lines[1 + 70] = lines[1 + 70].replace(/[^,]+$/, '0')
  write('F.csv', lines.join('\n'))
  const analysed = await texel('analyse', '--features', 'F.csv', ...commands.analyse)
  expect(analysed.stderr).toContain(
    'WARNING: 2 patients of the cohort validation have the same value in every feature as training patients: P070 = P005, P088 = P041.',
  )
})

test('training patients with the values of another are named, but for lesions of one patient', async () => {
  writeFeatures('F.csv')
  const lines = read('F.csv').trim().split('\n')
  for (const [to, from] of [
    [31, 4],
    [32, 4],
  ])
    lines[1 + to] = lines[1 + from].replace(ids[from], ids[to])
  write('F.csv', lines.join('\n'))
  const warning = 'WARNING: 2 training patients have the same value in every feature as another: P031 = P004, P032 = P004.'
  expect((await texel('analyse', '--features', 'F.csv', ...commands.analyse)).stderr).toContain(warning)
  expect((await texel('train', '--features', 'F.csv', ...commands.train)).stderr).toContain(warning)
  const selected = await texel('select', '--features', 'F.csv', ...commands.select)
  expect(selected.stderr).toContain(warning)
})

test('training patients whom a model meets again are marked, and an evaluation keeps the mark', async () => {
  writeFeatures('F.csv')
  // Without their IDs nobody can be marked, and that is said.
  await texel('train', '--features', 'F.csv', ...commands.train)
  const unknown = await texel('predict', '--features', 'F.csv', '--model', 'm.json', '--output', 'S.csv')
  expect(unknown.stderr).toContain('The file names none of the 60 patients that LR was learnt from')
  expect(read('m.json')).not.toContain('P001')
  await texel('train', '--features', 'F.csv', ...commands.train, '--keep-ids')
  const predicted = await texel('predict', '--features', 'F.csv', '--model', 'm.json', '--output', 'S.csv')
  expect(predicted.stderr).toContain('60 of them LR was learnt from')
  const [header, ...rows] = read('S.csv').trim().split('\n').map((line) => line.split(',')) // prettier-ignore
  expect(header).toEqual(['id', 'diagnostics_learnt_from', 'LR'])
  expect(rows.map((row) => row[1])).toEqual(ids.map((_, i) => (i < 60 ? 'LR' : '')))
  write('E.csv', [['id', 'outcome', ...header.slice(1)], ...rows.map(([id, ...rest], i) => [id, outcome[i], ...rest])].join('\n')) // prettier-ignore
  const evaluated = await texel('evaluate', '--scores', 'E.csv', '--outcome', 'outcome', '--output', 'e.json', '--bootstraps', '100') // prettier-ignore
  expect(evaluated.stdout).toContain('warning: 60 of the 90 patients were learnt from (P000, P001, P002, P003, P004 and 55 more)')
  const { cohorts } = JSON.parse(read('e.json')) as { cohorts: { learntFrom?: string[] }[] }
  expect(cohorts[0].learntFrom).toEqual(ids.slice(0, 60))
})

test('lesions of one patient: suspected by their IDs, kept together where the protocol names the patient, never in two cohorts', async () => {
  const lesions = ids.map((_, i) => `Q${Math.floor(i / 2)}_${'ab'[i % 2]}`)
  const patient = lesions.map((id) => id.slice(0, -2))
  const label = ids.map((_, i) => Number(Math.floor(i / 2) % 3 === 0))
  writeFeatures('F.csv')
  write(
    'L.csv',
    read('F.csv').replace(/^P\d+/gm, (id) => lesions[ids.indexOf(id)]),
  )
  const clinical = (cohorts: readonly string[]) => formatTable(['id', 'patient', 'cohort', 'scanner', 'outcome'], lesions.map((id, i) => [id, patient[i], cohorts[i], scanner[i], label[i]])) // prettier-ignore
  write('D.csv', clinical(cohort))
  const asked = ['--features', 'L.csv', '--clinical', 'D.csv', '--output', 'out', '--overwrite']
  write('Q.yaml', read('P.yaml').replace('repeats: 0', 'folds: 3'))
  const unknown = await texel('analyse', '--protocol', 'Q.yaml', ...asked)
  expect(unknown.stderr).toContain(
    'WARNING: IDs look like several rows of one patient: Q0_a, Q0_b; Q1_a, Q1_b; Q2_a, Q2_b and 42 more',
  )
  write('Q.yaml', `${read('Q.yaml')}patient: patient\n`)
  const known = await texel('analyse', '--protocol', 'Q.yaml', ...asked)
  expect(known.exitCode, known.stderr).toBe(0)
  expect(known.stderr).toContain('90 rows of 45 patients')
  expect(known.stderr).not.toContain('WARNING')
  const { folds } = JSON.parse(read('out/resampling.json')) as { folds: { heldOut: string[]; learntFrom: string[] }[] }
  for (const { heldOut, learntFrom } of folds)
    expect(heldOut.map((id) => id.slice(0, -2)).filter((one) => learntFrom.some((id) => id.slice(0, -2) === one))).toEqual([])
  write('D.csv', clinical(cohort.with(60, 'training')))
  const shared = await texel('analyse', '--protocol', 'Q.yaml', ...asked)
  expect(shared.stderr).toContain('A patient is in more than one cohort: Q30 (training, validation).')
  write('lesions.txt', lesions.slice(0, 60).join('\n'))
  const trained = await texel('train', '--features', 'L.csv', '--outcomes', 'D.csv', '--outcome', 'outcome', '--patient', 'patient', '--train', 'lesions.txt', '--model', 'forest', '--trees', '50', '--output', 'p.json') // prettier-ignore
  expect(trained.exitCode, trained.stderr).toBe(0)
  await texel('train', '--features', 'L.csv', '--outcomes', 'D.csv', '--outcome', 'outcome', '--train', 'lesions.txt', '--model', 'forest', '--trees', '50', '--output', 'q.json') // prettier-ignore
  expect(read('p.json')).not.toBe(read('q.json'))
})
