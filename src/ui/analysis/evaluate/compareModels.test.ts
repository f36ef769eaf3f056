import { expect, test } from 'vitest'
import { traceRoc } from '../../../core/evaluate/roc.ts'
import { placeAtFirst, type ShownModel } from '../../../state/analysis/threshold.ts'
import { compareModels } from './compareModels.ts'

const outcome = [0, 0, 0, 0, 1, 1, 1, 1]
const a = [1, 2, 3, 6, 4, 5, 7, 8]
const b = [1, 2, 4, 3, 2.5, 6, 7, NaN]
const scored = (scores: readonly number[]) => traceRoc(scores.filter((score) => !Number.isNaN(score)), outcome.filter((_, i) => !Number.isNaN(scores[i]))) // prettier-ignore
const models = [
  { model: 'A', roc: scored(a) },
  { model: 'B', roc: scored(b) },
]
const shown = {
  record: { trainCohort: null },
  cohort: { cohort: 'all', models },
  model: models[0],
  patients: { outcome: Float64Array.from(outcome), scores: { A: Float64Array.from(a), B: Float64Array.from(b) } },
} as unknown as ShownModel
// From 3.5 on, A calls one negative and all positives.
const index = models[0].roc.thresholds.indexOf(3.5)
const standing = { ...placeAtFirst, index, exact: 3.5 }

test('at the same specificity another model is read where it spares as many, and only patients with both scores are pairs', () => {
  expect(models[0].roc.specificity[index]).toBe(0.75)
  const [row] = compareModels(shown, { ...standing, compareBy: 'specificity' })
  expect(row).toMatchObject({ model: 'B', specificity: 0.75, sensitivity: expect.closeTo(2 / 3, 12) })
  expect(row).toMatchObject({ positives: { onlyFirst: 1, onlySecond: 0, exactP: 1 } })
})

test('at the same threshold its number is taken, at both ends too', () => {
  // B calls 4, 6 and 7 positive: one negative patient whom A spares, not the one whom A calls.
  expect(compareModels(shown, { ...standing, compareBy: 'threshold' })[0]).toMatchObject({
    ...{ model: 'B', threshold: 3.5, specificity: 0.75, sensitivity: expect.closeTo(2 / 3, 12) },
    ...{ positives: { onlyFirst: 1, onlySecond: 0 }, negatives: { onlyFirst: 1, onlySecond: 1, exactP: 1 } },
  })
  const last = models[0].roc.thresholds.length - 1
  const none = compareModels(shown, { ...standing, index: last, exact: null, compareBy: 'threshold' })[0]
  expect(none).toMatchObject({ sensitivity: 0, specificity: 1, threshold: Infinity })
  const all = compareModels(shown, { ...standing, index: 0, exact: null, compareBy: 'threshold' })[0]
  expect(all).toMatchObject({ sensitivity: 1, specificity: 0, threshold: -Infinity })
})

test('by the same rule each has its own cut-off, whatever the hand did to the one in hand', () => {
  // Youden of B: from 5 on it finds two of three and spares all.
  const byRule = { ...standing, compareBy: 'rule' as const }
  expect(compareModels(shown, byRule)[0]).toMatchObject({ threshold: 5, specificity: 1, sensitivity: expect.closeTo(2 / 3, 12) })
  expect(compareModels(shown, { ...byRule, index: 0, exact: null })[0]).toMatchObject({ threshold: 5 })
  const apart = { ...shown, cohort: { ...shown.cohort, models: [models[0], { model: 'C', roc: traceRoc([1, 1, 1, 1, 1, 1, 1, 1], outcome) }] }, patients: { ...shown.patients, scores: { ...shown.patients.scores, C: Float64Array.from(outcome, () => 1) } } } as unknown as ShownModel // prettier-ignore
  expect(compareModels(apart, byRule)).toEqual([{ model: 'C', index: null }])
})
