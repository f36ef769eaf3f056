import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { read } from '@e965/xlsx'
import '../../../messages/sayAnalysis.ts'
import { defaultEvaluationOptions } from '../../../core/evaluate/evaluateModel.ts'
import { evaluateScoreTable } from '../../../core/evaluate/scoreRecord.ts'
import { asah, markers } from '../../../state/analysis/madeAsah.ts'
import { makeWorkbook } from '../charts/savedTables.ts'
import { sheetsOf, zipTables } from './exportFiles.ts'

const record = await evaluateScoreTable(
  {
    ids: asah.outcome.map((_, i) => String(i).padStart(4, '0')),
    outcome: Float64Array.from(asah.outcome),
    cohortOf: asah.outcome.map(() => 'all'),
    patientOf: null,
    trainCohort: null,
    models: markers.map((name) => ({ name, kind: 'undeclared', recalibrate: false, scores: Float64Array.from(asah[name]) })),
  },
  { ...defaultEvaluationOptions, resamples: 100 },
)

test('the workbook has tables 2 and 3 and every patient with her ID as text and her scores', async () => {
  const book = read(await makeWorkbook(sheetsOf(record, 'Clopper-Pearson')), { type: 'array' })
  expect(book.SheetNames).toEqual(['table2', 'table3', 'scores'])
  const { scores } = book.Sheets
  expect(['A1', 'B1', 'C1', 'D1', 'E1', 'F1'].map((at) => scores[at].v)).toEqual(['id', 'cohort', 'outcome', ...markers])
  expect(scores.A9).toMatchObject({ t: 's', v: '0007' })
  expect(['C9', 'D9', 'E9', 'F9'].map((at) => scores[at].v)).toEqual([asah.outcome[7], ...markers.map((name) => asah[name][7])])
  expect(scores['!ref']).toBe(`A1:F${asah.outcome.length + 1}`)
  expect(book.Sheets.table2.C2.v).toBe('0.731 (0.630-0.833)')
})

test('the CSV files have the same scores', async () => {
  const files = unzipSync(await zipTables(record, 'Clopper-Pearson'))
  const [head, ...rows] = strFromU8(files['scores.csv']).trim().split(/\r?\n/)
  expect(head).toBe(`id,cohort,outcome,${markers.join()}`)
  expect(rows[7]).toBe(`0007,all,${asah.outcome[7]},${markers.map((name) => asah[name][7]).join()}`)
})
