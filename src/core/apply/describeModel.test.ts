import { beforeAll, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { analyse } from '../analyse.ts'
import type { Analysis } from '../analysis/analysis.ts'
import { runStatisticsJob } from '../analysis/statisticsJob.ts'
import { applyModel } from '../learn/model.ts'
import { protocolSchema } from '../protocol/protocol.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../simulate/simulateNoiseStudy.ts'
import { columnAt, makeFeatureTable, pickRows } from '../table/featureTable.ts'
import { describeModels, type ModelContext } from './describeModel.ts'
import { neededColumns } from './neededColumns.ts'
import { findOutside, scorePatients } from './scorePatients.ts'

const noise = simulateNoiseStudy({ ...defaultNoiseStudy, features: 8, training: { patients: 80, positives: 32 }, validation: { patients: 40, positives: 16 } }) // prettier-ignore
const batchOf = new Map(noise.features.ids.map((id, row) => [id, row % 2 === 0 ? 'A' : 'B']))
const missing = noise.features.values.slice()
missing[5] = NaN
const study = { ...noise, batchOf, features: makeFeatureTable(noise.features.ids, noise.features.columns, missing) }
const protocolOf = (mode: string) =>
  protocolSchema.parse({
    missing: 'median of training',
    harmonise: { batch: ['scanner'], mode },
    select: [],
    models: [
      { method: 'logistic', features: study.features.columns.slice(0, 3) },
      { method: 'forest', trees: 40 },
    ],
    resample: { folds: 4 },
    evaluate: { bootstraps: 100, cutoff: 'sensitivity' },
  })

let analysis: Analysis
let contexts: ModelContext[]
const analyseBy = async (mode: string) => {
  const kernels = await loadKernels()
  return analyse(study, protocolOf(mode), (jobs) => Promise.all(jobs.map((job) => runStatisticsJob(kernels, job))))
}
beforeAll(async () => {
  analysis = await analyseBy('training only')
  contexts = describeModels(analysis, study)
})

test('what a model is carried by gives everybody the score of the study, from the columns that it looks at alone', () => {
  const { model } = analysis.path.models[0]
  const { harmonisation, imputation } = contexts[0]
  const by = { record: harmonisation!.record, facts: { batchOf, covariates: [] }, joinFrom: null, unseen: 'refuse' } as const
  expect(neededColumns(model, [], by)).toEqual(model.columns)
  const [{ ids }, ...judged] = analysis.path.scores
  for (const cohort of judged) {
    const { scores } = scorePatients({ model, imputation }, pickRows(study.features, cohort.ids), by, null)
    expect(Array.from(scores)).toEqual(cohort.scores.LR)
  }
  const own = scorePatients({ model, imputation }, pickRows(study.features, ids), by, null)
  expect(Array.from(own.scores)).toEqual(analysis.path.models[0].apparent)
  expect(own.imputed).toEqual([{ column: model.columns[0], count: 1 }])
})

test('the summary is of the values that the model saw', () => {
  const { model } = analysis.path.models[0]
  const { harmonisation, imputation, training } = contexts[0]
  const by = { record: harmonisation!.record, facts: { batchOf, covariates: [] }, joinFrom: null, unseen: 'refuse' } as const
  const { table } = scorePatients({ model, imputation }, pickRows(study.features, analysis.split.training), by, null)
  expect(applyModel(model, table)).toEqual(Float64Array.from(analysis.path.models[0].apparent))
  training.features.forEach(({ column, all }, j) => {
    const values = columnAt(table, j)
    expect([column, all.n, all.quantiles[0], all.quantiles.at(-1)]).toEqual([table.columns[j], 80, Math.min(...values), Math.max(...values)]) // prettier-ignore
  })
  expect(findOutside(table, training)).toEqual([])
  const far = makeFeatureTable(['far'], table.columns, Float64Array.from(table.columns, (_, j) => (j === 1 ? 1e6 : columnAt(table, j)[0]))) // prettier-ignore
  expect(findOutside(far, training)).toEqual([{ id: 'far', columns: [table.columns[1]] }])
})

test('cut-offs are those of every rule, the protocol’s first; its own is that of the evaluation', () => {
  const carried = analysis.evaluation.cohorts[0].models[0].cutoffs[0].cutoff
  const [own, ...others] = contexts[0].cutoffs
  expect(own).toMatchObject({ threshold: carried.threshold, sensitivity: carried.sensitivity, scoresFrom: 'apparent' })
  expect([own, ...others].map(({ rule }) => rule.kind)).toEqual(['sensitivity', 'youden', 'specificity', 'cost'])
  expect(own.learntFrom).toHaveLength(80)
  expect(contexts[1].cutoffs[0].scoresFrom).toBe('out-of-bag')
})

test('tenths are of scores that nobody had a part in: out of fold, else out of bag, else there are none', () => {
  for (const { training } of contexts) {
    expect(training.tenths!.scoresFrom).toBe('out-of-fold')
    const counts = training.tenths!.groups
    expect([counts.reduce((sum, { patients }) => sum + patients, 0), counts.reduce((sum, { positives }) => sum + positives, 0)]).toEqual([80, 32]) // prettier-ignore
  }
  const [regression, forest] = describeModels({ ...analysis, resampling: null }, study)
  expect([regression.training.tenths, forest.training.tenths!.scoresFrom]).toEqual([null, 'out-of-bag'])
})

test('the figures stand there by cohort and source', () => {
  expect(contexts[1].evaluation.map(({ cohort, scoresFrom }) => [cohort, scoresFrom])).toEqual([
    ['training', 'out-of-bag'],
    ['training', 'apparent'],
    ['training', 'out-of-fold'],
    ['validation', 'new'],
  ])
  expect(contexts[0].evaluation.at(-1)!.auc).toBe(analysis.evaluation.cohorts.at(-1)!.models[0].auc.auc)
})

test('in the mode "reference" the whole record is there, by which a new scanner joins', async () => {
  const reference = await analyseBy('reference')
  const [{ harmonisation }] = describeModels(reference, study)
  expect(harmonisation!.record.columns).toEqual(study.features.columns)
  const by = { record: harmonisation!.record, joinFrom: 20 }
  expect(neededColumns(reference.path.models[0].model, [], by)).toEqual(study.features.columns)
})
