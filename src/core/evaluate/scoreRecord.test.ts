import { expect, test } from 'vitest'
import { markers, readAsah, rocReference } from '../../../reference/evaluation.ts'
import { defaultEvaluationOptions } from './evaluateModel.ts'
import { evaluateScoreTable } from './scoreRecord.ts'
import type { ScoreTable } from './scoreTable.ts'

const asah = readAsah()
const quick = { ...defaultEvaluationOptions, aucResamples: 50, resamples: 50 }
const table = (change: Partial<ScoreTable> = {}): ScoreTable => ({
  ids: asah.outcome.map((_, i) => `row ${i + 2}`),
  outcome: Float64Array.from(asah.outcome),
  cohortOf: asah.outcome.map(() => 'all'),
  patientOf: null,
  models: markers.map((name) => ({ name, kind: 'undeclared', recalibrate: false, scores: Float64Array.from(asah[name]) })),
  trainCohort: null,
  ...change,
})

test('a table without a training cohort is judged as pROC judges it, with a band for each model', async () => {
  const { evaluation, patients } = await evaluateScoreTable(table(), quick)
  expect(evaluation.learntFrom).toEqual([])
  expect(evaluation.cohorts[0].models.map(({ auc }) => auc.auc.toFixed(6))).toEqual(
    markers.map((name) => rocReference.curves[name].auc.toFixed(6)),
  )
  expect(Object.keys(patients[0].bands)).toEqual([...markers])
  expect([...patients[0].scores.ndka]).toEqual(asah.ndka)
})

test('cut-offs are learnt from the cohort that is named and carried to the other; each cohort has its own patients', async () => {
  const cohortOf = asah.outcome.map((_, i) => (i % 3 === 0 ? 'B' : 'A'))
  const { evaluation, patients } = await evaluateScoreTable(table({ cohortOf, trainCohort: 'A' }), quick)
  expect(evaluation.learntFrom).toHaveLength(cohortOf.filter((name) => name === 'A').length)
  const [, b] = evaluation.cohorts
  expect([b.cohort, b.role, b.models[0].cutoffs.map(({ source }) => source)]).toEqual([
    'B',
    'validation',
    ['carried', 're-chosen'],
  ])
  expect(patients[1].ids).toEqual(table().ids.filter((_, i) => cohortOf[i] === 'B'))
})

test('a cohort of one class has patients and no band', async () => {
  const cohortOf = asah.outcome.map((y) => (y === 1 ? 'ill' : 'mixed'))
  cohortOf[asah.outcome.indexOf(1)] = 'mixed'
  const { evaluation, patients } = await evaluateScoreTable(table({ cohortOf }), quick)
  const ill = evaluation.cohorts.findIndex(({ cohort }) => cohort === 'ill')
  expect(evaluation.cohorts[ill].unusable).not.toBeNull()
  expect(patients[ill].bands).toEqual({})
})
