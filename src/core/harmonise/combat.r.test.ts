import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeFeatureTable, type FeatureTable } from '../table/featureTable.ts'
import { poolUnlabelled, takeTraining } from '../table/trainingTable.ts'
import { applyCombat } from './applyCombat.ts'
import { fitCombat, joinBatches } from './combat.ts'
import type { CombatOptions } from './combatRecord.ts'
import type { Covariate } from './covariates.ts'
import { say } from '../../messages/say.ts'

interface Case {
  name: string
  batch: string[]
  values: (number | null)[][]
  covariates: ({ name: string; kind: 'numeric'; values: number[] } | { name: string; kind: 'factor'; values: string[] })[]
  options: Partial<CombatOptions>
  adjusted: (number | null)[][]
}

const reference = JSON.parse(readFileSync('reference/r/combat.json', 'utf8')) as {
  cases: Case[]
  join: { batch: string[]; newBatch: string; values: number[][]; training: number[][]; newcomers: number[][] }
  confounded: Record<string, string>
}

function tableOf(rows: (number | null)[][], ids = rows.map((_, i) => `p${i}`)): FeatureTable {
  const columns = rows[0].map((_, j) => `f${j}`)
  return makeFeatureTable(ids, columns, Float64Array.from(columns.flatMap((_, j) => rows.map((row) => row[j] ?? NaN))))
}

function byId<T>(values: readonly T[], ids: readonly string[]): Map<string, T> {
  return new Map(ids.map((id, i) => [id, values[i]]))
}

function asCovariates(of: Case['covariates'], ids: readonly string[]): Covariate[] {
  return of.map((one) =>
    one.kind === 'numeric'
      ? { name: one.name, kind: one.kind, valueOf: byId(one.values, ids) }
      : { name: one.name, kind: one.kind, valueOf: byId(one.values, ids) },
  )
}

/** 1e-6 of the value or of its column's SD, whichever is more. */
function expectEqual(ours: FeatureTable, theirs: (number | null)[][]) {
  expect(ours.ids).toHaveLength(theirs.length)
  ours.columns.forEach((column, j) => {
    const present = theirs.flatMap((row) => row[j] ?? [])
    const mean = present.reduce((sum, value) => sum + value, 0) / present.length
    const sd = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (present.length - 1))
    theirs.forEach((row, i) => {
      const value = ours.values[j * theirs.length + i]
      const answer = row[j] ?? NaN
      if (Number.isNaN(answer)) expect(value).toBeNaN()
      else expect(Math.abs(value - answer), `${column} of ${ours.ids[i]}: ${value}, sva ${answer}`).toBeLessThanOrEqual(1e-6 * Math.max(Math.abs(answer), sd)) // prettier-ignore
    })
  })
}

test.each(reference.cases.map((one) => [one.name, one] as const))('%s equals sva', (_, one) => {
  const table = tableOf(one.values)
  const facts = { batchOf: byId(one.batch, table.ids), covariates: asCovariates(one.covariates, table.ids) }
  const record = fitCombat({ mode: 'all patients, labels unseen', patients: poolUnlabelled(table) }, facts, one.options)
  expectEqual(applyCombat(record, table, facts), one.adjusted)
  expect(record.missingValues).toBe(one.values.flat().filter((value) => value === null).length)
})

test('columns that are constant in a batch are listed with the batch', () => {
  const one = reference.cases.find(({ name }) => name === 'zero variance in a batch')!
  const table = tableOf(one.values)
  const record = fitCombat({ mode: 'all patients, labels unseen', patients: poolUnlabelled(table) }, { batchOf: byId(one.batch, table.ids) }) // prettier-ignore
  expect(record.unadjusted.map(({ column, reason }) => ({ column, reason: say(reason) }))).toEqual([
    { column: 'f3', reason: 'is constant in batch C' },
    { column: 'f10', reason: 'is constant in batch Z' },
    { column: 'f15', reason: 'is constant in batch B' },
  ])
})

test('a new batch joins the harmonised training patients as sva brings it to a reference batch', () => {
  const { batch, newBatch, values } = reference.join
  const table = tableOf(values)
  const batchOf = byId(batch, table.ids)
  const training = table.ids.filter((id) => batchOf.get(id) !== newBatch)
  const newcomers = table.ids.filter((id) => batchOf.get(id) === newBatch)
  const patients = takeTraining(table, table.ids.map((_, i) => i % 2), { training, validation: newcomers }) // prettier-ignore
  const record = joinBatches(fitCombat({ mode: 'reference', patients }, { batchOf }), poolUnlabelled(table), { batchOf })
  const rowsOf = (ids: string[]) => tableOf(ids.map((id) => values[table.ids.indexOf(id)]), ids) // prettier-ignore
  expectEqual(applyCombat(record, rowsOf(training), { batchOf }), reference.join.training)
  expectEqual(applyCombat(record, rowsOf(newcomers), { batchOf }), reference.join.newcomers)
  expect(record.reference?.joined.map((joined) => joined.learntFrom)).toEqual([newcomers])
})

test('confounded covariates are refused where sva refuses them, by name', () => {
  const one = reference.cases.find(({ name }) => name === 'two covariates')!
  const table = tableOf(one.values)
  const batchOf = byId(one.batch, table.ids)
  const [age] = asCovariates(one.covariates, table.ids)
  const isZ = { name: 'isZ', kind: 'factor', valueOf: byId(one.batch.map((batch) => String(batch === 'Z')), table.ids) } as const // prettier-ignore
  const twice = { name: 'twice', kind: 'numeric', valueOf: new Map([...age.valueOf].map(([id, value]) => [id, 2 * Number(value)])) } as const // prettier-ignore
  const fit = (...covariates: Covariate[]) => fitCombat({ mode: 'all patients, labels unseen', patients: poolUnlabelled(table) }, { batchOf, covariates }) // prettier-ignore
  expect(reference.confounded.batch).toContain('The covariate is confounded with batch')
  expect(() => fit(isZ)).toThrowSaying('covariate isZ=true is confounded with batch')
  expect(reference.confounded.each_other).toContain('The covariates are confounded')
  expect(() => fit(age, twice)).toThrowSaying('batch and age already tell twice')
  expect(reference.confounded.one_with_batch).toContain('At least one covariate is confounded with batch')
  expect(() => fit(age, isZ)).toThrowSaying('covariate isZ=true is confounded with batch')
})
