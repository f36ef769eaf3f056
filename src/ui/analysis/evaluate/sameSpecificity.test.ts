import { expect, test } from 'vitest'
import { traceRoc } from '../../../core/evaluate/roc.ts'
import type { ShownModel } from '../../../state/analysis/threshold.ts'
import { compareAtSpecificity } from './SameSpecificity.tsx'

const outcome = [0, 0, 0, 0, 1, 1, 1, 1]
const a = [1, 2, 3, 6, 4, 5, 7, 8]
const b = [1, 2, 4, 3, 2.5, 6, 7, NaN]
const scored = (scores: readonly number[]) => traceRoc(scores.filter((score) => !Number.isNaN(score)), outcome.filter((_, i) => !Number.isNaN(scores[i]))) // prettier-ignore
const models = [
  { model: 'A', roc: scored(a) },
  { model: 'B', roc: scored(b) },
]
const shown = {
  cohort: { models },
  model: models[0],
  patients: { outcome: Float64Array.from(outcome), scores: { A: Float64Array.from(a), B: Float64Array.from(b) } },
} as unknown as ShownModel

test('another model is read where it spares as many, and only patients with both scores are pairs', () => {
  // From 3.5 on, A calls one negative and all positives.
  const index = models[0].roc.thresholds.indexOf(3.5)
  expect(models[0].roc.specificity[index]).toBe(0.75)
  const [row] = compareAtSpecificity(shown, index)
  expect(row).toMatchObject({ model: 'B', specificity: 0.75, sensitivity: expect.closeTo(2 / 3, 12) })
  expect(row.test).toMatchObject({ onlyFirst: 1, onlySecond: 0, exactP: 1 })
})
