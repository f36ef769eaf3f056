import { beforeAll, describe, expect, test } from 'vitest'
import { loadKernels } from '../../workers/loadKernels.node.ts'
import { analyse } from './analyse.ts'
import { resamplePath } from './analysis/resamplePath.ts'
import type { PathJob } from './analysis/followPath.ts'
import { hashStudy } from './analysis/stages/hashStudy.ts'
import { planAnalysis } from './analysis/stages/planStages.ts'
import { noStore } from './analysis/stages/stageStore.ts'
import type { StudyData } from './analysis/studyData.ts'
import type { Kernels } from './kernels/kernels.ts'
import { nameScores } from './evaluate/scoresFrom.ts'
import { defaultProtocol, protocolSchema, type Protocol } from './protocol/protocol.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from './simulate/simulateNoiseStudy.ts'
import { runHere, runStatisticsJob } from './analysis/statisticsJob.ts'
import { rocAuc } from './numeric/ranks.ts'
import { pickRows } from './table/featureTable.ts'
import type { Analysis } from './analysis/analysis.ts'
import { say } from '../messages/say.ts'

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels()
})

const run = (study: StudyData, protocol: Protocol) =>
  analyse(study, protocol, async (jobs) => {
    const results = []
    for (const job of jobs) results.push(await runStatisticsJob(kernels, job))
    return results
  })

const protocolOf = (settings: object): Protocol =>
  protocolSchema.parse({
    harmonise: { method: 'none' },
    select: [{ method: 'rankSum' }, { method: 'lasso', folds: 5 }],
    models: [{ method: 'logistic' }],
    evaluate: { bootstraps: 100 },
    ...settings,
  })

/** Everything that was learnt, as text to the last digit. */
const learnt = ({ path, resampling, optimism, evaluation }: Analysis) =>
  JSON.stringify({
    selection: path.selection,
    screening: path.screening,
    models: path.models,
    training: path.scores[0],
    resampling,
    optimism,
    cutoffs: evaluation.cohorts[0].models.map(({ cutoffs }) => cutoffs),
  })

/** The same study with other values, labels, or both of the validation patients. */
function disturb(study: StudyData, what: { values?: boolean; labels?: boolean }): StudyData {
  const isJudged = (id: string) => study.cohortOf.get(id) === 'validation'
  const { ids, columns } = study.features
  const values = study.features.values.map((value, at) => (what.values && isJudged(ids[at % ids.length]) ? 5 - 3 * value + (at % 7) : value)) // prettier-ignore
  const outcomeOf = new Map([...study.outcomeOf].map(([id, label]) => [id, what.labels && isJudged(id) ? ((1 - label) as 0 | 1) : label])) // prettier-ignore
  return { ...study, features: { ids, columns, values }, outcomeOf }
}

describe('what validation patients cannot change', () => {
  const study = plantSignal({
    features: 60,
    training: { patients: 90, positives: 30 },
    validation: { patients: 60, positives: 20 },
    batches: 2,
    seed: 4,
  })
  // In "training only" the validation patients come from the training batches.
  const sharedBatches = { ...study, batchOf: new Map([...study.batchOf].map(([id, batch]) => [id, batch.slice(1)])) }
  const full = (mode: string) =>
    protocolOf({
      harmonise: { mode, batch: ['scanner'] },
      select: [
        { method: 'rankSum', alpha: 0.3 },
        { method: 'boruta', trees: 50, maximumRuns: 12, roughFix: true },
        { method: 'annealing', trees: 30, iterations: 4, improve: 2 },
      ],
      models: [{ method: 'logistic' }, { method: 'forest', trees: 50 }, { method: 'svm' }],
      resample: { folds: 2, bootstraps: 1 },
    })

  test.each([
    ['training only', sharedBatches],
    ['reference', study],
  ])('in the mode "%s" neither their values nor their labels', async (mode, study) => {
    const [plain, disturbed] = [await run(study, full(mode)), await run(disturb(study, { values: true, labels: true }), full(mode))] // prettier-ignore
    expect(plain.path.selection.kept.length).toBeGreaterThan(0)
    expect(learnt(disturbed)).toBe(learnt(plain))
    expect(disturbed.path.scores[1]).not.toEqual(plain.path.scores[1])
    expect(disturbed.evaluation.cohorts.at(-1)).not.toEqual(plain.evaluation.cohorts.at(-1))
  })

  test('in the mode "all patients" not their labels; the values reach ComBat, and nothing after it', async () => {
    const protocol = full('all patients, labels unseen')
    const plain = await run(study, protocol)
    expect(learnt(await run(disturb(study, { labels: true }), protocol))).toBe(learnt(plain))
    expect(plain.path.harmonisation!.learntFrom).toEqual(study.features.ids)
    expect(plain.path.selection.learntFrom).toEqual(plain.split.training)
    for (const { learntFrom } of [...plain.path.selection.steps, ...plain.path.models.map(({ model }) => model)])
      expect(learntFrom).toEqual(plain.split.training)
  })

  test('patients without outcome take part in ComBat by their values, those of training in the fit, others where they join', async () => {
    const without = study.features.ids.filter((_, i) => i % 10 === 0)
    const some: StudyData = { ...study, outcomeOf: new Map([...study.outcomeOf].filter(([id]) => !without.includes(id))) }
    const ofTraining = study.features.ids.filter((id) => study.cohortOf.get(id) === 'training')
    for (const mode of ['training only', 'reference'] as const) {
      const protocol = protocolOf({
        harmonise: { mode, batch: ['scanner'] },
        select: [{ method: 'rankSum' }],
        resample: { repeats: 0 },
      })
      const { path } = await run(mode === 'reference' ? some : { ...some, batchOf: sharedBatches.batchOf }, protocol)
      expect([...path.harmonisation!.learntFrom].sort()).toEqual([...ofTraining].sort())
      expect(path.selection.learntFrom).toEqual(ofTraining.filter((id) => !without.includes(id)))
      const joined = path.harmonisation!.reference?.joined.flatMap(({ learntFrom }) => learntFrom) ?? []
      expect(joined).toHaveLength(mode === 'reference' ? 60 : 0)
    }
  })

  test('every fold learns from its own training part and judges the rest', async () => {
    const { resampling, split } = await run(study, full('reference'))
    expect(resampling!.failures).toEqual([])
    for (const { learntFrom, heldOut } of resampling!.folds)
      expect([...learntFrom, ...heldOut].sort()).toEqual([...split.training].sort())
    expect(resampling!.ids).toEqual(split.training)
  })

  test('the same seed gives the same study, another seed another', async () => {
    const protocol = full('reference')
    expect(learnt(await run(study, protocol))).toBe(learnt(await run(study, protocol)))
    expect(learnt(await run(study, { ...protocol, seed: 2 }))).not.toBe(learnt(await run(study, protocol)))
  })
})

describe('noise, 20 times anew', () => {
  const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
  const aucs = { apparent: [] as number[], outOfFold: [] as number[], validation: [] as number[], leaky: [] as number[] }

  beforeAll(async () => {
    for (const seed of seeds) {
      const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 400, seed })
      const { evaluation, path, split } = await run(study, protocolOf({ seed }))
      const aucOf = (cohort: string) => evaluation.cohorts.find((found) => nameScores(found) === cohort)!.models[0].auc.auc
      aucs.apparent.push(aucOf('training'))
      aucs.outOfFold.push(aucOf('training, out-of-fold'))
      aucs.validation.push(aucOf('validation'))
      // The wrong order: features that were chosen on all training patients, then cross-validation.
      const chosen = { ...study, features: keepColumns(study, path.selection.kept) }
      const protocol = protocolOf({ seed, select: [] })
      const { folds } = planAnalysis(hashStudy(chosen), protocol)
      const resampling = await resamplePath({ study: chosen, split, protocol }, folds, path.models, runHere(kernels).followNested, () => {}, noStore) // prettier-ignore
      const outcome = resampling!.ids.map((id) => study.outcomeOf.get(id)!)
      aucs.leaky.push(rocAuc(resampling!.scores.LR, outcome))
      expect(split.training.length).toBe(250)
    }
  }, 900_000)

  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const threeErrors = (values: readonly number[]) =>
    3 * Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)) / (values.length - 1))

  test.each(['outOfFold', 'validation'] as const)('%s AUC is that of chance', (kind) => {
    expect(aucs[kind]).toHaveLength(20)
    expect(Math.abs(mean(aucs[kind]) - 0.5)).toBeLessThan(threeErrors(aucs[kind]))
  })

  test('the apparent AUC is 0.70 or more: it says nothing', () => {
    expect(mean(aucs.apparent)).toBeGreaterThanOrEqual(0.7)
  })

  test('selecting on all, then cross-validating, finds 0.65 or more in noise: why this order cannot be written', () => {
    expect(mean(aucs.leaky)).toBeGreaterThanOrEqual(0.65)
    console.log(
      `mean AUC of 20 noise studies: apparent ${mean(aucs.apparent).toFixed(3)}, select then cross-validate ${mean(aucs.leaky).toFixed(3)}, nested out-of-fold ${mean(aucs.outOfFold).toFixed(3)}, validation ${mean(aucs.validation).toFixed(3)}`,
    )
  })
})

test('a study in which no feature is left has a model of the prevalence alone', async () => {
  const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 5, seed: 3 })
  const { path, evaluation } = await run(study, protocolOf({ select: [{ method: 'rankSum', alpha: 1e-9 }], resample: { repeats: 0 } })) // prettier-ignore
  expect(path.selection.kept).toEqual([])
  const { auc, aucBootstrap } = evaluation.cohorts.at(-1)!.models[0]
  expect(auc.auc).toBe(0.5)
  expect([auc.interval.lower, auc.interval.upper, auc.newcombe.lower, aucBootstrap.upper]).toEqual([NaN, NaN, NaN, NaN])
})

test('optimism by bootstrap repeats the whole path: apparent AUC of noise comes down to chance', async () => {
  const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 60, batches: 2, training: { patients: 100, positives: 40 }, seed: 2 }) // prettier-ignore
  const again = new Map(study.features.ids.filter((_, i) => i % 2 === 0).map((id) => [id, true]))
  const { columns, ids } = study.features
  const secondReader = pickRows(study.features, ids.filter((id) => again.has(id))) // prettier-ignore
  const settings = {
    harmonise: { batch: ['scanner'] },
    select: [{ method: 'agreement' }, { method: 'rankSum', alpha: 0.2 }, { method: 'annealing', trees: 20, iterations: 3, folds: 2 }], // prettier-ignore
    models: [{ method: 'logistic' }, { method: 'forest', trees: 30 }, { method: 'svm', kernel: 'linear' }],
    resample: { repeats: 0, bootstraps: 6 },
  }
  const seen: PathJob[] = []
  const { optimism, path } = await analyse({ ...study, secondReader }, protocolOf(settings), async (jobs) => {
    const results = []
    for (const job of jobs) {
      if (job.kind === 'followNested') seen.push(job.job)
      results.push(await runStatisticsJob(kernels, job))
    }
    return results
  })
  expect(optimism!.failures).toEqual([])
  expect(Object.keys(optimism!.models)).toEqual(['LR', 'RF', 'SVM'])
  for (const { apparent, corrected, outOfBag, samples, learntFrom } of Object.values(optimism!.models)) {
    expect(samples).toHaveLength(6)
    expect(learntFrom).toEqual(path.learntFrom)
    expect(apparent).toBeGreaterThan(0.6)
    expect(corrected).toBeLessThan(apparent - 0.05)
    expect(outOfBag).toBeLessThan(0.62)
  }
  expect(seen).toHaveLength(6)
  for (const { study: sample, split } of seen) {
    const patients = split.training.map((id) => sample.patientOf!.get(id)!)
    expect(patients).toHaveLength(100)
    expect(new Set(patients).size).toBeLessThan(80)
    expect(sample.features.columns).toEqual(columns)
    // A patient that was drawn twice was read again once.
    expect(sample.secondReader!.ids.every((id) => patients.includes(id))).toBe(true)
    expect(split.training.filter((id) => sample.outcomeOf.get(id) === 1)).toHaveLength(40)
  }
})

test('a training cohort of one batch has nothing to harmonise within its folds', async () => {
  const small = { patients: 40, positives: 15 }
  const study = plantSignal({ features: 8, training: small, validation: small, batches: 1, seed: 6 })
  for (const mode of ['all patients, labels unseen', 'reference']) {
    const { path, resampling } = await run(study, protocolOf({ harmonise: { mode, batch: ['scanner'] }, select: [], resample: { folds: 2 } })) // prettier-ignore
    expect(path.harmonisation!.columns).toHaveLength(8)
    expect(resampling!.failures).toEqual([])
    expect(resampling!.ids).toEqual(path.learntFrom)
    const aucs = resampling!.folds.map(({ auc }) => auc.LR)
    expect(resampling!.withinFolds).toEqual({ LR: { meanAuc: (aucs[0] + aucs[1]) / 2, folds: 2 } })
  }
})

test('missing values that are replaced are counted in every cohort', async () => {
  const study = plantSignal({ ...defaultNoiseStudy, features: 6, batches: 0, seed: 5 })
  const { ids, columns, values } = study.features
  const lost = values.slice()
  for (const [column, id] of [[0, 't1'], [0, 'v3'], [0, 'v4'], [2, 'v3']] as const) lost[column * ids.length + ids.indexOf(id)] = NaN // prettier-ignore
  const spoilt = { ...study, features: { ids, columns, values: lost } }
  const protocol = protocolOf({ select: [], missing: 'median of training', resample: { repeats: 0 } })
  const { path } = await run(spoilt, protocol)
  expect(path.screening.imputation!.missing).toEqual([{ column: 'feature1', count: 1 }])
  expect(path.imputed).toEqual([{ cohort: 'validation', missing: [{ column: 'feature1', count: 2 }, { column: 'feature3', count: 1 }] }]) // prettier-ignore
})

test('class weights, tuning, a cost rule, a prevalence and reclassification are the protocol’s to ask for', async () => {
  const study = plantSignal({ ...defaultNoiseStudy, features: 4, training: { patients: 80, positives: 20 }, seed: 5 })
  const models = [
    { method: 'logistic' },
    { method: 'forest', trees: 30, tune: true },
    { method: 'forest', name: 'RF balanced', trees: 30, classWeights: 'balanced' },
    { method: 'svm', classWeights: 'balanced' },
  ]
  const evaluate = { bootstraps: 100, cutoff: 'cost', costOfMiss: 3, reclassification: { borders: [0.2] } }
  const { path, evaluation } = await run(study, protocolOf({ select: [], models, evaluate, resample: { folds: 2 } }))
  expect(path.models.map(({ scoreKind }) => scoreKind)).toEqual(['probability', 'probability', 'weighted', 'probability'])
  const [training] = evaluation.cohorts
  expect(evaluation.options.rules).toEqual([{ kind: 'cost', costOfMiss: 3, prevalence: 0.25 }])
  expect(training.models[2].decisionCurve).toBeNull()
  expect(say(training.models[2].noProbability!)).toContain('class weights')
  expect(training.reclassification.map(({ models }) => models.join())).toEqual(['LR,RF', 'LR,SVM', 'RF,SVM'])
  const { evaluation: rare } = await run(study, protocolOf({ select: [], evaluate: { ...evaluate, prevalence: 0.1 }, resample: { repeats: 0 } })) // prettier-ignore
  expect(rare.options.rules[0]).toMatchObject({ prevalence: 0.1 })
  expect(rare.cohorts[1].models[0].cutoffs[0].classification!.atPrevalence!.prevalence).toBe(0.1)
})

test('a reference batch stays as it is', async () => {
  const study = plantSignal({ features: 6, training: { patients: 40, positives: 15 }, validation: { patients: 40, positives: 15 }, batches: 2, seed: 6 }) // prettier-ignore
  const { path } = await run(study, protocolOf({ harmonise: { batch: ['scanner'], referenceBatch: 't1' }, select: [], resample: { repeats: 0 } })) // prettier-ignore
  expect(path.harmonisation!.batches.map(({ batch, gammaStar }) => [batch, gammaStar.every((gamma) => gamma === 0)])).toEqual([['t1', true], ['t2', false], ['v1', false], ['v2', false]]) // prettier-ignore
})

test('Boruta says so when its columns were filtered by the outcome, by whatever method', async () => {
  const study = plantSignal({ features: 8, training: { patients: 60, positives: 25 }, validation: { patients: 10, positives: 5 }, batches: 0, seed: 6 }) // prettier-ignore
  const boruta = { method: 'boruta', trees: 20, maximumRuns: 11 }
  const notesAfter = async (before: object) => {
    const { path } = await run(study, protocolOf({ select: [before, boruta], resample: { repeats: 0 } }))
    const last = path.selection.steps.at(-1)!
    return last.method === 'boruta' ? last.notes.map(say) : null
  }
  for (const before of [
    { method: 'rankSum', alpha: 0.9 },
    { method: 'mrmr', keep: 6 },
  ])
    expect(await notesAfter(before)).toEqual([expect.stringContaining('filtered by the outcome of the same patients')])
  expect(await notesAfter({ method: 'redundancy' })).toEqual([])
})

test('fewer patients of a class than folds are refused with the class and the counts, before anything is computed', async () => {
  const few = { patients: 30, positives: 2 }
  const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 4, training: few, validation: few, batches: 1 })
  let jobs = 0
  const asked = { ...protocolOf({ resample: { folds: 2 } }), outcome: { column: 'HER2', positive: 'low' } }
  const analysed = analyse(study, asked, async () => (jobs++, []))
  await expect(analysed).rejects.toThrowSaying('The cohort training has 2 patients with HER2 = low (positive) and 28 without (negative); 5 folds need at least 5 of each.') // prettier-ignore
  expect(jobs).toBe(0)
})

test('a training cohort of one class is refused, a judged one of three patients or one class answers with the reason', async () => {
  const study = plantSignal({ features: 6, training: { patients: 40, positives: 15 }, validation: { patients: 3, positives: 1 }, batches: 0, seed: 6 }) // prettier-ignore
  const oneClass = (cohort: string) => ({ ...study, outcomeOf: new Map([...study.outcomeOf].map(([id, label]) => [id, study.cohortOf.get(id) === cohort ? (1 as const) : label])) }) // prettier-ignore
  const protocol = protocolOf({ select: [], resample: { repeats: 0 } })
  await expect(run(oneClass('training'), protocol)).rejects.toThrowSaying(
    'has 40 positive and 0 negative patients; both are needed',
  )
  const [judged] = (await run(oneClass('validation'), protocol)).evaluation.cohorts.slice(-1)
  expect(judged).toMatchObject({ cohort: 'validation', patients: 3, models: [] })
  expect(say(judged.unusable!)).toContain('both classes are needed')
  const [three] = (await run(study, protocol)).evaluation.cohorts.slice(-1)
  expect(say(three.warnings[0])).toContain('Only 1 positive patient:')
  expect(three.models[0].auc.degenerate).toBe(true)
})

test('the outcome as covariate is refused', async () => {
  const study = plantSignal({ features: 6, training: { patients: 40, positives: 15 }, validation: { patients: 40, positives: 15 }, batches: 2, seed: 6 }) // prettier-ignore
  const valueOf = new Map([...study.outcomeOf].map(([id, label]) => [id, label ? 'high' : 'low']))
  const told = { ...study, covariates: [{ name: 'status', kind: 'factor' as const, valueOf }] }
  await expect(run(told, protocolOf({ harmonise: { batch: ['scanner'], covariates: ['status'] } }))).rejects.toThrowSaying('The covariate status is the outcome') // prettier-ignore
})

test('the default protocol asks for the agreement of readers, and says so when nobody was read twice', async () => {
  const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 5, batches: 2 })
  await expect(run(study, defaultProtocol)).rejects.toThrowSaying('nobody was read twice')
})

test('only the features that a model uses must be complete in the patients it judges', async () => {
  const study = plantSignal({ ...defaultNoiseStudy, features: 6, batches: 0, seed: 5 })
  const protocol = protocolOf({ select: [{ method: 'mrmr', keep: 1 }], resample: { repeats: 0 } })
  const { path } = await run(study, protocol)
  const [used] = path.selection.kept
  const { ids, columns, values } = study.features
  const spoil = (column: string) => {
    const at = columns.indexOf(column) * ids.length + ids.indexOf('v3')
    return { ...study, features: { ids, columns, values: values.with(at, Infinity) } }
  }
  const unused = columns.find((column) => column !== used)!
  expect((await run(spoil(unused), protocol)).path.scores[1]).toEqual(path.scores[1])
  await expect(run(spoil(used), protocol)).rejects.toThrowSaying(
    `${used}, which the models use, is infinite in the cohort validation for v3.`,
  )
})

/** Noise, but three features that know something of the outcome. */
function plantSignal(options: Parameters<typeof simulateNoiseStudy>[0]): StudyData {
  const study = simulateNoiseStudy(options)
  const { ids, columns } = study.features
  const values = study.features.values.map((value, at) => (at < 3 * ids.length ? value + 1.2 * study.outcomeOf.get(ids[at % ids.length])! : value)) // prettier-ignore
  return { ...study, features: { ids, columns, values } }
}

function keepColumns({ features }: StudyData, columns: readonly string[]): StudyData['features'] {
  const rows = features.ids.length
  const at = columns.map((column) => features.columns.indexOf(column))
  const values = Float64Array.from(at.flatMap((j) => [...features.values.subarray(j * rows, (j + 1) * rows)]))
  return { ids: features.ids, columns, values }
}
