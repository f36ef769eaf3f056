import { beforeAll, expect, test } from 'vitest'
import '../../../messages/sayAnalysis.ts'
import { defaultEvaluationOptions } from '../../../core/evaluate/evaluateModel.ts'
import { evaluateScoreTable, type ScoreRecord } from '../../../core/evaluate/scoreRecord.ts'
import { asah, markers } from '../../../state/analysis/madeAsah.ts'
import { paperHtml } from '../charts/paperHtml.ts'
import { paperOfTable2, paperOfTable3 } from './paperTables.ts'

let record: ScoreRecord
beforeAll(async () => {
  record = await evaluateScoreTable(
    {
      ids: asah.outcome.map((_, i) => `A${i}`),
      outcome: Float64Array.from(asah.outcome),
      cohortOf: asah.outcome.map(() => 'all <113>'),
      patientOf: null,
      trainCohort: null,
      models: markers.map((name) => ({ name, kind: 'undeclared', recalibrate: false, scores: Float64Array.from(asah[name]) })),
    },
    { ...defaultEvaluationOptions, resamples: 100 },
  )
})

const textsOf = (html: string) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent)) // prettier-ignore

test('Table 2 in the paper’s form: a heading each cohort, a row each model, pROC’s numbers, kinds of intervals below', () => {
  const paper = paperOfTable2(record, 'Clopper-Pearson')
  const [heads, cohort, s100b] = textsOf(paperHtml(paper))
  expect(heads).toEqual(['Cohort, model', ...['AUC', 'ACC', 'SEN', 'SPE', 'PPV', 'NPV'].map((name) => `${name} (95 % CI)`)])
  expect(cohort).toEqual(['all <113>'])
  expect(s100b.slice(0, 2)).toEqual(['s100b', '0.731 (0.630-0.833)'])
  expect([s100b[3], s100b[4]]).toEqual(['0.634 (0.469-0.779)', '0.806 (0.695-0.889)'])
  expect(paper.notes.join(' ')).toMatch(/DeLong.*Clopper-Pearson/)
  expect(paperOfTable2(record, 'bootstrap').notes.join(' ')).toMatch(/bootstrap/)
})

test('Table 3: every pair with its difference, P and test', () => {
  const rows = textsOf(paperHtml(paperOfTable3(record)))
  expect(rows[0]).toEqual(['models', 'difference of AUC (95 % CI)', 'Z', 'P'])
  expect(rows.find(([models]) => models === 'ndka - wfns')!.at(-1)).toBe('0.005')
})
