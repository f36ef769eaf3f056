import { expect, test } from 'vitest'
import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { Evaluation } from '../../../core/evaluate/evaluateScores.ts'
import { whereOf } from './whereOf.ts'

const models = [{ model: 'LR' }, { model: 'RF' }]
const evaluation = { cohorts: [{ cohort: 'A', scoresFrom: 'out-of-fold', models }, { cohort: 'B', scoresFrom: 'new', models }] } as unknown as Evaluation // prettier-ignore
const analysis = { path: { selection: { steps: [{ method: 'agreement' }, { method: 'rankSum' }] } } } as unknown as Analysis

test('a figure leads to the rows that it is of, by the name that its scores have', () => {
  expect(whereOf('evaluation/cohorts/0/models/1/auc', evaluation, analysis)).toEqual({ kind: 'rows', followed: { kind: 'auc', cohort: 'A, out-of-fold', model: 'RF' } }) // prettier-ignore
  expect(whereOf('evaluation/cohorts/1', evaluation, analysis)).toEqual({ kind: 'rows', followed: { kind: 'cohort', cohort: 'B' } }) // prettier-ignore
})

test('all else leads to the step that shows its record, and what no step shows nowhere', () => {
  const screen = (record: string) => {
    const found = whereOf(record, evaluation, analysis)
    return found?.kind === 'step' ? found.screen : found
  }
  expect(['selection/steps/0', 'selection/steps/1', 'models/SVM', 'combat', 'split/notHarmonised', 'split', 'evaluation/options', 'run/seeds', 'constructor'].map(screen)).toEqual(['agree', 'select', 'train', 'harmonise', 'harmonise', 'cohorts', 'evaluate', null, null]) // prettier-ignore
  // Of scores that came from elsewhere nobody knows the patients of a cohort.
  expect(whereOf('evaluation/cohorts/1', evaluation, undefined)).toEqual({ kind: 'step', screen: 'evaluate' })
})
