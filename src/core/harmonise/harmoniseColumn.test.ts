import { expect, test } from 'vitest'
import { columnAt, makeFeatureTable } from '../table/featureTable.ts'
import { poolUnlabelled, takeTraining } from '../table/trainingTable.ts'
import { applyCombat } from './applyCombat.ts'
import { fitCombat, joinBatches } from './combat.ts'
import { harmoniseColumn } from './harmoniseColumn.ts'

const ids = Array.from({ length: 60 }, (_, i) => `p${i}`)
const columns = ['a', 'b', 'constant', 'd']
const value = (i: number, j: number) => (j === 2 ? 4 : Math.sin(7 * i + j) + (i % 3) * (j + 1) * 0.4 + (i % 5))
const table = makeFeatureTable(ids, columns, Float64Array.from(columns.flatMap((_, j) => ids.map((_, i) => value(i, j)))))
const facts = {
  batchOf: new Map(ids.map((id, i) => [id, `scanner ${i % 3}`])),
  covariates: [{ name: 'age', kind: 'numeric', valueOf: new Map(ids.map((id, i) => [id, 40 + (i % 11)])) }] as const,
}

test('a column by itself has the bits that it has among all, also where batches joined a reference or are not known', () => {
  const whole = fitCombat({ mode: 'all patients, labels unseen', patients: poolUnlabelled(table) }, facts)
  const trained = ids.filter((_, i) => i % 3 < 2)
  const training = takeTraining(table, ids.map((_, i) => i % 2), { training: trained, validation: [] }) // prettier-ignore
  const reference = fitCombat({ mode: 'reference', patients: training }, facts)
  const others = ids.filter((_, i) => i % 3 === 2)
  const pool = poolUnlabelled(makeFeatureTable(others, columns, Float64Array.from(columns.flatMap((_, j) => others.map((id) => value(ids.indexOf(id), j)))))) // prettier-ignore
  const joined = joinBatches(reference, pool, facts, { minimumPatients: 10 })
  for (const record of [whole, reference, joined]) {
    const all = applyCombat(record, table, facts, { unseenBatches: 'leave unharmonised' })
    columns.forEach((column, j) => expect(harmoniseColumn(record, table, column, facts)).toEqual(columnAt(all, j)))
  }
  expect(harmoniseColumn(whole, table, 'a', facts)).not.toEqual(columnAt(table, 0))
  expect(harmoniseColumn(null, table, 'a', facts)).toEqual(columnAt(table, 0).slice())
})
