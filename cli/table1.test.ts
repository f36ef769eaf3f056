import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from './runProgram.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-table1-'))
  const [header, ...lines] = readFileSync('reference/statistics/asah.csv', 'utf8').replaceAll('"', '').trim().split('\n')
  writeFileSync(join(folder, 'asah.csv'), [`id,${header}`, ...lines.map((line, i) => `p${i},${line}`)].join('\n'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const table1 = (...args: string[]) => runProgram(['table1', '--clinical', 'asah.csv', '--by', ...args], folder)

test('the table is printed as text, rounded as in papers', async () => {
  const { exitCode, stdout, stderr } = await table1('outcome')
  expect([exitCode, stderr]).toEqual([0, ''])
  const lines = stdout.trim().split('\n')
  expect(lines[0]).toBe('variable,level,0 (n=72),1 (n=41),p,fisher_p,test,note')
  expect(lines).toContain('s100b,,0.11 [0.08;0.17],0.30 [0.12;0.56],<0.001,,Mann-Whitney U,')
  expect(lines).toContain('wfns,1,37 (51.4%),2 (4.9%),,,,')
  expect(lines.find((line) => line.startsWith('female,,'))).toBe("female,,,,0.085,,chi-square with Yates's correction,")
})

test('JSON has all digits', async () => {
  await table1('outcome', '--output', 'table.json')
  const { rows } = JSON.parse(readFileSync(join(folder, 'table.json'), 'utf8'))
  const { p } = JSON.parse(readFileSync('reference/r/table1.json', 'utf8')).asah.continuous.age
  expect(rows.find(({ name }: { name: string }) => name === 'age').test.p).toBeCloseTo(p, 9)
})

test('a file is written, with the variables as asked for', async () => {
  const { stdout } = await table1('female', '--continuous', 'wfns', '--leave-out', 'age', '--output', 'table.csv')
  expect(stdout).toBe('')
  const written = readFileSync(join(folder, 'table.csv'), 'utf8')
  expect(written).toMatch(/^wfns,,\d\.\d\d \[/m)
  expect(written).not.toMatch(/^age/m)
})

test('a column that is not there, or has one group, is told', async () => {
  expect(await table1('outcom')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('did you mean outcome') })
  writeFileSync(join(folder, 'one.csv'), 'id,cohort,age\na,x,1\nb,x,2\n')
  const { exitCode, stderr } = await runProgram(['table1', '--clinical', 'one.csv', '--by', 'cohort'], folder)
  expect([exitCode, stderr]).toEqual([1, 'A table of groups needs at least two; there is only x.\n'])
})
