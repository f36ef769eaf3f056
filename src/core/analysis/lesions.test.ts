import { beforeAll, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { analyse } from '../analyse.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { createRandom } from '../numeric/random.ts'
import { protocolSchema } from '../protocol/protocol.ts'
import { runStatisticsJob } from './statisticsJob.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import type { StudyData } from './studyData.ts'
import { say } from '../../messages/say.ts'

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels()
})

const patientOfLesion = (id: string) => id.slice(0, -2)

/** 50 patients with two lesions that look alike; outcomes are drawn without regard to the features. */
function noiseOfLesions(seed: number, features = 30): StudyData {
  const random = createRandom(seed)
  const ids = Array.from({ length: 100 }, (_, i) => `P${Math.floor(i / 2)}_${'ab'[i % 2]}`)
  const values = new Float64Array(ids.length * features)
  for (let j = 0; j < features; j++)
    for (let patient = 0; patient < 50; patient++) {
      const own = random.uniform()
      for (const lesion of [0, 1]) values[j * 100 + 2 * patient + lesion] = own + 0.05 * random.uniform()
    }
  const labels = Array.from({ length: 50 }, () => Number(random.uniform() < 0.5) as 0 | 1)
  return {
    features: makeFeatureTable(ids, Array.from({ length: features }, (_, j) => `x${j}`), values), // prettier-ignore
    secondReader: null,
    outcomeOf: new Map(ids.map((id, i) => [id, labels[Math.floor(i / 2)]])),
    cohortOf: new Map(ids.map((id) => [id, 'training'])),
    batchOf: new Map(),
    covariates: [],
    patientOf: new Map(ids.map((id) => [id, patientOfLesion(id)])),
  }
}

const byRanks = { method: 'rankSum', alpha: 0.2 }
const protocol = (resample: object, select: object) =>
  protocolSchema.parse({
    harmonise: { method: 'none' },
    select: [select],
    models: [{ method: 'forest', trees: 40 }],
    evaluate: { bootstraps: 100 },
    resample,
  })

const run = (study: StudyData, resample: object, select: object = byRanks) =>
  analyse(study, protocol(resample, select), async (jobs) => {
    const results = []
    for (const job of jobs) results.push(await runStatisticsJob(kernels, job))
    return results
  })

const annealing = { method: 'annealing', trees: 30, iterations: 6, folds: 3 }
test.each([
  ['nested AUC', 30, byRanks, { folds: 5 }],
  ['nested AUC of what annealing keeps', 12, annealing, { folds: 5 }],
  ['AUC of patients whom a bootstrap did not draw', 12, byRanks, { repeats: 0, bootstraps: 8 }],
])('on noise the %s is that of chance where patients of lesions are known, and far above where they are not', async (_, features, select, resample) => {
  const aucOf = async (study: StudyData) => {
    const { resampling, optimism } = await run(study, resample, select)
    return resampling?.withinFolds.RF.meanAuc ?? optimism!.models.RF.outOfBag
  }
  const aucs: number[] = []
  for (let seed = 1; seed <= 20; seed++) aucs.push(await aucOf(noiseOfLesions(seed, features)))
  const mean = aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length
  const sd = Math.sqrt(aucs.reduce((sum, auc) => sum + (auc - mean) ** 2, 0) / (aucs.length - 1))
  expect(Math.abs(mean - 0.5)).toBeLessThan((3 * sd) / Math.sqrt(aucs.length))
  const unknown = noiseOfLesions(1, features)
  Reflect.deleteProperty(unknown, 'patientOf')
  expect(await aucOf(unknown)).toBeGreaterThan(0.8)
}) // prettier-ignore

test('lesions of a patient are on one side of every fold; the bootstrap draws patients; intervals count patients', async () => {
  const { resampling, optimism, evaluation } = await run(noiseOfLesions(3), { folds: 5, bootstraps: 3 })
  for (const { heldOut, learntFrom } of resampling!.folds) {
    const held = new Set(heldOut.map(patientOfLesion))
    expect(learntFrom.filter((id) => held.has(patientOfLesion(id)))).toEqual([])
    expect(heldOut.length).toBe(2 * held.size)
  }
  expect(optimism!.failures).toEqual([])
  const [training] = evaluation.cohorts
  expect(training).toMatchObject({ patients: 50, rows: 100 })
  expect(say(training.warnings[0])).toContain('100 rows of 50 patients')
  const unknown = noiseOfLesions(3)
  Reflect.deleteProperty(unknown, 'patientOf')
  const plain = (await run(unknown, { repeats: 0 })).evaluation.cohorts[0].models[0].auc
  expect(training.models[0].auc.variance).not.toBe(plain.variance)
})

test('cohorts that share a patient are refused, and named', async () => {
  const study = noiseOfLesions(3)
  const cohortOf = new Map([...study.cohortOf].map(([id], i) => [id, i < 61 ? 'training' : 'validation']))
  await expect(run({ ...study, cohortOf }, { repeats: 0 })).rejects.toThrowSaying(
    'A patient is in more than one cohort: P30 (training, validation).',
  )
})
