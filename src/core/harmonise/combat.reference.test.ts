import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { makeFeatureTable, pickColumns, pickRows, type FeatureTable } from '../table/featureTable.ts'
import { poolUnlabelled, takeTraining } from '../table/trainingTable.ts'
import { applyCombat } from './applyCombat.ts'
import { fitCombat } from './combat.ts'
import type { CombatOptions } from './combatRecord.ts'

const json = <T>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as T

/** Test support: tables of `reference/tables` below each other, with all their features. */
function readTables(names: readonly string[]): FeatureTable {
  const rows = names.flatMap((name) => {
    const text = gunzipSync(readFileSync(`reference/tables/${name}.csv.gz`)).toString()
    return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
  })
  const columns = Object.keys(rows[0]).filter((name) => name !== 'ID' && name !== 'Target')
  return makeFeatureTable(
    rows.map((row) => row.ID),
    columns,
    Float64Array.from(columns.flatMap((column) => rows.map((row) => Number(row[column])))),
  )
}

interface Reference {
  features: string[]
  batch: string[]
  label: number[]
  rows_1based: number[]
  values: Record<string, number[][]>
  mean: Record<string, number[]>
  sd: Record<string, number[]>
}

const tables = { ispy1: readTables(['ispy1']), lung_two_centres: readTables(['lung_centre_a', 'lung_centre_b']) }
const variants: Record<string, Partial<CombatOptions>> = {
  parametric: {},
  nonparametric: { prior: 'non-parametric' },
  parametric_covariate: { asSva: true },
  mean_only: { meanOnly: true },
  reference_A: { referenceBatch: 'A' },
}

test.each(
  (Object.keys(tables) as (keyof typeof tables)[]).flatMap((name) =>
    Object.keys(variants).map((variant) => [name, variant] as const),
  ),
)('%s, %s equals sva', (name, variant) => {
  const reference = json<Reference>(`reference/statistics/${name}/combat.json`)
  const split = json<{ train_id: string[]; valid_id: string[] }>(`reference/statistics/${name}/split.json`)
  const ids = [...split.train_id, ...split.valid_id]
  const table = pickRows(pickColumns(tables[name], reference.features), ids)
  const batchOf = new Map(ids.map((id, i) => [id, reference.batch[i]]))
  const label = { name: 'label', kind: 'numeric', valueOf: new Map(ids.map((id, i) => [id, reference.label[i]])) } as const
  const facts = { batchOf, covariates: variant === 'parametric_covariate' ? [label] : [] }
  const everyone = takeTraining(table, reference.label, { training: ids, validation: [] })
  const trained = fitCombat({ mode: 'training only', patients: everyone }, facts, variants[variant])
  const pooled = fitCombat({ mode: 'all patients, labels unseen', patients: poolUnlabelled(table) }, facts, variants[variant])
  expect({ ...pooled, mode: null }).toEqual({ ...trained, mode: null })
  const harmonised = applyCombat(pooled, table, facts)

  reference.features.forEach((feature, j) => {
    const column = harmonised.values.subarray(j * ids.length, (j + 1) * ids.length)
    const scale = reference.sd[variant][j]
    const near = (ours: number, theirs: number, what: string) =>
      expect(Math.abs(ours - theirs), `${feature} ${what}: ${ours}, sva ${theirs}`).toBeLessThanOrEqual(
        1e-6 * Math.max(Math.abs(theirs), scale),
      )
    reference.rows_1based.forEach((row, i) => near(column[row - 1], reference.values[variant][i][j], `row ${row}`))
    const mean = column.reduce((sum, value) => sum + value, 0) / ids.length
    near(mean, reference.mean[variant][j], 'mean')
    near(Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (ids.length - 1)), scale, 'SD')
  })
})
