import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { candidateTables, readCandidates } from '../../../reference/candidates.ts'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { createRandom } from '../numeric/random.ts'
import { mean, standardDeviation } from '../numeric/moments.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { drawTrainingRows, patientsOf, pickTrainingColumns, takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import { say } from '../../messages/say.ts'
import { anneal, annealingFolds, annealingJobs, caretAnnealing, chooseIteration, defaultAnnealing, runAnnealing, type AnnealJob, type AnnealingOptions } from './annealing.ts' // prettier-ignore

const kernels = await loadKernels()
const runHere = async (jobs: readonly AnnealJob[]) => jobs.map((job) => anneal(kernels, job))
const quick: AnnealingOptions = { ...defaultAnnealing, trees: 50, iterations: 12, improve: 4 }
const select = (training: TrainingTable, changed: Partial<AnnealingOptions> = {}) =>
  runAnnealing(training, { ...quick, ...changed }, runHere)

test('copies of a patient stay together in the folds, and their jobs say whose they are', () => {
  const { table } = drawTrainingRows(
    simulate(3, 1, 4),
    Array.from({ length: 100 }, (_, i) => (i * 7) % 50),
  )
  const patients = patientsOf(table)
  const foldOf = annealingFolds(table, quick)
  expect(new Set(patients.map((patient, row) => `${patient} ${foldOf[row]}`)).size).toBe(50)
  for (const { inside } of annealingJobs(table, quick)) expect(inside.patients).toHaveLength(inside.rows)
})

/** Noise, shifted by the outcome in the first columns; every fourth patient is positive and the last 20 are validation. */
function simulate(columns: number, planted: number, seed: number, { rows = 100, validationShift = 0, prevalence = 4 } = {}) {
  const random = createRandom(seed)
  const all = rows + 20
  const outcome = Array.from({ length: all }, (_, i) => (i % prevalence === 0 ? 1 : 0))
  const values = Float64Array.from({ length: all * columns }, (_, at) => {
    const [row, column] = [at % all, Math.floor(at / all)]
    const shift = column < planted ? 0.3 * outcome[row] : 0
    return random.uniform() + shift + (row >= rows ? validationShift : 0)
  })
  const ids = outcome.map((_, i) => `p${i}`)
  const names = Array.from({ length: columns }, (_, j) => `${j < planted ? 'planted' : 'noise'} ${j + 1}`)
  const labels = outcome.map((label, i) => (i >= rows && validationShift !== 0 ? 1 - label : label))
  return takeTraining(makeFeatureTable(ids, names, values), labels, { training: ids.slice(0, rows), validation: ids.slice(rows) })
}

describe('held-out Accuracy is caret’s', () => {
  interface Run {
    optIter: number
    averages: number[]
  }
  const caret = JSON.parse(readFileSync('reference/r/annealing_seeds.json', 'utf8')) as { tables: Record<string, Run[]> }

  test.each(candidateTables)('%s: the mean of 4 seeds of ours lies within 2 SD of the mean of 10 of R’s', async (table) => {
    const { candidates } = JSON.parse(readFileSync(`reference/statistics/${table}/annealing.json`, 'utf8')) as { candidates: string[] } // prettier-ignore
    const training = pickTrainingColumns(readCandidates(table), candidates)
    const theirs = caret.tables[table].map(({ optIter, averages }) => averages[optIter - 1])
    const ours: number[] = []
    for (let seed = 1; seed <= 4; seed++) {
      const { averages, iteration } = await select(training, { ...caretAnnealing, cacheSubsets: true, trees: 100, seed })
      ours.push(averages[iteration - 1])
    }
    expect(Math.abs(mean(ours) - mean(theirs))).toBeLessThanOrEqual(2 * standardDeviation(theirs))
  }, 60000) // prettier-ignore
})

test.each([1, 2, 3])('planted features are in the best subset of the folds, noise by chance (seed %i)', async (seed) => {
  const training = simulate(12, 3, seed, { rows: 150 })
  const { kept, details, candidates, name } = await select(training, { iterations: 40, improve: 10 })
  expect(kept).toEqual(candidates.filter((column) => kept.includes(column)))
  expect(kept.filter((column) => column.startsWith('planted')).length).toBeGreaterThanOrEqual(2)
  const [planted, noise] = [details.slice(0, 3), details.slice(3)].map((some) => some.map(({ inBestOfFolds }) => inBestOfFolds))
  expect(planted).toEqual([5, 5, 5])
  expect(mean(noise)).toBeLessThan(2.5)
  expect(say(name)).toContain('AUC out of bag inside, in 5 held-out folds outside; 40 iterations')
})

test.each(['AUC', 'Accuracy'] as const)('pure noise gives a subset and a %s that is told', async (metric) => {
  const { kept, averages, iteration } = await select(simulate(10, 0, 2), { metric })
  expect(kept.length).toBeGreaterThan(0)
  expect(averages).toHaveLength(12)
  expect(averages[iteration - 1]).toBe(Math.max(...averages))
})

test.each([1, 2, 3])('%i columns', async (columns) => {
  const { kept, final } = await select(simulate(columns, 1, 3))
  expect(final?.steps[0].subset).toHaveLength(1)
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.length).toBeLessThanOrEqual(columns)
})

test('no column: nothing kept', async () => {
  const { kept, iteration, final } = await select(pickTrainingColumns(simulate(1, 1, 3), []))
  expect({ kept, iteration, final }).toEqual({ kept: [], iteration: 0, final: undefined })
})

test('a maximum holds in every run', async () => {
  const { kept, folds, final, name } = await select(simulate(20, 6, 4), { maximumSize: 3 })
  expect(kept.length).toBeLessThanOrEqual(3)
  const sizes = [...folds, final!].flatMap(({ steps }) => steps.map(({ subset }) => subset.length))
  expect(Math.max(...sizes)).toBe(3)
  expect(say(name)).toContain('at most 3 features')
})

test('equal averages go to the smaller subset, then to the earlier iteration', () => {
  const steps = [[1, 2, 3], [4, 5], [6, 7], [8]].map((subset) => ({ subset }))
  expect(chooseIteration([0.7, 0.7, 0.7 + 1e-15, 0.6], steps)).toBe(1)
  expect(chooseIteration([0.7, 0.6, 0.6, 0.6], steps)).toBe(0)
  expect(chooseIteration([0.7, 0.7, 0.7, 0.7], steps)).toBe(3)
})

describe('who learns', () => {
  const training = simulate(8, 2, 5)

  test('folds are stratified, and a run’s forests see its own training rows only', () => {
    const foldOf = annealingFolds(training, quick)
    const positives = [0, 1, 2, 3, 4].map((fold) => foldOf.filter((of, row) => of === fold && training.outcome[row] === 1).length)
    expect(positives).toEqual([5, 5, 5, 5, 5])
    const [final, ...folds] = annealingJobs(training, quick)
    expect(final.learntFrom).toEqual(training.ids)
    expect(final.outside).toBeUndefined()
    expect(folds.flatMap(({ heldOut }) => heldOut).sort()).toEqual([...training.ids].sort())
    for (const { learntFrom, heldOut, inside, outside } of folds) {
      expect(learntFrom.filter((id) => heldOut.includes(id))).toEqual([])
      expect(learntFrom.length + heldOut.length).toBe(100)
      for (const [part, ids] of [
        [inside, learntFrom],
        [outside!, heldOut],
      ] as const)
        // prettier-ignore
        ids.forEach((id, row) => {
          const from = training.ids.indexOf(id)
          expect(part.outcome[row]).toBe(training.outcome[from])
          for (let j = 0; j < 8; j++) expect(part.values[j * ids.length + row]).toBe(training.values[j * 100 + from])
        })
    }
  })

  test('other values and labels of the held-out fold change no step of the walk', () => {
    const job = annealingJobs(training, quick)[1]
    const outside = { ...job.outside!, values: job.outside!.values.map((value) => -value) }
    const seen = ({ steps }: ReturnType<typeof anneal>) =>
      steps.map(({ subset, inside, outcome }) => ({ subset, inside, outcome }))
    const [before, after] = [anneal(kernels, job), anneal(kernels, { ...job, outside })]
    expect(seen(after)).toEqual(seen(before))
    expect(after.steps).not.toEqual(before.steps)
  })

  test('other values and labels of the validation cohort change nothing', async () => {
    expect(await select(simulate(8, 2, 5, { validationShift: 9 }))).toEqual(await select(training))
  })

  test('the record names who was learnt from', async () => {
    const { learntFrom, final } = await select(training)
    expect(learntFrom).toEqual(training.ids)
    expect(final?.learntFrom).toEqual(training.ids)
  })
})

describe('the same answer', () => {
  const training = simulate(6, 2, 6)
  const plain = select(training)

  test('with runs in another order, on the debug build', async () => {
    const debug = await loadKernels({ build: 'debug' })
    const jobs = annealingJobs(training, quick)
    const results = new Map([...jobs].reverse().map((job) => [job.name, anneal(debug, job)]))
    const selection = await runAnnealing(training, quick, async (asked) => asked.map((job) => results.get(job.name)!))
    expect(selection).toEqual(await plain)
  })

  test('with and without the cache; a subset met again was scored once', async () => {
    const { folds, final } = await select(training, { cacheSubsets: false })
    const cached = await plain
    expect(folds.map((run) => run.steps)).toEqual(cached.folds.map((run) => run.steps))
    expect(final?.steps).toEqual(cached.final?.steps)
    for (const run of [...cached.folds, cached.final!])
      expect(run.steps.length - run.cached).toBe(new Set(run.steps.map(({ subset }) => subset.join())).size)
    expect(cached.folds.some((run) => run.cached > 0)).toBe(true)
  })

  test('another seed gives another walk', async () => {
    expect((await select(training, { seed: 2 })).final?.steps).not.toEqual((await plain).final?.steps)
  })
})

test('progress counts the runs; a run that fails or is cancelled ends it', async () => {
  const told: number[] = []
  await runAnnealing(simulate(3, 1, 7), quick, runHere, ({ done, total }) => told.push(done, total))
  expect(told).toEqual([1, 6, 2, 6, 3, 6, 4, 6, 5, 6, 6, 6])
  await expect(runAnnealing(simulate(3, 1, 7), quick, () => Promise.reject(new Error('cancelled')))).rejects.toThrowSaying(
    'cancelled',
  )
})

test('bad input is refused in words', async () => {
  const training = simulate(3, 1, 8)
  await expect(select(simulate(3, 1, 8, { prevalence: 1000 }))).rejects.toThrowSaying('5 folds need at least 5 patients')
  await expect(select(simulate(3, 1, 8, { prevalence: 1 }))).rejects.toThrowSaying('patients of both classes')
  await expect(select(training, { iterations: 0 })).rejects.toThrowSaying('iterations of simulated annealing')
  await expect(select(training, { maximumSize: 0 })).rejects.toThrowSaying('maximumSize of simulated annealing')
  await expect(select(training, { trees: 1, metric: 'AUC', folds: 2 })).resolves.toBeDefined()
})
