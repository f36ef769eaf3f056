import { expect, test } from 'vitest'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { countTenths, readTenth } from './scoreTenths.ts'
import { summariseTraining } from './trainingSummary.ts'

/* Quantiles, SD and interval are R's: quantile, sd, binom.test. */

const values = [3, 1, 4, 1, 5, 9, 2, 6]
const ids = values.map((_, i) => `P${i}`)
const outcome = [0, 0, 0, 1, 1, 1, 0, 1]
const training = takeTraining(makeFeatureTable(ids, ['x'], Float64Array.from(values)), outcome, { training: ids, validation: [] })

test('a column is summed up for all and by class, scores without those whom nobody scored', () => {
  const scores = [0.1, 0.2, NaN, 0.7, 0.8, 0.9, 0.3, 0.6]
  const { features, ...rest } = summariseTraining(training, { scoresFrom: 'out-of-bag', scores }, null)
  const [{ column, all, negative, positive }] = features
  expect([column, all.n, negative.n, positive.n]).toEqual(['x', 8, 4, 4])
  const quantiles = [1, 1, 1, 1.75, 3.5, 5.25, 7.95, 8.79, 9]
  all.quantiles.forEach((value, i) => expect(value).toBeCloseTo(quantiles[i], 12))
  expect([all.mean, negative.mean, positive.mean]).toEqual([31 / 8, 2.5, 21 / 4])
  expect(all.sd).toBeCloseTo(2.74837614394, 10)
  expect(rest).toMatchObject({ patients: 8, positives: 4, prevalence: 0.5, tenths: null })
  expect([rest.scores.negative.n, rest.scores.positive.n]).toEqual([3, 4])
})

test('tenths count every scored patient once, ties together; a score is read in its own, one beyond all in the nearest', () => {
  const scores = Array.from({ length: 210 }, (_, i) => (i + 0.5) / 210)
  const labels = scores.map((_, i) => (i >= 63 && i < 84 ? Number(i < 72) : Number(i >= 105)))
  const groups = countTenths([...scores, NaN], [...labels, 1])
  expect(groups.map(({ patients }) => patients)).toEqual(Array<number>(10).fill(21))
  const read = readTenth(groups, 0.35)
  expect(read).toMatchObject({ patients: 21, positives: 9, isBeyond: false })
  expect(read.interval.lower).toBeCloseTo(0.2182, 4)
  expect(read.interval.upper).toBeCloseTo(0.6598, 4)
  expect(readTenth(groups, groups[3].to)).toMatchObject({ to: groups[3].to })
  expect(readTenth(groups, -1)).toMatchObject({ from: groups[0].from, isBeyond: true })
  expect(readTenth(groups, 2)).toMatchObject({ to: groups[9].to, isBeyond: true })
  const tied = countTenths([0.5, 0.5, 0.5, 0.9], [0, 1, 1, 1])
  expect(tied.reduce((sum, { patients }) => sum + patients, 0)).toBe(4)
  expect(readTenth(countTenths([0.4, 0.4], [0, 1]), 0.4)).toMatchObject({ patients: 2, positives: 1, isBeyond: false })
})
