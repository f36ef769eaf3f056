import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { say } from '../../messages/say.ts'
import { formatP } from '../numeric/formatP.ts'
import { formatTable1 } from './formatTable1.ts'
import { formatQuartiles, formatShare, makeTable1, type CategoricalRow, type ContinuousRow } from './table1.ts'

const reference = JSON.parse(readFileSync('reference/r/table1.json', 'utf8')) as {
  published: Record<string, { levels: string[]; training: number[]; validation: number[]; printed: string; p: number }>
  asah: {
    continuous: Record<string, { quartiles: Record<string, number[]>; p: number; kruskal_by_wfns: number }>
    categorical: Record<string, { p: number; fisher: number; small: number }>
  }
}
const near = (ours: number, theirs: number) => expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-6)

test.each(Object.entries(reference.published))("the paper's P of %s comes out of its counts", (name, { levels, ...one }) => {
  const patients = (['training', 'validation'] as const).flatMap((group) =>
    levels.flatMap((level, l) => Array.from({ length: one[group][l] }, () => ({ group, level }))),
  )
  const values = patients.map(({ level }) => level)
  const table = makeTable1(patients.map(({ group }) => group), [{ name, kind: 'categorical', levels, values }]) // prettier-ignore
  const row = table.rows[0] as CategoricalRow
  expect(table.groups).toEqual([{ name: 'training', patients: 250 }, { name: 'validation', patients: 152 }]) // prettier-ignore
  expect(row.counts).toEqual(levels.map((_, l) => [one.training[l], one.validation[l]]))
  near(row.test.p, one.p)
  expect(formatP(row.test.p)).toBe(one.printed)
})

const [header, ...lines] = readFileSync('reference/statistics/asah.csv', 'utf8').trim().split('\n')
const names = header.replaceAll('"', '').split(',')
const column = (name: string) => lines.map((line) => line.split(',')[names.indexOf(name)])
const numbers = (name: string) => ({ name, kind: 'continuous' as const, values: column(name).map(Number) })
const levelled = (name: string) => ({ name, kind: 'categorical' as const, values: column(name), levels: [...new Set(column(name))].sort() }) // prettier-ignore

test.each(Object.entries(reference.asah.continuous))('%s of the aSAH data by outcome and by grade equals R', (name, answer) => {
  const table = makeTable1(column('outcome'), [numbers(name)])
  const row = table.rows[0] as ContinuousRow
  near(row.test.p, answer.p)
  table.groups.forEach((group, g) => {
    const { q1, median, q3 } = row.quartiles[g]
    ;[q1, median, q3].forEach((value, i) => near(value, answer.quartiles[group.name][i]))
  })
  const byGrade = makeTable1(column('wfns'), [numbers(name)]).rows[0]
  expect(byGrade.test.method).toBe('Kruskal-Wallis')
  near(byGrade.test.p, answer.kruskal_by_wfns)
})

test.each(Object.entries(reference.asah.categorical))('%s of the aSAH data by outcome equals R', (name, answer) => {
  const row = makeTable1(column('outcome'), [levelled(name)]).rows[0]
  near(row.test.p, answer.p)
  if (answer.small === 0) return expect([row.test.fisherP, row.notes]).toEqual([undefined, []])
  near(row.test.fisherP!, answer.fisher)
  expect(row.notes.map(say)).toEqual([`${answer.small} of 10 expected counts are below 5`])
})

const groups = ['a', 'b', 'a', 'b', null, 'a']

test('missing values are counted a group; patients without a group are left out', () => {
  const table = makeTable1(groups, [
    { name: 'size', kind: 'continuous', values: [1, 2, NaN, NaN, 9, 3] },
    { name: 'side', kind: 'categorical', levels: ['left', 'right', 'both'], values: ['left', null, 'right', 'left', 'both', 'left'] }, // prettier-ignore
  ])
  expect(table.withoutGroup).toBe(1)
  expect(table.rows.map(({ missing }) => missing)).toEqual([[1, 1], [0, 1]]) // prettier-ignore
  expect(formatTable1(table, say).rows).toEqual([
    ['size', '', '2.00 [1.50;2.50]', '2.00 [2.00;2.00]', '1.000', '', 'Mann-Whitney U', ''],
    ['size', 'missing', '1', '1', '', '', '', ''],
    ['side', '', '', '', '1.000', '1.000', "chi-square with Yates's correction", '4 of 4 expected counts are below 5'],
    ['side', 'left', '2 (66.7%)', '1 (100.0%)', '', '', '', ''],
    ['side', 'right', '1 (33.3%)', '0 (0.0%)', '', '', '', ''],
    ['side', 'both', '0 (0.0%)', '0 (0.0%)', '', '', '', ''],
    ['side', 'missing', '0', '1', '', '', '', ''],
  ])
  expect(formatTable1(table, say).columns.slice(2, 4)).toEqual(['a (n=3)', 'b (n=2)'])
})

test('variables that do not vary or lack a group are shown without a P', () => {
  const { rows } = makeTable1(groups, [
    { name: 'flat', kind: 'continuous', values: [2, 2, 2, 2, 3, 2] },
    { name: 'onlyA', kind: 'continuous', values: [1, NaN, 2, NaN, 5, 3] },
    { name: 'sex', kind: 'categorical', levels: ['f', 'm'], values: ['f', 'f', 'f', 'f', 'm', 'f'] },
    { name: 'none', kind: 'categorical', levels: [], values: groups.map(() => null) },
  ])
  expect(rows.map(({ test, notes }) => [test.p, notes.map(say)])).toEqual([
    [NaN, ['does not vary']],
    [NaN, ['a group has no value']],
    [NaN, ['does not vary']],
    [NaN, ['a group has no value']],
  ])
  expect(formatTable1({ groups: [{ name: 'a', patients: 3 }, { name: 'b', patients: 2 }], withoutGroup: 1, rows }, say).rows[1]).toEqual(['onlyA', '', '2.00 [1.50;2.50]', '', '', '', 'Mann-Whitney U', 'a group has no value']) // prettier-ignore
})

test("a table too large for Fisher's test says so and keeps the chi-square P", () => {
  const many = Array.from({ length: 400 }, (_, i) => i)
  const row = makeTable1(many.map((i) => `g${i % 13}`), [{ name: 'ward', kind: 'categorical', levels: many.slice(0, 14).map(String), values: many.map((i) => String(i % 14)) }]).rows[0] // prettier-ignore
  expect(row.test.fisherP).toBeUndefined()
  expect(row.notes.map(say).join()).toContain('Merge rare categories')
})

test('P in three digits', () => {
  expect([0.0004, 0.001, 0.0009999, 0.0495, 0.98, 1, NaN].map(formatP)).toEqual(['<0.001', '0.001', '<0.001', '0.050', '0.980', '1.000', '']) // prettier-ignore
  expect(formatShare(0, 0)).toBe('')
  expect(formatQuartiles({ median: NaN, q1: NaN, q3: NaN })).toBe('')
})

test('wrong tables are refused', () => {
  expect(() => makeTable1(['a', 'a', null], [])).toThrowSaying('is only a')
  expect(() => makeTable1([null], [])).toThrowSaying('is none')
  expect(() => makeTable1(groups, [{ name: 'age', kind: 'continuous', values: [1] }])).toThrowSaying(
    'age has 1 values for 6 patients',
  )
  expect(() => makeTable1(groups, [{ name: 'sex', kind: 'categorical', levels: ['f'], values: ['m', 'f', 'f', 'f', 'f', 'f'] }])).toThrowSaying('no level "m"') // prettier-ignore
})
