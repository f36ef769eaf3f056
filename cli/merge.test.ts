import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runProgram } from './runProgram.ts'
import { referenceFile, sampleFile, type Ended } from './testProgram.ts'

/*
 * Shards of a list and the table that is made of them, byte by byte that of one run: with a case that fails, and one that fails in part,
 * so that columns come late.
 */

let folder: string
const told: Ended[] = []
const path = (name: string) => join(folder, name)
const read = (name: string) => readFileSync(path(name), 'utf8')
const write = (name: string, text: string) => writeFileSync(path(name), text)
const texel = (...args: string[]) => runProgram(args, folder)

const sample = (name: string) => [`${sampleFile(name)}/image.nii.gz`, `${sampleFile(name)}/mask.nii.gz`]
const made = (name: string) => [referenceFile(`cases/${name}/image.nii.gz`), referenceFile(`cases/${name}/mask.nii.gz`)]
/** `int16` and `oneslice` have too many grey levels at this width; the mask of `empty` is empty. */
const cases = [
  ['p1', '', ...made('int16')],
  ['p2', 'a, "b"', ...sample('breast1')],
  ['p3', '', ...made('empty')],
  ['p4', '', ...sample('breast1')],
  ['p5', '', ...made('oneslice')],
  ['p6', '', ...sample('breast1')],
]
const listOf = (rows: readonly (readonly string[])[]) =>
  ['id,reader,image,mask', ...rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))].join('\n')
const extract = (list: string, output: string, ...more: string[]) =>
  texel('extract', '--cases', list, '--params', 'p.yaml', '--output', output, ...more)
const merge = (shards: readonly string[], ...more: string[]) =>
  texel('merge', '--cases', 'cases.csv', '--output', 'all.csv', ...shards, ...more)
const shards = ['s1.csv', 's2.csv', 's3.csv']

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'texel-merge-'))
  write('p.yaml', 'imageType: { Original: { binWidth: 0.0001 }, Gradient: { binWidth: 20 } }\nfeatureClass: { firstorder: [Mean, Entropy], glcm: [Idm] }\n') // prettier-ignore
  write('cases.csv', listOf(cases))
  expect((await extract('cases.csv', 'whole.csv')).exitCode).toBe(1)
  for (const [k, shard] of shards.entries()) told.push(await extract('cases.csv', shard, '--shard', `${k + 1}/3`))
  expect(told.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1])
})
beforeEach(() => {
  for (const name of ['all.csv', 'all.csv.errors.csv', 'all.csv.run.json']) rmSync(path(name), { force: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

test('one case of the list fails, another one in part, which is what this file is about', () => {
  const ids = (name: string) => read(name).trimEnd().split('\n').slice(1).map((row) => row.split(',')[0]) // prettier-ignore
  expect(ids('whole.csv')).toEqual(['p1', 'p2', 'p4', 'p5', 'p6'])
  expect(ids('whole.csv.errors.csv')).toEqual(['p1', 'p3', 'p5'])
  expect(read('s1.csv').split('\n')[0]).toBe(read('whole.csv').split('\n')[0])
  expect(read('whole.csv')).toMatch(/^p1,.*,,/m)
})

test('the first line says which part it is, and the first shard alone what the parameters make of the list', () => {
  expect(told.map(({ stderr }) => stderr.slice(0, stderr.indexOf(';')))).toEqual(['1/3', '2/3', '3/3'].map((part) => `Shard ${part}: 2 of 6 cases`)) // prettier-ignore
  expect(told.map(({ stderr }) => stderr.includes('Before the run, from'))).toEqual([true, false, false])
})

test('shards in any order give the table of one run, its failures, and a record of all runs', async () => {
  const { exitCode, stderr } = await merge(['s3.csv', 's1.csv', 's2.csv'])
  expect(stderr).toBe('3 shards, 6 cases: 5 in all.csv, 3 failed (all.csv.errors.csv).\n')
  expect(exitCode).toBe(1)
  expect(read('all.csv')).toBe(read('whole.csv'))
  expect(read('all.csv.errors.csv')).toBe(read('whole.csv.errors.csv'))
  const { runs } = JSON.parse(read('all.csv.run.json')) as { runs: { shard: string; cases: { name: string; state: string }[] }[] }
  expect(runs.map(({ shard }) => shard)).toEqual(['3/3', '1/3', '2/3'])
  expect(runs[1].cases).toMatchObject([
    { name: 'p1', state: 'in part' },
    { name: 'p2, a, "b"', state: 'done' },
  ])
})

test('--failures-ok: failures that are told are no failure of the command', async () => {
  expect((await merge(shards, '--failures-ok')).exitCode).toBe(0)
  expect((await extract('cases.csv', 'ok.csv', '--shard', '1/6', '--failures-ok')).exitCode).toBe(0)
})

test('a table that is there is replaced only where that is said', async () => {
  expect((await merge(shards)).exitCode).toBe(1)
  expect(await merge(shards)).toMatchObject({ exitCode: 2, stderr: 'all.csv is there already: add --overwrite to replace it.\n' })
  expect((await merge(shards, '--overwrite')).exitCode).toBe(1)
})

test('where every case of every shard failed, the table has its header, as that of one run', async () => {
  const empty = (id: string) => [id, '', ...made('empty')]
  write('empty.csv', listOf([empty('e1'), empty('e2')]))
  await extract('empty.csv', 'none.csv')
  for (const k of [1, 2]) await extract('empty.csv', `none${k}.csv`, '--shard', `${k}/2`)
  expect((await texel('merge', '--cases', 'empty.csv', '--output', 'all.csv', 'none1.csv', 'none2.csv')).exitCode).toBe(1)
  expect(read('all.csv')).toBe(read('none.csv'))
  expect(read('all.csv.errors.csv')).toBe(read('none.csv.errors.csv'))
})

/** A shard that is like the second one but for its text. @returns what merging it says */
async function mergeChanged(change: (text: string) => string): Promise<string> {
  write('changed.csv', change(read('s2.csv')))
  write('changed.csv.errors.csv', read('s2.csv.errors.csv'))
  const { exitCode, stderr } = await merge(['s1.csv', 'changed.csv', 's3.csv'])
  expect([exitCode, existsSync(path('all.csv'))]).toEqual([2, false])
  return stderr
}

test.each([
  ['parameters', (text: string) => text.replace(/,[0-9a-f]{64},/, `,${'0'.repeat(64)},`), 's1.csv and changed.csv were measured with different parameters'], // prettier-ignore
  ['a version', (text: string) => text.replace(/(\/mask\.nii\.gz(,[0-9a-f]{64}){3},)[^,]+/, '$19.9.9'), 'with different versions of Texel'], // prettier-ignore
  ['an unknown case', (text: string) => text.replace(/^p4,/m, 'p7,'), 'changed.csv has a case that is not in the list: p7.'],
  ['another image', (text: string) => text.replace('breast1/image', 'brain1/image'), 'is not the case of the list: image is'],
  ['a row in its middle', (text: string) => text.slice(0, -9), 'changed.csv ends in the middle of a row'],
  ['a row of other length', (text: string) => text.replace(/\n$/, ',5\n'), 'is not a table of this program'],
  [
    'a missing value',
    (text: string) => text.replace(/,[^,]+\n$/, ',\n'),
    'p4 of changed.csv has no gradient_glcm_Idm, which others have',
  ],
  ['a missing column', (text: string) => text.replaceAll(/,[^,\n]+\n/g, '\n'), 'p4 of changed.csv has no gradient_glcm_Idm, which others have'], // prettier-ignore
])('shards that do not belong together are refused, and nothing is written: %s', async (_, change, message) => {
  expect(await mergeChanged(change)).toContain(message)
})

test('a case twice, and a shard twice, are refused', async () => {
  await extract('cases.csv', 'half.csv', '--shard', '1/2')
  expect((await merge([...shards, 'half.csv'])).stderr).toBe('p1 stands in two shards: s1.csv and half.csv.\n')
  // p3 failed in one shard and is told in another one again.
  expect((await merge(['s2.csv', 'half.csv'])).stderr).toBe('p3 stands in two shards: s2.csv and half.csv.\n')
  expect((await merge(['s1.csv', 's1.csv'])).stderr).toBe('s1.csv is named twice.\n')
})

test('what is missing is named', async () => {
  const { exitCode, stderr } = await merge(['s1.csv', 's3.csv'])
  expect([exitCode, existsSync(path('all.csv'))]).toEqual([2, false])
  expect(stderr).toContain('2 of 6 cases are in none of these tables, and no failure of them is told: p3; p4. Measure')
  expect((await merge(['s1.csv', 's4.csv'])).stderr).toBe('There is no table s4.csv.\n')
})
