import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable, type FeatureTable } from '../table/featureTable.ts'
import { takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import { filterByRankSum } from './rankSumFilter.ts'
import { say } from '../../messages/say.ts'

function readTable(name: string): { table: FeatureTable; target: number[] } {
  const [header, ...lines] = gunzipSync(readFileSync(`reference/tables/${name}.csv.gz`))
    .toString()
    .trim()
    .split('\n')
  const names = header.split(',')
  const [idAt, targetAt] = [names.indexOf('ID'), names.indexOf('Target')]
  const rows = lines.map((line) => line.split(','))
  const features = names.flatMap((_, at) => (at === idAt || at === targetAt ? [] : [at]))
  const values = Float64Array.from(features.flatMap((at) => rows.map((row) => Number(row[at]))))
  const ids = rows.map((row) => row[idAt])
  return { table: makeFeatureTable(ids, features.map((at) => names[at]), values), target: rows.map((row) => Number(row[targetAt])) } // prettier-ignore
}

const read = (path: string) => JSON.parse(readFileSync(`reference/statistics/${path}`, 'utf8'))

test.each([
  ['ispy1', 'ispy1'],
  ['lung_two_centres', 'lung_centre_a'],
])('%s: P and AUC of every feature equal R', (study, name) => {
  const { table, target } = readTable(name)
  const answers = read(`${study}/univariable.json`) as { feature: string[]; p: number[]; auc: number[]; 'n_below_0.05': number }
  const result = filterByRankSum(takeTraining(table, target, { training: read(`${study}/split.json`).train_id, validation: [] }))
  const ours = new Map(result.columns.map((column) => [column.column, column]))
  answers.feature.forEach((feature, i) => {
    const { p, auc } = ours.get(feature)!
    expect(Math.abs(p - answers.p[i]), `${feature} P ${p}, R ${answers.p[i]}`).toBeLessThanOrEqual(1e-6)
    expect(Math.abs(Math.log10(p / answers.p[i])), feature).toBeLessThanOrEqual(1e-6)
    expect(Math.abs(auc - answers.auc[i]), `${feature} AUC ${auc}, R ${answers.auc[i]}`).toBeLessThanOrEqual(1e-12)
  })
  expect(result.kept).toHaveLength(answers['n_below_0.05'])
  expect(result.expectedByChance).toBeCloseTo(0.05 * answers.feature.length, 10)
})

const ids = Array.from({ length: 12 }, (_, i) => `p${i}`)
const outcome = ids.map((_, i) => i % 2)
const columns = {
  separate: ids.map((_, i) => (i % 2) * 100 + i),
  flat: ids.map(() => 3),
  oneSided: ids.map((_, i) => (i % 2 ? NaN : i)),
  noise: ids.map((_, i) => (i * 5) % 12),
}
const table = makeFeatureTable(ids, Object.keys(columns), Float64Array.from(Object.values(columns).flat()))
const training = takeTraining(table, outcome, { training: ids, validation: [] })

test('columns without a P go, with the reason, and do not count as tested', () => {
  const result = filterByRankSum(training)
  expect(result).toMatchObject({ kept: ['separate'], tested: 2, expectedByChance: 0.1, keptAfterBh: 1, learntFrom: ids })
  expect(result.columns.map(({ reason }) => reason && say(reason))).toEqual([
    undefined,
    'all values are equal',
    'class 1 has no value',
    undefined,
  ])
  expect(result.columns[0]).toMatchObject({ statistic: 36, auc: 1, exact: true, p: 2 / 924 })
})

test('adjusted P decide when asked for', () => {
  expect(filterByRankSum(training, { alpha: 0.003 }).kept).toEqual(['separate'])
  expect(filterByRankSum(training, { alpha: 0.003, adjust: 'bonferroni' }).kept).toEqual([])
})

test('of noise the share alpha is kept, and hardly any after BH', () => {
  const { uniform } = createRandom(3)
  const noise = makeFeatureTable(ids, Array.from({ length: 2000 }, (_, j) => `f${j}`), Float64Array.from({ length: 24_000 }, uniform)) // prettier-ignore
  const result = filterByRankSum(takeTraining(noise, outcome, { training: ids, validation: [] }))
  // With six patients each way the exact test's P values below 0.05 reach 0.0411.
  expect(Math.abs(result.kept.length - 82)).toBeLessThan(30)
  expect(result.keptAfterBh).toBe(0)
})

test('one class and tables that are no training tables are refused', () => {
  expect(() => filterByRankSum(takeTraining(table, ids.map(() => 1), { training: ids, validation: [] }))).toThrowSaying('12 patients of class 1 and 0') // prettier-ignore
  expect(() => filterByRankSum(table as TrainingTable)).toThrowSaying('Only a training table')
})
