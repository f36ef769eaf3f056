import { beforeAll, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { say } from '../../messages/say.ts'
import '../../messages/sayAnalysis.ts'
import { analyse } from '../analyse.ts'
import { protocolSchema } from '../protocol/protocol.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../simulate/simulateNoiseStudy.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import type { Analysis } from './analysis.ts'
import { findWarnings, listOptimism } from './warnings.ts'
import { runStatisticsJob } from './statisticsJob.ts'

/** Noise, with a first column that tells the outcome and a second that repeats it. */
const noise = simulateNoiseStudy({ ...defaultNoiseStudy, features: 12, training: { patients: 60, positives: 24 }, validation: { patients: 40, positives: 16 } }) // prettier-ignore
const { ids, columns, values } = noise.features
const told = values.map((value, at) => {
  const row = at % ids.length
  const column = Math.floor(at / ids.length)
  return column < 2 ? values[row] + 1.6 * (noise.outcomeOf.get(ids[row]) ?? 0) + 0.01 * column * value : value
})
const study = { ...noise, features: makeFeatureTable(ids, columns, told) }

const protocol = protocolSchema.parse({
  harmonise: { method: 'none' },
  select: [{ method: 'rankSum' }, { method: 'boruta', trees: 50, maximumRuns: 20 }],
  models: [{ method: 'logistic' }, { method: 'forest', trees: 60 }],
  resample: { folds: 3, repeats: 1, bootstraps: 1 },
  evaluate: { bootstraps: 100 },
})

let analysis: Analysis
beforeAll(async () => {
  const kernels = await loadKernels()
  analysis = await analyse(study, protocol, (jobs) => Promise.all(jobs.map((job) => runStatisticsJob(kernels, job))))
})

test('a model that kept nothing anywhere has an AUC of 0.5 out of fold too, no interval and no slope', async () => {
  const kernels = await loadKernels()
  // 24 of 60 fall unevenly into five folds: the prevalences, pooled, would rank the patients by their fold.
  const nothing = protocolSchema.parse({ ...protocol, select: [{ method: 'rankSum', alpha: 1e-30 }], models: [{ method: 'logistic' }], resample: { folds: 5 } }) // prettier-ignore
  const run = await analyse(study, nothing, (jobs) => Promise.all(jobs.map((job) => runStatisticsJob(kernels, job))))
  const outOfFold = run.evaluation.cohorts.find(({ scoresFrom }) => scoresFrom === 'out-of-fold')!
  const [{ auc, calibration }] = outOfFold.models
  expect(auc.auc).toBe(0.5)
  expect(auc.interval.lower).toBeNaN()
  expect(calibration!.slope.estimate).toBeNaN()
  expect(findWarnings(run).filter(({ shownAt }) => shownAt.includes('evaluate')).map(({ message }) => message.code)).toEqual(['nothing-kept', 'nothing-kept-in-folds']) // prettier-ignore
})

const codesOf = (changed: Analysis) => findWarnings(changed).map(({ message }) => message.code)

test('folds tell how many each step left, which cut-off they chose, and what the models lean on', () => {
  const { folds, importance } = analysis.resampling!
  for (const { steps, kept, cutoffs } of folds) {
    expect(steps.map(({ method }) => method)).toEqual(['rankSum', 'boruta'])
    expect(steps.at(-1)!.kept).toBe(kept.length)
    expect(cutoffs).toEqual({ LR: expect.any(Number), RF: expect.any(Number) })
    expect(cutoffs.LR).toBeGreaterThan(0)
    expect(cutoffs.LR).toBeLessThan(1)
  }
  const taken = new Set(folds.flatMap(({ kept }) => kept))
  expect(new Set(importance.LR!.map(({ name }) => name))).toEqual(taken)
  const [first, second] = columns
  const best = importance.RF![0]
  expect([first, second]).toContain(best.name)
  expect(best.drop).toBeGreaterThan(0.05)
  expect(best.lower).toBeLessThanOrEqual(best.drop)
  expect(best.upper).toBeGreaterThanOrEqual(best.drop)
})

test('features that stand in for each other count as one choice', () => {
  const { stability, twins, correlation } = analysis.relations
  const [first, second] = columns
  expect(stability!.groups[0]).toMatchObject({ folds: 3, kept: true })
  expect(stability!.groups[0].features.map(({ name }) => name)).toEqual(expect.arrayContaining([first, second]))
  expect(twins.closest[0].columns.toSorted()).toEqual([first, second].toSorted())
  expect(correlation!.columns).toEqual(expect.arrayContaining([first, second]))
})

test('what is there is told, what is not is not, each in a sentence', () => {
  const codes = codesOf(analysis)
  expect(codes).toEqual(expect.arrayContaining(['prefiltered-boruta', 'twins']))
  for (const absent of ['many-candidates', 'unstable', 'nothing-kept', 'separation', 'not-validated', 'not-harmonised']) expect(codes).not.toContain(absent) // prettier-ignore
  for (const { message } of findWarnings(analysis)) expect(say(message)).toMatch(/\.$/)
})

const withSelection = (change: Partial<Analysis['path']['selection']>): Analysis => ({ ...analysis, path: { ...analysis.path, selection: { ...analysis.path.selection, ...change } } }) // prettier-ignore

test('each trigger of selection stands at its border', () => {
  const { learntFrom, steps } = analysis.path.selection
  const candidates = (count: number) => Array.from({ length: count }, (_, i) => `f${i}`)
  const at = 10 * learntFrom.length
  expect(codesOf(withSelection({ candidates: candidates(at) }))).not.toContain('many-candidates')
  expect(codesOf(withSelection({ candidates: candidates(at + 1) }))).toContain('many-candidates')
  const [rankSum] = steps
  if (rankSum.method !== 'rankSum') throw new Error('the first step is rankSum')
  const twice = { ...rankSum, kept: candidates(2), expectedByChance: 1, keptAfterBh: 1 }
  expect(codesOf(withSelection({ steps: [twice] }))).not.toContain('chance')
  expect(codesOf(withSelection({ steps: [{ ...twice, expectedByChance: 1.01 }] }))).toContain('chance')
  expect(codesOf(withSelection({ steps: [{ ...twice, keptAfterBh: 0 }] }))).toContain('chance')
  expect(codesOf(withSelection({ steps: [{ ...twice, kept: [] }], kept: [] }))).toContain('nothing-kept')
  const { relations } = analysis
  const groups = relations.stability!.groups.map((group) => ({ ...group, folds: group.kept ? 1 : group.folds }))
  expect(codesOf({ ...analysis, relations: { ...relations, stability: { ...relations.stability!, groups } } })).toContain('unstable') // prettier-ignore
})

test('few events are told of below 10 a column, gravely below 5', () => {
  const columnsOf = (count: number): Analysis => {
    const [first, ...others] = analysis.path.models
    const model = { ...first.model, columns: Array.from({ length: count }, (_, i) => `f${i}`) } as typeof first.model
    return { ...analysis, path: { ...analysis.path, models: [{ ...first, model }, ...others] } }
  }
  const gravity = (changed: Analysis) =>
    findWarnings(changed).filter(({ message }) => message.code === 'few-events' && message.values.model === 'LR').map(({ grave }) => grave) // prettier-ignore
  expect([2, 3, 4, 5].map((count) => gravity(columnsOf(count)))).toEqual([[], [false], [false], [true]])
})

test('optimism is apparent less out of fold, of forests out of bag less out of fold', () => {
  const [lr, rf] = listOptimism(analysis)
  expect(lr.optimism).toBeCloseTo(lr.apparent - lr.outOfFold!, 12)
  expect(rf.outOfBag).not.toBeNull()
  const raised = (from: 'apparent' | 'out-of-bag' | 'out-of-fold', model: string, auc: number): Analysis => ({ ...analysis, evaluation: { ...analysis.evaluation, cohorts: analysis.evaluation.cohorts.map((cohort) => ({ ...cohort, models: cohort.models.map((found) => (found.model === model && found.scoresFrom === from ? { ...found, auc: { ...found.auc, auc } } : found)) })) } }) // prettier-ignore
  const ofModel = (changed: Analysis, model: string) => findWarnings(changed).filter(({ message }) => message.code === 'optimism' && message.values.model === model) // prettier-ignore
  expect(ofModel(raised('out-of-fold', 'LR', lr.apparent - 0.1), 'LR')).toEqual([])
  expect(ofModel(raised('out-of-fold', 'LR', lr.apparent - 0.11), 'LR')).toHaveLength(1)
  expect(ofModel(raised('out-of-fold', 'RF', rf.outOfBag! - 0.11), 'RF')).toHaveLength(1)
  // A forest that repeats its patients is no news.
  expect(ofModel(raised('out-of-fold', 'RF', rf.outOfBag! - 0.05), 'RF')).toEqual([])
})
