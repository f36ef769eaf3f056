// @vitest-environment node

import { expect, test } from 'vitest'
import { asah, markers } from '../../../state/analysis/madeAsah.ts'
import { classifyAt } from '../../../core/evaluate/classification.ts'
import { defaultEvaluationOptions } from '../../../core/evaluate/evaluateModel.ts'
import { evaluateScoreTable } from '../../../core/evaluate/scoreRecord.ts'
import { createThresholdStore } from '../../../state/analysis/threshold.ts'
import { readOut, sayThreshold } from './readout.ts'

async function store(probability = false) {
  const most = Math.max(...asah.s100b)
  const options = { ...defaultEvaluationOptions, aucResamples: 20, resamples: 20 }
  const models = markers.map((name) => ({
    name,
    kind: probability && name === 's100b' ? ('probability' as const) : ('undeclared' as const),
    scores: Float64Array.from(asah[name], (score) => (probability && name === 's100b' ? score / (most * 1.01) : score)),
  }))
  const cohortOf = asah.outcome.map(() => 'all')
  const ids = asah.outcome.map((_, i) => `p${i}`)
  const record = await evaluateScoreTable({ ids, outcome: Float64Array.from(asah.outcome), cohortOf, patientOf: null, models, trainCohort: null }, options) // prettier-ignore
  const threshold = createThresholdStore()
  threshold.getState().show(record)
  return threshold
}

test('the numbers of s100b at Youden’s cut-off, as the design gives them', async () => {
  const told = readOut((await store()).getState(), null)
  expect([told.threshold, told.tp, told.fp, told.tn, told.fn]).toEqual(['0.205', '26', '14', '58', '15'])
  expect([told['sensitivity.of'], told['sensitivity.value'], told['sensitivity.interval']]).toEqual([
    '26/41',
    '0.634',
    '0.469–0.779',
  ])
  expect([told['specificity.value'], told['specificity.interval']]).toEqual(['0.806', '0.695–0.889'])
  expect([told.ratios, told.ratiosInterval]).toEqual(['3.26, 0.45', '1.93–5.51, 0.30–0.69'])
  expect([told.benefit, told.treatAll]).toEqual(['–', 'not a probability'])
  expect(told.same).toBe('0.19 to 0.22 call the same patients')
  expect(sayThreshold(told)).toBe('Cut-off 0.205, sensitivity 0.634, specificity 0.806')
})

test('a threshold says who put it there: a hand that moved it is not the rule', async () => {
  const threshold = await store()
  expect(readOut(threshold.getState(), null).origin).toBe('chosen on all itself')
  threshold.getState().step(1)
  expect(readOut(threshold.getState(), null).origin).toBe('set by hand')
  threshold.getState().chooseRule('youden')
  expect(readOut(threshold.getState(), null).origin).toBe('chosen on all itself')
})

test('at another prevalence predictive values are Bayes’s, and only a bootstrap has an interval for them', async () => {
  const threshold = await store()
  threshold.getState().setPrevalence(0.1)
  const told = readOut(threshold.getState(), null)
  const [sensitivity, alarms] = [26 / 41, 14 / 72]
  expect(told['ppv.value']).toBe(((sensitivity * 0.1) / (sensitivity * 0.1 + alarms * 0.9)).toFixed(3))
  expect([told['ppv.of'], told['ppv.interval']]).toEqual(['', ''])
  expect(told.frequencies).toBe('6 positives found, 4 missed; 17 called positive in vain.')
})

test('a bootstrap in which nothing varies does not stand as an interval: the exact one does, named', async () => {
  const threshold = await store()
  threshold.getState().move(0)
  const state = threshold.getState()
  const { scores, patients } = state.shown!
  const drawn = classifyAt(scores, patients.outcome, -Infinity, { resamples: 50, seed: 1, level: 0.95, prevalence: null })
  const told = readOut(state, drawn)
  expect([told['sensitivity.value'], told['sensitivity.interval']]).toEqual(['1.000', '0.914–1.000 exact'])
  threshold.getState().setPrevalence(0.1)
  const atTenth = classifyAt(scores, patients.outcome, -Infinity, { resamples: 50, seed: 1, level: 0.95, prevalence: 0.1 })
  expect(readOut(threshold.getState(), atTenth)['ppv.interval']).toBe('no interval')
})

test('both ends of the curve are told, and what is not defined is a dash', async () => {
  const threshold = await store()
  threshold.getState().move(0)
  expect(readOut(threshold.getState(), null)).toMatchObject({
    threshold: 'below all',
    same: 'all are positive, up to 0.03',
    tn: '0',
    'npv.value': '–',
  })
  threshold.getState().step(10_000)
  expect(readOut(threshold.getState(), null)).toMatchObject({
    threshold: 'above all',
    same: 'none is positive, above 2.07',
    tp: '0',
    'ppv.value': '–',
  })
})

test('a probability has a net benefit, and a verdict', async () => {
  const threshold = await store(true)
  threshold.getState().moveTo(0.1)
  const told = readOut(threshold.getState(), null)
  const { truePositives, falsePositives } = { truePositives: Number(told.tp), falsePositives: Number(told.fp) }
  expect(told.benefit).toBe((truePositives / 113 - (falsePositives / 113) * (0.1 / 0.9)).toFixed(3))
  threshold.getState().moveTo(0.9)
  expect(readOut(threshold.getState(), null).verdict).toContain('Better')
})
