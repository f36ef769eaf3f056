import { expect, test } from 'vitest'
import { partialDependenceFigure } from '../../../charts/partialDependenceFigure.ts'
import { darkTheme } from '../../../charts/theme.ts'
import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import type { TrainedModel } from '../../../core/analysis/trainModels.ts'
import { defaultLogisticOptions, fitLogistic } from '../../../core/learn/logistic.ts'
import { defaultProtocol } from '../../../core/protocol/protocol.ts'
import { makeFeatureTable } from '../../../core/table/featureTable.ts'
import { takeTraining } from '../../../core/table/trainingTable.ts'
import { dependentColumns, dependOn, tableOfModel } from './dependence.ts'

const ids = Array.from({ length: 30 }, (_, i) => `p${i}`)
const f = ids.map((_, i) => (i * 7) % 30)
const outcome = ids.map((_, i): 0 | 1 => (f[i] + (i % 5) * 4 > 20 ? 1 : 0))
const level = ids.map((_, i) => i % 2)
const training = takeTraining(makeFeatureTable(ids, ['f', 'TIC=II'], Float64Array.from([...f, ...level])), outcome, { training: ids, validation: [] }) // prettier-ignore
const trained = {
  name: 'LR',
  model: fitLogistic(training, defaultLogisticOptions),
  clinical: [{ column: 'TIC', levels: ['I', 'II'], reference: 'I' }],
  ranges: [[2, 27], [0, 1]], // prettier-ignore
  scoreKind: 'probability',
} as unknown as TrainedModel
const study: StudyData = {
  // The first patient lacks the feature; a judged one is not among those who learnt.
  features: makeFeatureTable([...ids, 'judged'], ['f'], Float64Array.from([NaN, ...f.slice(1), 3])),
  clinical: { table: makeFeatureTable([...ids, 'judged'], ['TIC=II'], Float64Array.from([...level, 1])), predictors: [] },
  secondReader: null,
  outcomeOf: new Map(ids.map((id, i) => [id, outcome[i]])),
  cohortOf: new Map(),
  batchOf: new Map(),
  covariates: [],
}
const analysis = {
  path: { harmonisation: null },
  split: { training: ids, judged: [] },
  protocol: defaultProtocol,
} as unknown as Analysis

test('a model answers to its numbers, along the percentiles of training; levels of a category have no way between them', () => {
  expect(dependentColumns(trained)).toEqual(['f'])
  const table = tableOfModel(trained, analysis, study)
  expect([table.ids, table.columns]).toEqual([ids.slice(1), ['f', 'TIC=II']])
  const { grid, scores, patients } = dependOn('f', trained, table, analysis, study.outcomeOf)
  expect([grid[0], grid.at(-1)]).toEqual([2, 27])
  for (let i = 1; i < grid.length; i++) expect(scores[i]).toBeGreaterThan(scores[i - 1])
  expect(patients).toHaveLength(29)
  expect(patients[0]).toEqual({ id: 'p1', value: 7, isPositive: outcome[1] === 1 })
})

test('below the curve stand the patients within its range, each with its class', () => {
  const found = { grid: [0, 10], scores: [0.2, 0.6], patients: [{ id: 'a', value: 5, isPositive: true }, { id: 'b', value: 11, isPositive: false }, { id: 'c', value: 0, isPositive: false }] } // prettier-ignore
  const [negative, positive, curve] = partialDependenceFigure(found, { model: 'LR', at: 0, feature: 'f', unit: 'probability' }, darkTheme).data as { x: number[]; y: number[]; text?: string[] }[] // prettier-ignore
  expect([negative.text, positive.text]).toEqual([['c, negative'], ['a, positive']])
  expect([curve.x, curve.y]).toEqual([[0, 10], [0.2, 0.6]]) // prettier-ignore
  expect(Math.max(...negative.y, ...positive.y)).toBeLessThan(0.2)
})
