import { expect, test } from 'vitest'
import { findClinicalRows, guessVariables } from './guessVariables.ts'

const guessed = (columns: readonly string[]) => {
  const { id, variables, others } = guessVariables(columns)
  return { id, of: Object.fromEntries(variables.map((spec) => [spec.id, spec.ishColumn === undefined ? spec.column : [spec.column, spec.ishColumn]])), others } // prettier-ignore
}

test('columns by English names', () => {
  expect(guessed(['Patient ID', 'Age (years)', 'BMI', 'Max. diameter (cm)', 'TIC type', 'Side', 'ER %', 'PR(%)', 'HER2 IHC', 'HER2 FISH', 'Ki-67 (%)', 'ALN metastasis', 'Date of surgery', 'MRI date', 'Surgeon'])).toEqual({
    id: 'Patient ID',
    of: { age: 'Age (years)', bmi: 'BMI', size_cm: 'Max. diameter (cm)', tic: 'TIC type', side: 'Side', er: 'ER %', pr: 'PR(%)', ki67: 'Ki-67 (%)', aln: 'ALN metastasis', surgery_date: 'Date of surgery', mri_date: 'MRI date', her2: ['HER2 IHC', 'HER2 FISH'] },
    others: ['Surgeon'],
  }) // prettier-ignore
})

test('columns by Chinese names', () => {
  expect(guessed(['\u4f4f\u9662\u53f7', '\u5e74\u9f84', '\u80bf\u7624\u5927\u5c0f', '\u96cc\u6fc0\u7d20\u53d7\u4f53', 'HER2', '\u6dcb\u5df4\u7ed3', '\u624b\u672f\u65e5\u671f'])).toEqual({
    id: '\u4f4f\u9662\u53f7',
    of: { age: '\u5e74\u9f84', size_cm: '\u80bf\u7624\u5927\u5c0f', er: '\u96cc\u6fc0\u7d20\u53d7\u4f53', her2: 'HER2', aln: '\u6dcb\u5df4\u7ed3', surgery_date: '\u624b\u672f\u65e5\u671f' },
    others: [],
  }) // prettier-ignore
})

test('what nothing says is left alone: no variable is made of a word inside another', () => {
  expect(guessed(['name', 'stage', 'operator', 'presentation', 'average', 'fisher', 'percent'])).toMatchObject({
    id: 'name',
    of: {},
    others: ['stage', 'operator', 'presentation', 'average', 'fisher', 'percent'],
  })
})

test('an ID is guessed before a name that stands beside it; a name alone is better than nothing', () => {
  expect(guessVariables(['Name', 'Patient ID', 'Age']).id).toBe('Patient ID')
  expect(guessVariables(['\u59d3\u540d', '\u4f4f\u9662\u53f7']).id).toBe('\u4f4f\u9662\u53f7')
  expect(guessVariables(['Name', 'Age']).id).toBe('Name')
})

test('the row of names is found below a title, each name is there once, and blank rows are none', () => {
  const rows = [['Patients of 2020', '', ''], [], ['id', 'Age', 'ER', 'Side', '', 'Age'], ['1', '50', '90', 'left', 'x', '51'], ['', ' '], ['2', '61', '5', 'right', '', '62']] // prettier-ignore
  expect(findClinicalRows(rows)).toEqual({
    columns: ['id', 'Age', 'ER', 'Side', 'column 5', 'Age (2)'],
    rows: [rows[3], rows[5]],
  })
  expect(findClinicalRows([])).toEqual({ columns: [], rows: [] })
})
