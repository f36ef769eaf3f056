import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatTable, readFeatureTable } from '../src/io/tables/tableFile.ts'
import { runProgram } from './runProgram.ts'
import { readTable } from '../src/io/tables/madeTable.ts'

interface Case {
  name: string
  batch: string[]
  values: (number | null)[][]
  covariates: { name: string; values: (number | string)[] }[]
  adjusted: (number | null)[][]
}
const { cases } = JSON.parse(readFileSync('reference/r/combat.json', 'utf8')) as { cases: Case[] }
const caseOf = (name: string) => cases.find((one) => one.name === name)!

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-harmonise-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const harmonise = (...args: string[]) => runProgram(['harmonise', ...args], folder)

function writeCase(one: Case, features: string, clinical: string, rows = one.values.map((_, i) => i)) {
  const columns = one.values[0].map((_, j) => `f${j}`)
  write(features, formatTable(['id', ...columns], rows.map((i) => [`p${i}`, ...one.values[i].map((value) => value ?? NaN)]))) // prettier-ignore
  write(clinical, formatTable(['id', 'scanner', ...one.covariates.map(({ name }) => name)], one.batch.map((batch, i) => [`p${i}`, batch, ...one.covariates.map(({ values }) => values[i])]))) // prettier-ignore
}

/** Row by row, as the file holds them. */
function readRows(name: string): number[][] {
  const { ids, columns, values } = readFeatureTable(readTable(read(name), name))
  return ids.map((_, i) => columns.map((_, j) => values[j * ids.length + i]))
}

function expectNear(ours: number[][], theirs: (number | null)[][]) {
  expect(ours).toHaveLength(theirs.length)
  ours.forEach((row, i) =>
    row.forEach((value, j) => {
      const answer = theirs[i][j]
      if (answer === null) expect(value).toBeNaN()
      else expect(Math.abs(value - answer), `row ${i}, f${j}`).toBeLessThanOrEqual(1e-6 * Math.abs(answer))
    }),
  )
}

test('all patients, with covariates and missing values out of a clinical table: as sva, and a model that gives the same', async () => {
  const one = caseOf('missing values, two covariates')
  writeCase(one, 'F.csv', 'C.csv')
  const asked = ['--features', 'F.csv', '--batch', 'scanner', '--batches', 'C.csv']
  const fitted = await harmonise(...asked, '--covariates', 'age', 'grade', '--output', 'H.csv', '--model', 'combat.json')
  expect(fitted.stderr).toContain('ComBat, all patients, labels unseen, parametric: 16 columns; patients learnt from by batch: B 9, C 3, M 24, Z 61.') // prettier-ignore
  expect(fitted.stderr).toContain('Batches with fewer than 5 patients: C (3).')
  expect(fitted.exitCode).toBe(0)
  expectNear(readRows('H.csv'), one.adjusted)

  writeCase(one, 'new.csv', 'C.csv', [3, 64, 1])
  const applied = await harmonise('--features', 'new.csv', '--batch', 'scanner', '--batches', 'C.csv', '--apply', 'combat.json', '--output', 'N.csv') // prettier-ignore
  expect(applied.stderr).toContain('Not among the features, left aside: p0, p2, p4, p5, p6 and 89 more of C.csv.')
  expect(applied.exitCode).toBe(0)
  const lines = read('H.csv').split('\n')
  expect(read('N.csv').split('\n').slice(1, 4)).toEqual([lines[4], lines[65], lines[2]])
})

test('training only refuses an unseen batch; on request its patients are written as they are and marked', async () => {
  const one = caseOf('unbalanced')
  writeCase(one, 'F.csv', 'C.csv')
  write('train.txt', one.batch.flatMap((batch, i) => (batch === 'M' ? [] : [`p${i}`])).join('\n'))
  const asked = ['--features', 'F.csv', '--batch', 'scanner', '--batches', 'C.csv', '--learn-on', 'train.txt', '--output', 'T.csv', '--model', 'training.json'] // prettier-ignore
  const refused = await harmonise(...asked)
  expect(refused.stderr).toContain('ComBat was not fitted with batch M; it knows B, C, Z.')
  expect(refused.exitCode).toBe(1)
  const left = await harmonise(...asked, '--leave-unseen')
  expect(left.stderr).toContain('Not harmonised: p70, p71, p72, p73, p74 and 19 more.')
  const marks = read('T.csv').split('\n').map((line) => line.split(',')[1]) // prettier-ignore
  expect(marks[0]).toBe('diagnostics_combat')
  expect(marks.slice(70, 72)).toEqual(['harmonised', 'not harmonised'])
  expect(readRows('T.csv')[70]).toEqual(one.values[70])

  const joined = await harmonise(...asked.slice(0, 8), '--join', '--output', 'R.csv', '--model', 'reference.json')
  expect(joined.stderr).toContain(
    'ComBat, reference, parametric: 16 columns; patients learnt from by batch: B 9, C 3, Z 61, M 24.',
  )
  expect(readRows('R.csv').slice(0, 70)).toEqual(readRows('T.csv').slice(0, 70))
  expect(readRows('R.csv')[70]).not.toEqual(one.values[70])
})

test('the batch may stand beside the features, a row a sequence, and several columns are crossed', async () => {
  const random = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3]
  const rows = random.flatMap((value, i) => ['T2', 'T1'].map((sequence, s) => [`p${i}`, sequence, 'ab'[i % 2], '12'[i % 4 < 2 ? 0 : 1], value + s + (i % 3), value * (i % 5) + 1])) // prettier-ignore
  write('S.csv', formatTable(['id', 'sequence', 'scanner', 'protocol', 'x', 'y'], rows))
  const outcome = await harmonise('--features', 'S.csv', '--batch', 'scanner', 'protocol', '--output', 'H.csv', '--model', 'm.json') // prettier-ignore
  expect(outcome.stderr).toContain('Batches with fewer than 5 patients: a / 1 (4), a / 2 (4), b / 1 (4), b / 2 (4).')
  expect(read('H.csv').split('\n')[0]).toBe('id,T2_x,T2_y,T1_x,T1_y')
  write('S.csv', formatTable(['id', 'sequence', 'scanner', 'x', 'y'], [['p1', 'T1', 'a', 1, 2], ['p1', 'T2', 'b', 3, 4]])) // prettier-ignore
  const differing = await harmonise('--features', 'S.csv', '--batch', 'scanner', '--output', 'H.csv', '--model', 'm.json')
  expect(differing.stderr).toContain('the rows of p1 differ (a, b)')
  expect(differing.exitCode).toBe(1)
})

test('wrong usage, missing columns, patients without batch and broken models are told', async () => {
  writeCase(caseOf('unbalanced'), 'F.csv', 'C.csv')
  const to = ['--output', 'X.csv', '--model', 'x.json']
  const ask = async (...args: string[]) => {
    const { exitCode, stderr } = await harmonise('--features', 'F.csv', ...args)
    return `${exitCode} ${stderr}`
  }
  expect(await ask('--batch', 'scanner', '--batches', 'C.csv', '--join', ...to)).toContain('2 --join needs training patients')
  expect(await ask('--batch', 'scanner', '--batches', 'C.csv', '--output', 'X.csv')).toContain('2 --model is missing')
  expect(await ask('--batch', 'scaner', '--batches', 'C.csv', ...to)).toContain(
    '1 C.csv has no column scaner; did you mean scanner?',
  )
  write('part.csv', 'id,scanner\np1,A\np2,B\n')
  expect(await ask('--batch', 'scanner', '--batches', 'part.csv', ...to)).toContain(
    '1 Every patient needs a batch; 95 have none: p0, p3',
  )
  write('x.json', '{"method":"ComBat","mode":"half"}')
  const apply = ['--batch', 'scanner', '--batches', 'C.csv', '--apply', 'x.json', '--output', 'X.csv']
  expect(await ask(...apply)).toContain('1 x.json is no ComBat model: mode')
  expect(await ask(...apply, '--mean-only')).toContain('2 --apply takes its model as it is')
  write('x.json', '{"method":')
  expect(await ask(...apply)).toContain('1 x.json is no JSON')
})
