import type { CombatRecord, CombatTarget, BatchAdjustment } from './combatRecord.ts'

/**
 * The part of a record that adjusts some columns; those that it does not adjust are no matter. Applied, it gives the same bits: every
 * column is adjusted by itself. No batch can join it as it would join the whole, whose columns are shrunk together.
 */
export function pickCombatColumns(record: CombatRecord, columns: readonly string[]): CombatRecord {
  const wanted = new Set(columns)
  const at = record.columns.flatMap((column, j) => (wanted.has(column) ? [j] : []))
  const pick = <T>(list: readonly T[]) => at.map((j) => list[j])
  const pickTarget = ({ mean, coefficients, variance }: CombatTarget) => ({
    mean: pick(mean),
    coefficients: coefficients.map(pick),
    variance: pick(variance),
  })
  const pickBatch = <Batch extends BatchAdjustment>(batch: Batch) => ({ ...batch, gammaStar: pick(batch.gammaStar), deltaStar: pick(batch.deltaStar) }) // prettier-ignore
  return {
    ...record,
    columns: pick(record.columns),
    unadjusted: record.unadjusted.filter(({ column }) => wanted.has(column)),
    target: pickTarget(record.target),
    batches: record.batches.map(pickBatch),
    reference: record.reference && {
      target: pickTarget(record.reference.target),
      joined: record.reference.joined.map(pickBatch),
    },
  }
}
