import { expect, test } from 'vitest'
import { say } from '../../messages/say.ts'
import '../../messages/sayAnalysis.ts'
import { analyse } from '../analyse.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { protocolSchema } from '../protocol/protocol.ts'
import { simulateNoiseStudy } from '../simulate/simulateNoiseStudy.ts'
import { recordScores } from './judgedScores.ts'
import { runStatisticsJob } from './statisticsJob.ts'

/** Wilcoxon and a logistic regression take none. */
const noKernels = {} as Kernels
const study = simulateNoiseStudy({ features: 6, training: { patients: 60, positives: 24 }, validation: { patients: 20, positives: 8 }, batches: 1, seed: 3 }) // prettier-ignore
/** In noise some folds find a feature at this level and some none. */
const protocol = protocolSchema.parse({
  harmonise: { method: 'none' },
  select: [{ method: 'rankSum', alpha: 0.1 }],
  models: [{ method: 'logistic' }],
  resample: { folds: 5 },
  evaluate: { bootstraps: 100 },
})
const run = (repeats: number) => analyse(study, { ...protocol, resample: { ...protocol.resample, repeats } }, (jobs) => Promise.all(jobs.map((job) => runStatisticsJob(noKernels, job)))) // prettier-ignore

test('a fold that kept nothing is told and left out of the pooled scores: its prevalence would rank its patients among those of other folds', async () => {
  const analysis = await run(1)
  const resampling = analysis.resampling!
  const [empty, full] = [resampling.folds.filter(({ kept }) => kept.length === 0), resampling.folds.filter(({ kept }) => kept.length > 0)] // prettier-ignore
  expect([empty.length > 0, full.length > 0]).toEqual([true, true])
  const left = new Set(empty.flatMap(({ heldOut }) => heldOut))
  expect(resampling.ids).toHaveLength(60)
  expect(resampling.ids.filter((_, row) => Number.isNaN(resampling.scores.LR[row]))).toEqual(resampling.ids.filter((id) => left.has(id))) // prettier-ignore
  const pooled = resampling.ids.flatMap((id, row) => (left.has(id) ? [] : [{ score: resampling.scores.LR[row], label: study.outcomeOf.get(id)! }])) // prettier-ignore
  const cohort = analysis.evaluation.cohorts.find(({ scoresFrom }) => scoresFrom === 'out-of-fold')!
  expect(cohort.models[0].auc.auc).toBe(rocAuc(pooled.map(({ score }) => score), pooled.map(({ label }) => label))) // prettier-ignore
  expect(cohort.warnings.map(({ code, values }) => [code, values])).toContainEqual(['not-pooled', { model: 'LR', ids: [...resampling.ids.filter((id) => left.has(id))] }]) // prettier-ignore
  expect(cohort.warnings.map(say).join(' ')).toContain(`${left.size} patients were held out from folds that kept no feature`)
  // Within folds they count, with an AUC of 0.5.
  expect(resampling.withinFolds.LR.folds).toBe(5)
  for (const { auc } of empty) expect(auc.LR).toBe(0.5)
  // What is drawn of the cohort is drawn of the others.
  const shown = recordScores(analysis, study)
  const patients = shown.patients.find(({ cohort }) => cohort === 'training, out-of-fold')!
  expect(patients.bands.LR.lower.some(Number.isFinite)).toBe(true)
})

test('with repeats a patient is left out only if every fold that held her out kept nothing', async () => {
  const { resampling } = await run(3)
  const empty = new Set(resampling!.folds.filter(({ kept }) => kept.length === 0))
  expect(empty.size).toBeGreaterThan(0)
  for (const [row, id] of resampling!.ids.entries()) {
    const own = resampling!.folds.filter(({ heldOut }) => heldOut.includes(id))
    expect(own).toHaveLength(3)
    expect(Number.isNaN(resampling!.scores.LR[row]), id).toBe(own.every((fold) => empty.has(fold)))
  }
})
