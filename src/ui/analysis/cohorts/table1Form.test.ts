import { expect, test } from 'vitest'
import { makeTable1 } from '../../../core/cohort/table1.ts'
import { paperHtml } from '../charts/paperHtml.ts'
import { formOfTable1, paperOfTable1 } from './table1Form.ts'

const groups = ['I', 'I', 'I', 'I', 'II', 'II', 'II', 'II']
const table = makeTable1(groups, [
  { name: 'Age', kind: 'continuous', values: [40, 50, 60, NaN, 41, 52, 63, 75] },
  { name: 'ER', kind: 'categorical', levels: ['<1 %', 'positive'], values: ['<1 %', 'positive', 'positive', 'positive', '<1 %', '<1 %', 'positive', null] }, // prettier-ignore
  { name: 'flat', kind: 'continuous', values: [1, 1, 1, 1, 1, 1, 1, 1] },
])

test('Table 1 in the form of a paper: levels and missing values below their variable, Fisher where counts are small, tests in footnotes', () => {
  const { heads, lines, footnotes } = formOfTable1(table, 'median')
  expect(heads).toEqual(['I (n = 4)', 'II (n = 4)'])
  expect(lines.map(({ name, isLevel, cells, p, mark }) => [isLevel ? `  ${name}` : name, ...cells, p, mark])).toEqual([
    ['Age', '50.00 [45.00;55.00]', '57.50 [49.25;66.00]', '0.400', 'a'],
    ['  missing', '1', '0', '', ''],
    ['ER', '', '', '0.486', 'b'],
    ['  <1 %', '1 (25.0%)', '2 (66.7%)', '', ''],
    ['  positive', '3 (75.0%)', '1 (33.3%)', '', ''],
    ['  missing', '0', '1', '', ''],
    ['flat', '1.00 [1.00;1.00]', '1.00 [1.00;1.00]', '', ''],
  ])
  expect(footnotes).toEqual([
    ['a', 'Mann-Whitney U'],
    ['b', 'Fisher’s exact test, as an expected count is below 5'],
  ])
})

test('the file for a manuscript escapes what it holds, and leaves P out where a journal wants none', () => {
  const html = paperHtml(paperOfTable1(formOfTable1(table, 'median'), 'median', false))
  expect(html).toContain('&lt;1 %')
  expect(html).not.toMatch(/<sup>|0\.400/)
  const page = new DOMParser().parseFromString(
    paperHtml(paperOfTable1(formOfTable1(table, 'median'), 'median', true)),
    'text/html',
  )
  expect([...page.querySelectorAll('tr')].map((row) => row.children.length)).toEqual(Array(8).fill(4))
})

test('mean ± SD stand in place of quartiles where a paper wants them, and the note says which', () => {
  const form = formOfTable1(table, 'mean')
  expect(form.lines.filter(({ name }) => name === 'Age' || name === 'flat').map(({ cells }) => cells)).toEqual([
    ['50.00 ± 10.00', '57.75 ± 14.59'],
    ['1.00 ± 0.00', '1.00 ± 0.00'],
  ])
  expect(paperOfTable1(form, 'mean', true).notes[0]).toBe('Mean ± standard deviation, or number of patients (%).')
})
