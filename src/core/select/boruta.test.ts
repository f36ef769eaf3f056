import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { growTrees, type GrowTreesJob } from '../learn/forest.ts'
import { createRandom } from '../numeric/random.ts'
import { median } from '../numeric/quantile.ts'
import { averageRanks } from '../numeric/ranks.ts'
import { columnAt, makeFeatureTable, pickRows } from '../table/featureTable.ts'
import { takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import { chanceOfAtLeast, defaultBoruta, defaultBorutaPy, runBoruta, type BorutaOptions } from './boruta.ts'
import { say } from '../../messages/say.ts'

const kernels = await loadKernels()
const run = async (jobs: readonly GrowTreesJob[]) => jobs.map((job) => growTrees(kernels, job))
const json = <T>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as T

interface Counted {
  name: string
  confirmed: number
}

function readInput(table: string): TrainingTable {
  const text = readFileSync(`reference/statistics/${table}/boruta_input.csv`, 'utf8')
  const rows = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
  const columns = Object.keys(rows[0]).filter((name) => name !== 'Target')
  const values = Float64Array.from(columns.flatMap((column) => rows.map((row) => Number(row[column]))))
  const ids = rows.map((_, i) => `${i}`)
  return takeTraining(makeFeatureTable(ids, columns, values), rows.map((row) => Number(row.Target)), { training: ids, validation: [] }) // prettier-ignore
}

/** Noise, with `planted` columns first whose mean is one SD higher in class 1. Normal enough: sums of uniform numbers. */
function simulate(rows: number, planted: number, noise: number, seed: number): TrainingTable {
  const random = createRandom(seed)
  const normal = () => Array.from({ length: 12 }, random.uniform).reduce((sum, value) => sum + value, -6)
  const outcome = Uint8Array.from({ length: rows }, () => random.integer(2))
  const columns = Array.from({ length: planted + noise }, (_, j) => (j < planted ? `planted ${j}` : `noise ${j}`))
  const values = columns.flatMap((_, j) => Array.from(outcome, (label) => normal() + (j < planted ? label : 0)))
  const ids = Array.from(outcome, (_, i) => `p${i}`)
  return takeTraining(makeFeatureTable(ids, columns, Float64Array.from(values)), outcome, { training: ids, validation: [] })
}

test('the tail of the binomial distribution', () => {
  expect(chanceOfAtLeast(0, 10)).toBe(1)
  expect(chanceOfAtLeast(10, 10)).toBe(1 / 1024)
  expect(chanceOfAtLeast(8, 10)).toBe((45 + 10 + 1) / 1024)
  expect(chanceOfAtLeast(50, 99)).toBeCloseTo(0.5, 12)
})

// Forests of fewer trees than the references' 500, for time; `npm run bench:statistics borutaAgreement` runs all of it whole.
describe.each([
  ['ispy1', 'BorutaPy', 250],
  ['lung_two_centres', 'BorutaPy', 150],
  ['ispy1', 'Boruta', 120],
] as const)('6 seeds on %s, variant %s, %i trees', (table, variant, trees) => {
  test('confirm what the reference always confirms, and not what it never does', async () => {
    const reference =
      variant === 'BorutaPy'
        ? json<{ features: Counted[] }>(`reference/statistics/${table}/boruta.json`).features
        : json<Record<string, Counted[]>>('reference/r/boruta.json')[table]
    const training = readInput(table)
    const options = { ...(variant === 'BorutaPy' ? defaultBorutaPy : defaultBoruta), trees }
    const times = new Map(training.columns.map((name) => [name, 0]))
    for (let seed = 1; seed <= 6; seed++)
      for (const name of (await runBoruta(training, { ...options, seed }, run)).kept) times.set(name, times.get(name)! + 1)
    expect(reference.map(({ name }) => name)).toEqual(training.columns)
    expect(reference.some(({ confirmed }) => confirmed === 6)).toBe(true)
    for (const { name, confirmed } of reference) {
      if (confirmed === 6) expect(times.get(name), name).toBeGreaterThanOrEqual(4)
      if (confirmed === 0) expect(times.get(name), name).toBeLessThanOrEqual(2)
    }
  }, 120_000)
})

describe.each([defaultBoruta, defaultBorutaPy])('variant $variant', (defaults: BorutaOptions) => {
  const options = { ...defaults, trees: 200 }

  test('finds planted columns and hardly others', async () => {
    const training = simulate(250, 10, 40, 3)
    const { kept } = await runBoruta(training, options, run)
    const isPlanted = (name: string) => name.startsWith('planted')
    expect(kept.filter(isPlanted).length).toBeGreaterThanOrEqual(9)
    const planted = training.columns.filter(isPlanted)
    const wrong = kept.filter((name) => !isPlanted(name) && planted.every((one) => Math.abs(spearman(training, name, one)) < 0.8))
    expect(wrong.length).toBeLessThanOrEqual(1)
  }, 60_000)

  test('confirms nothing where there is nothing: every patient is there twice, once of each class', async () => {
    const half = simulate(60, 0, 20, 5)
    const values = half.columns.flatMap((_, j) => [...columnAt(half, j), ...columnAt(half, j)])
    const ids = Array.from({ length: 120 }, (_, i) => `p${i}`)
    const twice = makeFeatureTable(ids, half.columns, Float64Array.from(values))
    const training = takeTraining(twice, Uint8Array.from(ids, (_, i) => (i < 60 ? 0 : 1)), { training: ids, validation: [] }) // prettier-ignore
    const { kept, details } = await runBoruta(training, options, run)
    expect(kept).toEqual([])
    expect(details.filter(({ decision }) => decision === 'rejected').length).toBeGreaterThan(14)
  }, 60_000)

  // Boruta.R counts `imp > max(shaImp)`, boruta_py `cur_imp > imp_sha_max`: to equal the best shadow is no hit. Constant columns
  // and their shadows have the same importance in every run, so with >= all would be confirmed.
  test('a column that only equals the best shadow has no hit and is rejected', async () => {
    const half = simulate(60, 0, 10, 5)
    const constant = makeFeatureTable(half.ids, half.columns, new Float64Array(600).fill(1))
    const training = takeTraining(constant, half.outcome, { training: half.ids, validation: [] })
    const { details, history } = await runBoruta(training, options, run)
    for (const { importance, shadows } of history)
      expect([...new Set(importance.filter((value) => value !== null)), shadows.greatest]).toEqual([
        shadows.greatest,
        shadows.greatest,
      ])
    expect(details.map(({ decision, hits }) => [decision, hits])).toEqual(half.columns.map(() => ['rejected', 0]))
  })

  // An association by chance stays in every run while the shadows are drawn anew: of 20 columns of noise one to three are
  // confirmed on average, here and by the packages.
  test('confirms few columns of noise', async () => {
    const counts = []
    for (const seed of [1, 2, 3, 4])
      counts.push((await runBoruta(simulate(100, 0, 20, seed), { ...options, trees: 100 }, run)).kept.length)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(12)
  }, 60_000)
})

describe('the record', () => {
  const training = simulate(60, 2, 8, 1)
  const options = { ...defaultBoruta, trees: 60, maximumRuns: 20 }

  test('tells of every column, run and decision, and is JSON', async () => {
    const result = await runBoruta(training, options, run)
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    expect(result.learntFrom).toEqual(training.ids)
    expect(say(result.name)).toContain('Boruta (R)')
    expect(result.details.map(({ name }) => name)).toEqual(training.columns)
    expect(result.kept).toEqual(training.columns.filter((_, j) => result.details[j].decision === 'confirmed'))
    for (const [j, column] of result.details.entries()) {
      const values = result.history.flatMap(({ importance }) => importance[j] ?? [])
      expect(column.runs).toBe(column.decision === 'rejected' ? column.decidedInRun : result.history.length)
      expect(column.runs).toBe(values.length)
      expect(column.hits).toBe(result.history.filter(({ importance, shadows }) => (importance[j] ?? -Infinity) > shadows.greatest).length) // prettier-ignore
      expect(column.importance.greatest).toBe(Math.max(...values))
      const p = chanceOfAtLeast(column.hits, column.runs) * 10
      if (column.decidedInRun === result.history.length) expect(column.decision === 'confirmed').toBe(p < 0.01)
    }
    expect(new Set(result.details.map(({ decision }) => decision)).size).toBeGreaterThan(1)
  })

  test('decides as soon as Bonferroni allows: the tenth run of ten hits or none', async () => {
    // 10 columns: 2^-10 x 10 = 0.0098 is below 0.01, 2^-9 x 10 is not; BorutaPy's limit of 0.05 is met by 2^-8 x 10 = 0.039.
    const first = async (chosen: BorutaOptions) =>
      Math.min(...(await runBoruta(training, chosen, run)).details.map(({ decidedInRun }) => decidedInRun ?? Infinity))
    expect(await first(options)).toBe(10)
    expect(await first({ ...defaultBorutaPy, trees: 60, maximumRuns: 20 })).toBe(8)
  })

  test('the same seed gives the same bits however jobs are spread', async () => {
    const other = await loadKernels({ build: 'debug' })
    const spread = async (jobs: readonly GrowTreesJob[]) =>
      jobs.map((job, i) => growTrees(i % 2 ? other : kernels, structuredClone(job)))
    expect(await runBoruta(training, options, spread)).toEqual(await runBoruta(training, options, run))
  })

  test('tentative columns are dropped, or decided by the rough fix when asked', async () => {
    const short = { ...options, maximumRuns: 11, significance: 1e-4 }
    const plain = await runBoruta(training, short, run)
    expect(plain.details.every(({ decision, dropped }) => decision === 'tentative' && dropped === 'tentative')).toBe(true)
    expect(plain.kept).toEqual([])
    expect(plain.history.length).toBe(10)
    const fixed = await runBoruta(training, { ...short, roughFix: true }, run)
    expect(fixed.details.every(({ roughFixed }) => roughFixed)).toBe(true)
    const limit = median(fixed.history.map(({ shadows }) => shadows.greatest))
    for (const { decision, importance } of fixed.details)
      expect(decision).toBe(importance.median > limit ? 'confirmed' : 'rejected')
    expect(fixed.kept).toEqual(expect.arrayContaining(['planted 0', 'planted 1']))
    expect(fixed.kept.length).toBeLessThan(6)
  })

  test('says when columns were filtered before', async () => {
    expect((await runBoruta(training, options, run)).notes).toEqual([])
    const { notes } = await runBoruta(training, { ...options, filteredBefore: true }, run)
    expect(notes.map(say)).toEqual([expect.stringContaining('its shadows were not')])
  })

  test('progress is told after each run, and a refused job ends it', async () => {
    const told: string[] = []
    const { history } = await runBoruta(training, options, run, ({ step, done, total }) =>
      told.push(`${done}/${total} ${say(step)}`),
    )
    expect(told.length).toBe(history.length)
    expect(told[0]).toBe('1/19 Boruta, run 1: 0 confirmed, 0 rejected, 10 open')
    let runs = 0
    const cancelled = runBoruta(training, options, (jobs) => (++runs > 3 ? Promise.reject(new Error('cancelled')) : run(jobs)))
    await expect(cancelled).rejects.toThrowSaying('cancelled')
    expect(runs).toBe(4)
  })

  test('learns from training tables only; bad input is told plainly', async () => {
    await expect(runBoruta({ ...training }, options, run)).rejects.toThrowSaying('Only a training table')
    await expect(runBoruta(training, { ...options, maximumRuns: 10 }, run)).rejects.toThrowSaying('above 10; 10 was given')
    await expect(runBoruta(training, { ...options, significance: 5 }, run)).rejects.toThrowSaying('between 0 and 1; 5 was given')
    const plain = makeFeatureTable(training.ids, training.columns, training.values.with(61, NaN))
    const cohorts = { training: training.ids, validation: [] }
    await expect(runBoruta(takeTraining(plain, training.outcome, cohorts), options, run)).rejects.toThrowSaying(
      'planted 1 of p1 is missing',
    )
    const one = takeTraining(pickRows(training, training.ids), new Uint8Array(60), cohorts)
    await expect(runBoruta(one, options, run)).rejects.toThrowSaying('0 of the 60 training rows have outcome 1')
  })

  test('no columns: nothing to decide', async () => {
    const none = takeTraining(makeFeatureTable(training.ids, [], new Float64Array(0)), training.outcome, { training: training.ids, validation: [] }) // prettier-ignore
    const result = await runBoruta(none, options, run)
    expect([result.kept, result.history]).toEqual([[], []])
  })
})

function spearman(table: TrainingTable, a: string, b: string): number {
  const rows = table.ids.length
  const ranksOf = (name: string) => {
    const at = table.columns.indexOf(name)
    return averageRanks(table.values.subarray(at * rows, (at + 1) * rows)).map((rank) => rank - (rows + 1) / 2)
  }
  const [x, y] = [ranksOf(a), ranksOf(b)]
  const product = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, i) => sum + value * v[i], 0)
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y))
}
