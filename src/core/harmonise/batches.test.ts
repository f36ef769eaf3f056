import { expect, test } from 'vitest'
import { crossBatches, groupByBatch, warnOfBatches, warnOfSmallBatches } from './batches.ts'
import { say } from '../../messages/say.ts'

const ids = Array.from({ length: 12 }, (_, i) => `p${i}`)
const scanner = new Map(ids.map((id, i) => [id, i < 6 ? 'Avanto' : 'Skyra']))
const protocol = new Map(ids.map((id, i) => [id, i % 6 < 5 ? 'a' : 'b']))
const cohortOf = new Map(ids.map((id, i) => [id, i < 6 ? 'training' : 'validation']))

test('crossed columns make one factor, and small cells are told', () => {
  const crossed = crossBatches([scanner, protocol])
  const groups = groupByBatch(ids, crossed)
  expect(groups.names).toEqual(['Avanto / a', 'Avanto / b', 'Skyra / a', 'Skyra / b'])
  expect([...groups.rows[2]]).toEqual([6, 7, 8, 9, 10])
  expect(warnOfSmallBatches(groups).map(say)).toEqual(['Batches with fewer than 5 patients: Avanto / b (1), Skyra / b (1).'])
  expect(crossBatches([scanner, new Map([['p3', 'a']])])).toEqual(new Map([['p3', 'Avanto / a']]))
})

test('batch equal to cohort is told with the outcome where it is known', () => {
  const outcomeOf = new Map(ids.map((id, i) => [id, i < 2 || i === 7 ? 1 : 0]))
  expect(warnOfBatches(ids, scanner, { cohortOf, outcomeOf }).map(say)).toEqual(['Batch equals cohort: ComBat takes away every difference between the cohorts, also one of the disease. Positive outcomes: Avanto 2 of 6, Skyra 1 of 6.']) // prettier-ignore
  expect(say(warnOfBatches(ids, scanner, { cohortOf })[0])).not.toContain('Positive')
  expect(warnOfBatches(ids, protocol, { cohortOf, outcomeOf }).map(say)).toEqual(['Batch is confounded with the outcome: one outcome only in b. Positive outcomes: a 3 of 10, b 0 of 2.']) // prettier-ignore
  expect(warnOfBatches(ids, crossBatches([scanner, protocol]), { cohortOf })).toEqual([])
})
