import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { spearmanCorrelation } from '../statistics/correlation.ts'
import { columnAt, makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import { filterByRedundancy } from './redundancyFilter.ts'

const ids = Array.from({ length: 20 }, (_, i) => `p${i}`)
const outcome = ids.map((_, i) => (i < 10 ? 0 : 1))
const take = (columns: Record<string, number[]>) =>
  takeTraining(makeFeatureTable(ids, Object.keys(columns), Float64Array.from(Object.values(columns).flat())), outcome, { training: ids, validation: [] }) // prettier-ignore

const rising = ids.map((_, i) => i)
/** The same order but for one patient of each class, who change places: a larger P. */
const swapped = rising.map((value, i) => (i === 9 ? 10 : i === 10 ? 9 : value))
const { uniform } = createRandom(11)
const noise = ids.map(uniform)

test('of redundant columns that with the smaller P stays, or that which is listed first', () => {
  const training = take({ swapped, noise, rising, falling: rising.map((value) => -(value ** 3)) })
  const byP = filterByRedundancy(training)
  expect(byP.kept).toEqual(['noise', 'rising'])
  expect(byP.columns[3]).toEqual({ column: 'falling', kept: false, repeats: 'rising', correlation: expect.closeTo(-1, 12) })
  expect(byP.columns[0].correlation).toBeCloseTo(spearmanCorrelation(swapped, rising), 12)
  expect(filterByRedundancy(training, { keep: 'listed first' }).kept).toEqual(['swapped', 'noise'])
})

test('the limit is kept at, dropped above', () => {
  const training = take({ rising, swapped })
  const { correlation } = filterByRedundancy(training).columns[1]
  expect(filterByRedundancy(training, { limit: correlation! }).kept).toHaveLength(2)
})

test('columns that do not vary repeat nothing; missing values leave out their pairs', () => {
  const gaps = rising.map((value, i) => (i % 4 === 0 ? NaN : value * 2))
  expect(filterByRedundancy(take({ flat: ids.map(() => 1), flatToo: ids.map(() => 2), rising, gaps })).kept).toEqual(['flat', 'flatToo', 'rising']) // prettier-ignore
})

test('no two kept columns exceed the limit, and every dropped one repeats a kept one', () => {
  const base = Array.from({ length: 5 }, () => ids.map(uniform))
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, j) => [`f${j}`, base[j % 5].map((value) => value + 0.3 * uniform())])) // prettier-ignore
  const training = take(many)
  const { kept, columns } = filterByRedundancy(training, { limit: 0.8 })
  const values = (name: string) => columnAt(training, training.columns.indexOf(name))
  for (const one of kept) for (const other of kept) if (one < other) expect(Math.abs(spearmanCorrelation(values(one), values(other)))).toBeLessThanOrEqual(0.8) // prettier-ignore
  const dropped = columns.filter((column) => !column.kept)
  expect(dropped.length).toBeGreaterThan(10)
  for (const { column, repeats, correlation } of dropped) {
    expect(kept).toContain(repeats)
    expect(Math.abs(correlation!)).toBeGreaterThan(0.8)
    expect(spearmanCorrelation(values(column), values(repeats!))).toBeCloseTo(correlation!, 12)
  }
})

test('a plain table is refused', () => {
  expect(() => filterByRedundancy(makeFeatureTable(['a'], ['x'], Float64Array.of(1)) as TrainingTable)).toThrowSaying('Only a training table') // prettier-ignore
})
