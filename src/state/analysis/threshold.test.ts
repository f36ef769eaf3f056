// @vitest-environment node

import { beforeAll, expect, test } from 'vitest'
import { asah } from './madeAsah.ts'
import { defaultEvaluationOptions } from '../../core/evaluate/evaluateModel.ts'
import { countsAt } from '../../core/evaluate/readThreshold.ts'
import { evaluateScoreTable, type ScoreRecord } from '../../core/evaluate/scoreRecord.ts'
import { createThresholdStore, placeOfThreshold } from './threshold.ts'

let record: ScoreRecord
beforeAll(async () => {
  const options = { ...defaultEvaluationOptions, aucResamples: 20, resamples: 20 }
  const cohortOf = asah.outcome.map((_, i) => (i % 3 === 0 ? 'B' : 'A'))
  const models = (['s100b', 'ndka'] as const).map((name) => ({ name, kind: 'undeclared' as const, recalibrate: false, scores: Float64Array.from(asah[name]) })) // prettier-ignore
  const ids = asah.outcome.map((_, i) => `p${i}`)
  record = await evaluateScoreTable({ ids, outcome: Float64Array.from(asah.outcome), cohortOf, patientOf: null, models, trainCohort: 'A' }, options) // prettier-ignore
})

function shown() {
  const store = createThresholdStore()
  store.getState().show(record)
  return store
}

test('validation is seen first, at the cut-off that is carried to it', () => {
  const { shown: model, index, exact } = shown().getState()
  expect(model?.cohort.cohort).toBe('B')
  const carried = model!.model.cutoffs.find(({ source }) => source === 'carried')!
  expect(exact).toBe(carried.cutoff.threshold)
  expect(countsAt(model!.model.roc, index)).toEqual(carried.classification!.counts)
})

test('steps stop at the ends, and a step leaves the chosen number', () => {
  const store = shown()
  store.getState().step(10_000)
  const { shown: model, index, exact } = store.getState()
  expect(index).toBe(model!.model.roc.thresholds.length - 1)
  expect([exact, placeOfThreshold(store.getState())]).toEqual([null, Infinity])
  store.getState().step(-10_000)
  expect(store.getState().index).toBe(0)
})

test('a typed number stands as it is and calls its own patients', () => {
  const store = shown()
  store.getState().moveTo(0.2001)
  const { shown: model, index } = store.getState()
  expect(placeOfThreshold(store.getState())).toBe(0.2001)
  const called = [...model!.scores].filter((score, i) => score >= 0.2001 && model!.patients.outcome[i] === 1).length
  expect(countsAt(model!.model.roc, index).truePositives).toBe(called)
})

test('the cut-off of these patients themselves is another one, and comes by asking', () => {
  const store = shown()
  store.getState().chooseRule('youden', true)
  const own = store.getState().shown!.model.cutoffs.find(({ source }) => source === 're-chosen')!
  expect(store.getState().exact).toBe(own.cutoff.threshold)
})

test('the next model stays in the cohort, and the rule holds for it', () => {
  const store = shown()
  store.getState().chooseRule('sensitivity')
  store.getState().nextModel()
  const { shown: model, exact, rule } = store.getState()
  expect([model!.cohort.cohort, model!.model.model, rule]).toEqual(['B', 'ndka', 'sensitivity'])
  const learnt = record.evaluation.cohorts[0].models[1].roc
  expect(exact).toBe(learnt.thresholds[learnt.sensitivity.findLastIndex((value) => value >= 0.9)])
})

test('a dearer miss moves the cut-off of that rule down, not the one in hand by itself', () => {
  const store = shown()
  store.getState().chooseRule('cost')
  const before = store.getState().exact!
  store.getState().setCostOfMiss(3)
  expect(store.getState().exact).toBe(before)
  store.getState().chooseRule('cost')
  expect(store.getState().exact!).toBeLessThan(before)
})

test('where a miss is so dear that everybody is best called positive, the threshold stands below all scores', () => {
  const store = shown()
  store.getState().setCostOfMiss(500)
  store.getState().chooseRule('cost')
  expect(store.getState()).toMatchObject({ index: 0, exact: null })
})
