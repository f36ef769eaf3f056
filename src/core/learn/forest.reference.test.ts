import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { defaultForestOptions, growForest, growTrees, predictForest, type ForestOptions, type GrowTreesJob } from './forest.ts'
import type { ForestData } from './forestInput.ts' // prettier-ignore

interface Summary<Value = number> {
  mean: Value
  sd: Value
}
interface Answers {
  features: string[]
  per_seed: { top5: string[] }[]
  mean: ({ name: string } & Summary)[]
}
type Importances = Record<string, {
  features: string[]
  randomForest: Record<'accuracy' | 'standardError' | 'gini', Summary<number[]>>
  ranger: Record<'permutation' | 'scaled', Summary<number[]>>
  weightedVotes: Summary
}> // prettier-ignore

const json = <T>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as T
const kernels = await loadKernels()
const run = async (jobs: readonly GrowTreesJob[]) => jobs.map((job) => growTrees(kernels, job))
const importances = json<Importances>('reference/r/forest.json')
const seeds = Array.from({ length: 20 }, (_, i) => i + 1)

const sources = { ispy1: ['ispy1'], lung_two_centres: ['lung_centre_a', 'lung_centre_b'] }

/** Patients of `ids` with the columns `features`. */
function readData(table: keyof typeof sources, ids: readonly string[], features: readonly string[]): ForestData {
  const rows = sources[table].flatMap((name) => {
    const text = gunzipSync(readFileSync(`reference/tables/${name}.csv.gz`)).toString()
    return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
  })
  const rowOf = new Map(rows.map((row) => [row.ID, row]))
  const chosen = ids.map((id) => rowOf.get(id)!)
  return {
    rows: ids.length,
    columns: features.length,
    values: Float64Array.from(features.flatMap((name) => chosen.map((row) => Number(row[name])))),
    outcome: Uint8Array.from(chosen, (row) => Number(row.Target)),
  }
}

describe.each(Object.keys(sources) as (keyof typeof sources)[])('%s, 20 seeds of 500 trees', (name) => {
  const answers = json<Answers>(`reference/statistics/${name}/forest.json`)
  const split = json<{ train_id: string[]; valid_id: string[] }>(`reference/statistics/${name}/split.json`)
  const training = readData(name, split.train_id, answers.features)
  const validation = readData(name, split.valid_id, answers.features)
  const forests = async (options: Partial<ForestOptions>) =>
    Promise.all(seeds.map((seed) => growForest(training, { ...defaultForestOptions, ...options, seed }, run)))

  const near = (ours: number, reference: string) => {
    const { mean, sd } = answers.mean.find((summary) => summary.name === reference)!
    expect(Math.abs(ours - mean), `${reference}: ours ${ours}, mean ${mean}, SD ${sd}`).toBeLessThan(2 * sd)
  }

  test('AUC out of bag and in validation as ranger with probability = TRUE', async () => {
    const grown = await forests({ minimumNodeSize: 10, importance: 'gini' })
    near(meanOf(grown.map(({ outOfBag }) => rocAuc(outOfBag.probability, training.outcome))), 'ranger_oob')
    const scores = grown.map(({ trees }) => predictForest(trees, validation.values, validation.rows).probability)
    near(meanOf(scores.map((score) => rocAuc(score, validation.outcome))), 'ranger_valid')
  })

  test('AUC by votes, importances and their errors as randomForest and ranger', async () => {
    const grown = await forests({})
    near(meanOf(grown.map(({ outOfBag }) => rocAuc(outOfBag.votes, training.outcome))), 'rf_oob')
    const scores = grown.map(({ trees }) => predictForest(trees, validation.values, validation.rows).votes)
    near(meanOf(scores.map((score) => rocAuc(score, validation.outcome))), 'rf_valid')

    const reference = importances[name]
    expect(reference.features).toEqual(answers.features)
    const permutations = grown.map(({ importance }) => importance.permutation!)
    const mean = byColumn(permutations.map((one) => one.mean))
    const columnsNear = (ours: readonly number[], { mean, sd }: Summary<number[]>) =>
      ours.forEach((value, j) =>
        expect(Math.abs(value - mean[j]), `${answers.features[j]}: ${value}, ${mean[j]}`).toBeLessThan(2 * sd[j]),
      )
    columnsNear(mean, reference.randomForest.accuracy)
    columnsNear(byColumn(permutations.map((one) => one.standardError)), reference.randomForest.standardError)
    columnsNear(byColumn(grown.map(({ importance }) => importance.gini)), reference.randomForest.gini)
    columnsNear(mean, reference.ranger.permutation)
    columnsNear(byColumn(permutations.map((one) => one.mean.map((loss, j) => loss / one.standardError[j]))), reference.ranger.scaled) // prettier-ignore

    const top = (values: readonly number[]) =>
      values.map((value, j) => [value, answers.features[j]] as const).sort((a, b) => b[0] - a[0]).slice(0, 5).map(([, one]) => one) // prettier-ignore
    const times = answers.features.map((feature) => answers.per_seed.filter(({ top5 }) => top5.includes(feature)).length)
    expect(top(times).filter((feature) => top(mean).includes(feature)).length).toBeGreaterThanOrEqual(4)
  })

  test('votes with class weights as randomForest', async () => {
    const grown = await forests({
      minimumNodeSize: 20,
      classWeights: [1, 3.1],
      sampling: { replace: false, fraction: 0.632 },
      importance: 'gini',
    })
    const ours = meanOf(grown.map(({ outOfBag }) => meanOf(outOfBag.votes)))
    const { mean, sd } = importances[name].weightedVotes
    expect(Math.abs(ours - mean), `ours ${ours}, mean ${mean}, SD ${sd}`).toBeLessThan(2 * sd)
  })
})

function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
}

function byColumn(draws: readonly Float64Array[]): number[] {
  return Array.from(draws[0], (_, j) => meanOf(draws.map((draw) => draw[j])))
}
