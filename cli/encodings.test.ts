import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from './runProgram.ts'

/* Tables as hospitals save them. */

// 患者 and 张三 in GBK, as Excel saves them in China.
const gbk = new Map([
  ['\u60a3\u8005', [0xbb, 0xbc, 0xd5, 0xdf]],
  ['\u5f20\u4e09', [0xd5, 0xc5, 0xc8, 0xfd]],
])
const toGbk = (text: string) =>
  Buffer.concat(
    text.split(/(\u60a3\u8005|\u5f20\u4e09)/).map((part) => Buffer.from(gbk.get(part) ?? Buffer.from(part, 'latin1'))),
  )

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'texel-encodings-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const clinical = (name: string) => ['id,group,age', ...Array.from({ length: 12 }, (_, i) => `${name}P${i},${i % 2 ? 'A' : 'B'},${40 + i}`)].join('\n') // prettier-ignore
const table1 = (bytes: Buffer | string, ...more: string[]) => {
  writeFileSync(join(folder, 'C.csv'), bytes)
  return runProgram(['table1', '--clinical', 'C.csv', '--by', 'group', ...more], folder)
}

test('the same table in UTF-8, UTF-16, GBK, gzipped and Latin-1 gives the same Table 1; what was assumed is said', async () => {
  const chinese = clinical('\u60a3\u8005')
  const plain = await table1(chinese)
  expect([plain.exitCode, plain.stderr]).toEqual([0, ''])
  for (const [bytes, encoding] of [
    [toGbk(chinese), 'GB18030 (Chinese)'],
    [Buffer.from(`\uFEFF${chinese}`, 'utf16le'), 'UTF-16'],
  ] as const) {
    const read = await table1(bytes)
    expect(read.stdout).toBe(plain.stdout)
    expect(read.stderr).toBe(`C.csv is not UTF-8; it is read as ${encoding}. Save it as "CSV UTF-8" if names look wrong.\n`)
  }
  expect((await table1(gzipSync(chinese))).stdout).toBe(plain.stdout)
  const latin = await table1(Buffer.from(clinical('M\u00fcller'), 'latin1'))
  expect([latin.exitCode, latin.stdout]).toEqual([0, plain.stdout])
  expect(latin.stderr).toContain('Windows-1252 (Western)')
})

test('IDs in GBK come out of an analysis as they went in', async () => {
  const ids = Array.from({ length: 60 }, (_, i) => `\u5f20\u4e09${i}`)
  writeFileSync(
    join(folder, 'F.csv'),
    toGbk(['id,x,y', ...ids.map((id, i) => `${id},${(i * 7) % 13},${(i * 5) % 11}`)].join('\n')),
  )
  writeFileSync(
    join(folder, 'D.csv'),
    ['id,cohort,outcome', ...ids.map((id, i) => `${id},training,${Number(i % 3 === 0)}`)].join('\n'),
  )
  writeFileSync(join(folder, 'P.yaml'), 'harmonise: { method: none }\nselect: []\nmodels: [{ method: logistic }]\nevaluate: { bootstraps: 100 }\nresample: { repeats: 0 }\n') // prettier-ignore
  const run = await runProgram(['analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'D.csv', '--output', 'out'], folder) // prettier-ignore
  expect(run.exitCode, run.stderr).toBe(0)
  expect(readFileSync(join(folder, 'out/scores.csv'), 'utf8')).toContain('\u5f20\u4e090,training,1,')
})

test('what is said of two tables comes in their order, however large the first is', async () => {
  writeFileSync(
    join(folder, 'F.csv'),
    toGbk(`id,x\n${Array.from({ length: 50_000 }, (_, i) => `\u5f20\u4e09${i},${i}\n`).join('')}`),
  )
  writeFileSync(join(folder, 'D.csv'), toGbk('id,cohort,outcome\n\u5f20\u4e090,training,0\n'))
  const run = await runProgram(['analyse', '--features', 'F.csv', '--clinical', 'D.csv', '--output', 'never'], folder)
  expect(run.stderr.match(/^.*(?= is not UTF-8)/gm)).toEqual(['F.csv', 'D.csv'])
})

test('IDs that are written in two ways are named, and not joined', async () => {
  writeFileSync(join(folder, 'F.csv'), 'id,x\nP01,1\nP2,2\n')
  writeFileSync(join(folder, 'D.csv'), 'id,cohort,outcome\np1,training,0\nP2,training,1\n')
  const run = await runProgram(['analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'D.csv', '--output', 'out'], folder) // prettier-ignore
  expect(run.stderr).toContain('D.csv has no row for 1 patients of F.csv: P01.')
  expect(run.stderr).toContain('Likely the same, and not joined: P01 and p1. Write them alike.')
  expect(run.exitCode).toBe(1)
})

test('a sheet of a workbook is a table like any other; which of several was read is said', async () => {
  const book = readFileSync('reference/workbooks/study.xlsx')
  const byOutcome = ['table1', '--clinical', 'C.xlsx', '--by', 'outcome']
  writeFileSync(join(folder, 'C.xlsx'), book)
  const run = await runProgram([...byOutcome, '--sheet', 'Clinical'], folder)
  expect([run.exitCode, run.stderr]).toEqual([0, ''])
  const first = await runProgram(byOutcome, folder)
  expect([first.exitCode, first.stderr.split('\n')]).toEqual([1, [expect.stringMatching('the sheets Features, Clinical; Features is read'), expect.stringMatching('no column outcome'), '']]) // prettier-ignore
})

test('two tables are two sheets of one workbook', async () => {
  const files = { clinical: 'C.xlsx#Clinical', features: 'C.xlsx#Features' }
  const named = await runProgram(['table1', '--clinical', files.clinical, '--by', 'outcome', '--sheet', 'Features'], folder)
  expect([named.exitCode, named.stderr]).toEqual([0, ''])
  const both = await runProgram(['analyse', '--features', files.features, '--clinical', files.clinical, '--output', 'book'], folder) // prettier-ignore
  expect([both.exitCode, both.stderr]).toEqual([
    1,
    expect.stringContaining('C.xlsx#Features cannot be used:\n  row 2 (007), column scanned'),
  ])
  const none = await runProgram(['table1', '--clinical', 'C.xlsx#clinical', '--by', 'outcome'], folder)
  expect([none.exitCode, none.stderr]).toEqual([1, 'C.xlsx has no sheet clinical; it has Features, Clinical.\n'])
})

test('a broken workbook and a picture are refused with the way out, and no byte of them reaches the terminal', async () => {
  const workbook = await table1(Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]))
  expect([workbook.exitCode, workbook.stderr]).toEqual([1, 'C.csv is a workbook that is cut off or damaged.\n'])
  const picture = await table1(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 1]))
  expect([picture.exitCode, picture.stderr]).toEqual([
    2,
    'C.csv: This is no text, but a binary file. Save the table as "CSV UTF-8" or .xlsx.\n',
  ])
})

test('a table whose IDs are called otherwise is read with --id, and says so without', async () => {
  const text = clinical('').replace('id,', 'PatientID,')
  const refused = await table1(text)
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('Is PatientID the ID? Say --id "PatientID", or call it id.')]) // prettier-ignore
  expect((await table1(text, '--id', 'PatientID')).exitCode).toBe(0)
})
