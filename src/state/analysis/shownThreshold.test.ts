// @vitest-environment node
import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { defaultEvaluationOptions } from '../../core/evaluate/evaluateModel.ts'
import { evaluateScoreTable } from '../../core/evaluate/scoreRecord.ts'
import { asah } from './madeAsah.ts'
import type { ScoresStore } from './scores.ts'
import { thresholdOf } from './shownThreshold.ts'
import type { StudyStore } from './study.ts'
import { nothingInHand } from './studyState.ts'

const evaluated = (positive: number) =>
  evaluateScoreTable(
    {
      ids: asah.outcome.map((_, i) => `p${i}`),
      outcome: Float64Array.from(asah.outcome, (value) => (value === positive ? 1 : 0)),
      cohortOf: asah.outcome.map(() => 'all'),
      patientOf: null,
      trainCohort: null,
      models: [{ name: 's100b', kind: 'undeclared', recalibrate: false, scores: Float64Array.from(asah.s100b) }],
    },
    { ...defaultEvaluationOptions, resamples: 100 },
  )

test('each task keeps its threshold, its prevalence and its cost of a miss; another evaluation of it keeps them too', async () => {
  const [first, second, again] = await Promise.all([evaluated(1), evaluated(0), evaluated(1)])
  const scoresStore = createStore(() => ({ record: null, firstLook: null })) as unknown as ScoresStore
  const door = { files: { features: new File([], 'f.csv') } }
  const studyStore = createStore(() => ({ ...nothingInHand, door, scores: first, task: 0 })) as unknown as StudyStore
  const threshold = thresholdOf({ scoresStore, studyStore })
  threshold.getState().setPrevalence(0.1)
  threshold.getState().setCostOfMiss(5)
  threshold.getState().move(7)
  studyStore.setState({ scores: second, task: 1 })
  expect(threshold.getState()).toMatchObject({ prevalence: null, costOfMiss: 1, rule: 'youden', shown: { record: second } })
  threshold.getState().move(3)
  studyStore.setState({ scores: first, task: 0 })
  expect(threshold.getState()).toMatchObject({ prevalence: 0.1, costOfMiss: 5, index: 7, shown: { record: first } })
  studyStore.setState({ scores: again })
  expect(threshold.getState()).toMatchObject({ prevalence: 0.1, costOfMiss: 5, shown: { record: again } })
  studyStore.setState({ scores: second, task: 1 })
  expect(threshold.getState()).toMatchObject({ prevalence: null, index: 3, shown: { record: second } })
})
