import { expect, test } from 'vitest'
import { tell } from '../../../core/analysis/messages.ts'
import type { FoldResult } from '../../../core/analysis/resamplePath.ts'
import { tellFailures, tellNoFold } from './tellFolds.ts'

const oneClass = tell('training-one-class', { training: 'training', positives: 0, negatives: 8 })
const unread = tell('nobody-read-twice', {})
const folds = [0, 1].map((fold) => ({ repeat: 0, fold, kept: [] as readonly string[] }) as FoldResult)

test('folds that failed are not said to have kept nothing: their reason is told, once', () => {
  const all = { folds: [], failures: [0, 1, 2].map((fold) => ({ repeat: 0, fold, reason: oneClass })) }
  expect(tellNoFold(all)).toBe(
    'All 3 folds failed. The training cohort training has 0 positive and 8 negative patients; both are needed.',
  )
})

test('some that failed stand beside those that kept nothing, each reason with its folds', () => {
  const failures = [{ repeat: 0, fold: 2, reason: oneClass }, { repeat: 1, fold: 0, reason: oneClass }, { repeat: 1, fold: 1, reason: unread }] // prettier-ignore
  expect(tellNoFold({ folds, failures })).toMatch(
    /^No fold kept a feature\. 3 of 5 folds failed\. Folds 3 of repeat 1, 1 of repeat 2: The training cohort .* Fold 2 of repeat 2: The protocol asks/,
  )
  expect(tellNoFold({ folds, failures: [] })).toBe('No fold kept a feature.')
  expect(tellFailures({ folds, failures: [] })).toBe('')
})
