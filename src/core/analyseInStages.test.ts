import { expect, test } from 'vitest'
import { loadKernels } from '../../workers/loadKernels.node.ts'
import { formatRecord, parseRecord } from '../io/records/recordFile.ts'
import { analyse } from './analyse.ts'
import { groupScores } from './analysis/scoreColumns.ts'
import { hashStudy } from './analysis/stages/hashStudy.ts'
import { listPath, listStages, planAnalysis } from './analysis/stages/planStages.ts'
import { noStore, type StageStore } from './analysis/stages/stageStore.ts'
import { runStatisticsJob, type StatisticsJob } from './analysis/statisticsJob.ts'
import type { StudyData } from './analysis/studyData.ts'
import { protocolSchema, type Protocol } from './protocol/protocol.ts'
import { simulateNoiseStudy } from './simulate/simulateNoiseStudy.ts'
import { makeFeatureTable, pickRows } from './table/featureTable.ts'

/*
 * An analysis may stop after any stage and go on from what was written until then: the result has the same bits. Its study has everything
 * that makes a stage: two scanners and readers, a value that is missing, clinical predictors, a constant column, an infinite ROC end.
 */

const kernels = await loadKernels()
const noise = simulateNoiseStudy({ features: 7, training: { patients: 44, positives: 18 }, validation: { patients: 24, positives: 10 }, batches: 2, seed: 4 }) // prettier-ignore
const { ids, columns } = noise.features
const label = (id: string) => noise.outcomeOf.get(id)!
const values = noise.features.values.map((value, at) => {
  const column = Math.floor(at / ids.length)
  return column === 6 ? -0 : column < 3 ? value + 1.5 * label(ids[at % ids.length]) : value
})
values[5 * ids.length + 2] = NaN
const features = makeFeatureTable(ids, columns, values)
const study: StudyData = {
  ...noise,
  features,
  secondReader: pickRows(features, ids.slice(4, 30)),
  clinical: {
    table: makeFeatureTable(
      ids,
      ['age', 'TIC=I', 'TIC=II'],
      Float64Array.from([...ids.map((_, i) => 40 + (i % 9)), ...ids.map((_, i) => i % 2), ...ids.map((_, i) => 1 - (i % 2))]),
    ),
    predictors: [
      { column: 'age', levels: null },
      { column: 'TIC', levels: ['I', 'II'] },
    ],
  },
}
const protocol = protocolSchema.parse({
  missing: 'median of training',
  select: [
    { method: 'agreement' },
    { method: 'rankSum', alpha: 0.6 },
    { method: 'redundancy', limit: 0.95 },
    { method: 'boruta', trees: 15, maximumRuns: 11 },
    { method: 'lasso', folds: 3 },
    { method: 'annealing', trees: 10, iterations: 2, folds: 2 },
    { method: 'elimination', trees: 10, folds: 2 },
    { method: 'mrmr', keep: 2 },
  ],
  models: [
    { method: 'logistic' },
    { method: 'forest', trees: 15 },
    { method: 'forest', name: 'ml', engine: 'ml-random-forest', trees: 5 },
    { method: 'svm' },
    { method: 'logistic', name: 'Clinical', features: 'none', clinical: ['age', { column: 'TIC', reference: 'I' }] },
  ],
  evaluate: { bootstraps: 100, thresholds: { from: 0.1, to: 0.9, step: 0.1 }, reclassification: { borders: [0.3] } },
  resample: { folds: 2, repeats: 1, bootstraps: 2 },
})

const inOrder = async (jobs: readonly StatisticsJob[]) => {
  const results = []
  for (const job of jobs) results.push(await runStatisticsJob(kernels, job))
  return results
}
const run = (stages: StageStore, settings: Protocol = protocol, runJobs = inOrder) =>
  analyse(study, settings, runJobs, () => {}, stages)

/** Records as text, in the order in which they were finished. */
type Written = Map<string, string>

/** @param most stages that are kept before the run is stopped */
function keepIn(written: Written, most = Infinity): StageStore {
  let told = 0
  return {
    have: (key) => (written.has(key) ? parseRecord(written.get(key)!, key).record : undefined),
    onStage: (key, record) => {
      if (++told > most) throw new Error('stopped')
      written.set(key, formatRecord(key, record))
    },
  }
}

const whole = await run(noStore)

test('every stage that is planned is finished once, under its key', async () => {
  const told: string[] = []
  const result = await run({ have: () => undefined, onStage: (key, { stage }) => void told.push(`${stage} ${key}`) })
  expect(result).toStrictEqual(whole)
  expect(result.missing.sensitivity!.failure).toBeNull()
  const plan = planAnalysis(hashStudy(study), protocol)
  const planned = [...listStages(plan), ...listPath(plan.otherwise)].map(({ stage, key }) => `${stage} ${key}`)
  expect(told.toSorted()).toEqual(planned.toSorted())
})

test('stopped after each stage and gone on from what was written, again and again, the analysis has the same bits', async () => {
  const written: Written = new Map()
  const stages = whole.protocol.select.length + protocol.models.length
  for (let n = 1; ; n++) {
    const result = await run(keepIn(written, 1)).catch((error: Error) => error.message)
    if (result !== 'stopped') {
      expect(result).toStrictEqual(whole)
      expect(n).toBeGreaterThan(2 * stages)
      break
    }
    expect(written.size).toBe(n)
  }
})

test('however jobs are spread, the analysis has the same bits', async () => {
  const backwards = async (jobs: readonly StatisticsJob[]) => {
    const results = []
    for (const job of jobs.toReversed()) results.push(structuredClone(await runStatisticsJob(kernels, structuredClone(job))))
    return results.toReversed()
  }
  const atOnce = (jobs: readonly StatisticsJob[]) =>
    Promise.all(jobs.map((job) => runStatisticsJob(kernels, structuredClone(job))))
  for (const runJobs of [backwards, atOnce]) expect(await run(noStore, protocol, runJobs)).toStrictEqual(whole)
})

test('after a change only what it makes out of date is computed, and the result is that of a new run', async () => {
  const [lr, , , , clinical] = protocol.models
  const short = { ...protocol, select: [protocol.select[1], protocol.select[4]], models: [lr, clinical], resample: { folds: 2, repeats: 1, bootstraps: 1 } } // prettier-ignore
  const changes: object[] = [
    { evaluate: { ...protocol.evaluate, prevalence: 0.2 } },
    { evaluate: { ...protocol.evaluate, confidence: 0.9 } },
    { models: [{ ...lr, penalty: 'ridge' }, clinical] },
    { select: short.select.with(0, { method: 'rankSum', alpha: 0.5, adjust: 'none' }) },
    { select: [] },
    { select: [{ method: 'rankSum', alpha: 1e-9 }, { method: 'mrmr' }] },
    { harmonise: { ...protocol.harmonise, mode: 'training only', allowUnharmonised: true } },
    { missing: 'complete cases' },
    { resample: { folds: 2, repeats: 2, bootstraps: 2 } },
    { seed: 7 },
    { title: 'Another' },
  ]
  const written: Written = new Map()
  await run(keepIn(written), short)
  for (const change of changes) {
    const changed = protocolSchema.parse({ ...short, ...change })
    expect(await run(keepIn(written), changed), JSON.stringify(change)).toStrictEqual(await run(noStore, changed))
  }
})

test('a fold that the data do not allow fails alone, is kept as failed, and is not tried again', async () => {
  // The one patient with a level of a covariate is in one fold.
  const rare = { name: 'grade', kind: 'factor' as const, valueOf: new Map(ids.map((id, i) => [id, i === 0 ? 'rare' : 'usual'])) }
  const told = { ...study, covariates: [rare] }
  const alone = protocolSchema.parse({ ...protocol, harmonise: { mode: 'training only', allowUnharmonised: true }, select: [], models: [{ method: 'logistic' }], resample: { folds: 2 } }) // prettier-ignore
  const written: Written = new Map()
  const first = await analyse(told, alone, inOrder, () => {}, keepIn(written))
  expect(first.resampling!.failures).toHaveLength(1)
  const refuse = () => Promise.reject(new Error('computed again'))
  const again = await analyse(told, alone, refuse, () => {}, keepIn(written))
  expect(again).toStrictEqual(first)
})

test('each row of scores says whose model gave it, from where it is, and from whom the model learnt', () => {
  const { path, resampling, split } = whole
  const groups = groupScores(path, resampling)
  const training = protocol.models.map(({ name, method }) => [name, method === 'forest' ? 'out-of-bag' : 'apparent'])
  expect(groups.map(({ cohort, scoresFrom }) => [cohort, scoresFrom])).toEqual([['training', null], ['training', 'apparent'], ['training', 'out-of-fold'], ['validation', 'new']]) // prettier-ignore
  expect(groups[0].columns.map(({ model, scoresFrom }) => [model, scoresFrom])).toEqual(training)
  expect(groups[1].columns.map(({ model }) => model)).toEqual(['RF', 'ml'])
  for (const { columns } of groups)
    for (const { ids, scores, scoresFrom, learntFrom } of columns) {
      expect([scores.length, learntFrom.length]).toEqual([ids.length, ids.length])
      ids.forEach((id, row) => {
        const learnt = learntFrom[row].map((from) => from.includes(id))
        expect(learnt).toEqual(scoresFrom === 'apparent' || scoresFrom === 'out-of-bag' ? [true] : [false])
        expect(learntFrom[row].flat().every((patient) => split.training.includes(patient))).toBe(true)
      })
    }
})
