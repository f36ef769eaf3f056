import { makeFeatureTable, type FeatureTable } from '../table/featureTable.ts'
import { groupByBatch, type BatchOf } from './batches.ts'
import { knownBatches, type BatchAdjustment, type CombatRecord, type CombatTarget } from './combatRecord.ts'
import { encodeCovariates, type Covariate } from './covariates.ts'
import { refuse } from './messages.ts'

/** What ComBat knows of patients beside their features; maps may hold more patients than the table. */
export interface PatientFacts {
  readonly batchOf: BatchOf
  readonly covariates?: readonly Covariate[]
}

/** A table after ComBat. */
export interface HarmonisedTable extends FeatureTable {
  /** Patients of unseen batches, whose values are as they came. */
  readonly notHarmonised: readonly string[]
}

export interface ApplyOptions {
  readonly unseenBatches: 'refuse' | 'leave unharmonised'
}

const defaultApplyOptions: ApplyOptions = { unseenBatches: 'refuse' }

/**
 * Harmonises patients, new ones or those learnt from, with what was learnt. Columns that the record does not adjust are
 * returned as they are; missing values stay missing.
 * @param table needs every adjusted column, in any order
 * @throws DataError that names the unseen batches (unless they are to be left unharmonised), a missing batch, covariate or column
 */
export function applyCombat(
  record: CombatRecord,
  table: FeatureTable,
  facts: PatientFacts,
  options: Partial<ApplyOptions> = {},
): HarmonisedTable {
  const { unseenBatches } = { ...defaultApplyOptions, ...options }
  const groups = groupByBatch(table.ids, facts.batchOf)
  const known = new Set(knownBatches(record))
  const unseen = groups.names.filter((batch) => !known.has(batch))
  if (unseen.length > 0 && unseenBatches === 'refuse')
    throw refuse('batches-unseen', { unseen, known: knownBatches(record), mode: record.mode })
  const place = new Map(table.columns.map((column, j) => [column, j]))
  const lacking = record.columns.filter((column) => !place.has(column))
  if (lacking.length > 0) throw refuse('columns-lacking', { fitted: record.columns.length, columns: lacking })
  const coded = encodeCovariates(record.covariates, facts.covariates ?? [], table.ids)
  const values = table.values.slice()
  const rows = table.ids.length
  const notHarmonised: string[] = []
  groups.names.forEach((batch, b) => {
    const joined = record.reference?.joined.find((adjustment) => adjustment.batch === batch)
    const target = joined ? record.reference!.target : record.target
    const adjustment = joined ?? record.batches.find((adjustment) => adjustment.batch === batch)
    if (!adjustment) notHarmonised.push(...Array.from(groups.rows[b], (row) => table.ids[row]))
    else
      record.columns.forEach((column, j) => {
        const at = place.get(column)! * rows
        adjustColumn(values.subarray(at, at + rows), groups.rows[b], target, adjustment, j, coded)
      })
  })
  return { ...makeFeatureTable(table.ids, table.columns, values), notHarmonised }
}

function adjustColumn(
  values: Float64Array,
  rows: Int32Array,
  { mean, coefficients, variance }: CombatTarget,
  { gammaStar, deltaStar }: BatchAdjustment,
  j: number,
  coded: readonly Float64Array[],
): void {
  if (gammaStar[j] === 0 && deltaStar[j] === 1) return
  const shift = Math.sqrt(variance[j]) * gammaStar[j]
  const scale = Math.sqrt(deltaStar[j])
  for (const row of rows) {
    let expected = mean[j]
    for (let k = 0; k < coded.length; k++) expected += coded[k][row] * coefficients[k][j]
    values[row] = expected + (values[row] - expected - shift) / scale
  }
}
