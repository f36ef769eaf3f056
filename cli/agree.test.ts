import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from './runProgram.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-agree-'))
  const readings = readFileSync('reference/statistics/two_readers.csv', 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')) // prettier-ignore
  // The second file lists the patients the other way round, and one more.
  write('first.csv', ['id,texture,flat', ...readings.map(([first], i) => `p${i},${first},1`)])
  write('second.csv', ['id,flat,texture', 'p99,4,4', ...readings.map(([, second], i) => `p${i},1,${second}`).reverse()])
  write('few.txt', readings.slice(0, 12).map((_, i) => `p${i}`)) // prettier-ignore
})
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, lines: string[]) => writeFileSync(join(folder, name), lines.join('\n'))
const agree = (...args: string[]) => runProgram(['agree', '--first', 'first.csv', '--second', 'second.csv', '--output', 'icc.csv', ...args], folder) // prettier-ignore
const readRows = () => readFileSync(join(folder, 'icc.csv'), 'utf8').trim().split('\n').map((line) => line.split(',')) // prettier-ignore

test('a row each feature with the ICC, its test and interval', async () => {
  const { exitCode, stdout } = await agree()
  expect([exitCode, stdout]).toEqual([0, '1 of 2 features kept: ICC2 (ICC(2,1)) estimate above 0.75 in 50 re-read patients, all of them, labels unseen; 1 have no ICC.\n']) // prettier-ignore
  const [header, texture, flat] = readRows()
  expect(header.slice(0, 9)).toEqual(['feature', 'icc', 'lower', 'upper', 'f', 'df1', 'df2', 'p', 'kept'])
  const { ICC2 } = JSON.parse(readFileSync('reference/statistics/icc.json', 'utf8')).two_readers
  ;[ICC2.icc, ICC2.lower, ICC2.upper].forEach((value, i) => expect(Number(texture[i + 1])).toBeCloseTo(value, 6))
  expect(flat).toEqual(['flat', '', '', '', '', '49', '49', '', '0', '50', 'the readings do not vary'])
})

test('other forms, the lower bound, some patients', async () => {
  expect((await agree('--type', 'ICC3k', '--on', 'lower bound', '--threshold', '0.9')).stdout).toContain('0 of 2 features kept: ICC3k (ICC(3,k)) lower bound above 0.9') // prettier-ignore
  const { stderr, stdout } = await agree('--train', 'few.txt')
  expect(stdout).toContain('in 12 patients')
  expect(stderr).toContain('Only 12 re-read patients')
})

test('wrong use and wrong files are told', async () => {
  expect(await agree('--threshold', 'high')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('"high" was given') })
  expect(await agree('--type', 'ICC4')).toMatchObject({ exitCode: 2 })
  write('other.csv', ['id,texture', 'q1,2', 'q2,3'])
  expect(await agree('--second', 'other.csv')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('there are 0') })
  expect(await agree('--first', 'missing.csv')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('missing.csv cannot be read') }) // prettier-ignore
})
