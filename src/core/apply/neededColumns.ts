import type { PatientFacts } from '../harmonise/applyCombat.ts'
import type { CombatRecord } from '../harmonise/combatRecord.ts'
import type { Model } from '../learn/model.ts'

/** How new patients are harmonised. */
export interface HarmoniseBy {
  readonly record: CombatRecord
  readonly facts: PatientFacts
  /** Batches that the record has not seen join by their own patients, if there are as many as this; null: they do not join. */
  readonly joinFrom: number | null
  /** Patients of batches that are not seen and do not join: an error, or as measured. */
  readonly unseen: 'refuse' | 'leave as measured'
}

/** The columns of a measured table that scoring needs: those that the model looks at, and all that a new batch joins by. */
export function neededColumns(
  { columns }: Pick<Model, 'columns'>,
  clinical: readonly string[],
  by: Pick<HarmoniseBy, 'record' | 'joinFrom'> | null,
): string[] {
  const beside = new Set(clinical)
  const features = columns.filter((column) => !beside.has(column))
  return by && by.joinFrom !== null ? [...new Set([...features, ...by.record.columns])] : features
}
