import { pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { applyCombat, type PatientFacts } from './applyCombat.ts'
import type { BatchAdjustment, CombatRecord, CombatTarget } from './combatRecord.ts'

/**
 * One column of a table as `applyCombat` brings it, without the others. Patients of unseen batches keep what they have.
 * @param record null: nothing was harmonised
 * @throws DataError as `applyCombat` does
 */
export function harmoniseColumn(
  record: CombatRecord | null,
  table: FeatureTable,
  column: string,
  facts: PatientFacts,
): Float64Array {
  const alone = pickColumns(table, [column])
  const at = record?.columns.indexOf(column) ?? -1
  if (record === null || at < 0) return alone.values
  return applyCombat(pickColumn(record, at), alone, facts, { unseenBatches: 'leave unharmonised' }).values
}

function pickColumn(record: CombatRecord, at: number): CombatRecord {
  const { reference } = record
  return {
    ...record,
    columns: [record.columns[at]],
    target: targetAt(record.target, at),
    batches: record.batches.map((batch) => adjustmentAt(batch, at)),
    reference: reference && {
      target: targetAt(reference.target, at),
      joined: reference.joined.map((batch) => adjustmentAt(batch, at)),
    },
  }
}

const targetAt = ({ mean, coefficients, variance }: CombatTarget, at: number): CombatTarget => ({
  mean: [mean[at]],
  coefficients: coefficients.map((of) => [of[at]]),
  variance: [variance[at]],
})

const adjustmentAt = <Batch extends BatchAdjustment>(batch: Batch, at: number): Batch => ({
  ...batch,
  gammaStar: [batch.gammaStar[at]],
  deltaStar: [batch.deltaStar[at]],
})
