import { applyCombat } from '../harmonise/applyCombat.ts'
import { joinBatches } from '../harmonise/combat.ts'
import { knownBatches } from '../harmonise/combatRecord.ts'
import { pickCombatColumns } from '../harmonise/pickCombatColumns.ts'
import { applyModel, type Model } from '../learn/model.ts'
import { pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { applyImputation, pickImputation, type Imputation, type MissingCount } from '../table/imputation.ts'
import { joinTables } from '../table/joinTables.ts'
import { poolUnlabelled } from '../table/trainingTable.ts'
import type { HarmoniseBy } from './neededColumns.ts'
import type { TrainingSummary } from './trainingSummary.ts'

export interface ScoredPatients {
  /** The model's columns as it saw them. */
  readonly table: FeatureTable
  readonly scores: Float64Array
  /** Whose values are as measured although others' are harmonised. */
  readonly notHarmonised: readonly string[]
  readonly joined: readonly { readonly batch: string; readonly patients: number }[]
  /** What stands in for missing values, by column. */
  readonly imputed: readonly MissingCount[]
}

/**
 * New patients through what the training patients went through: ComBat by its record, what stands in for missing values, the model.
 * @param measured the needed columns (`neededColumns`), as measured
 * @param by null where nothing is harmonised, or the values are harmonised already
 * @param clinical columns of the clinical table that the model takes, of the same patients; null where it takes none
 * @throws DataError as `joinBatches`, `applyCombat` and `applyModel` do: unseen batches, missing columns or values
 */
export function scorePatients(
  { model, imputation }: { readonly model: Model; readonly imputation: Imputation | null },
  measured: FeatureTable,
  by: HarmoniseBy | null,
  clinical: FeatureTable | null,
): ScoredPatients {
  const { features, notHarmonised, joined } = by
    ? harmonise(model, measured, by)
    : { features: measured, notHarmonised: [], joined: [] }
  const beside = new Set(clinical?.columns)
  const own = pickColumns(features, model.columns.filter((column) => !beside.has(column))) // prettier-ignore
  const completed = imputation ? applyImputation(pickImputation(imputation, own.columns), own) : { table: own, imputed: [] }
  const joinedTables = clinical
    ? joinTables([
        { name: 'features', table: completed.table },
        { name: 'clinical columns', table: clinical },
      ]).table
    : completed.table
  const table = pickColumns(joinedTables, model.columns)
  return { table, scores: applyModel(model, table), notHarmonised, joined, imputed: completed.imputed }
}

function harmonise({ columns }: Model, measured: FeatureTable, { record, facts, joinFrom, unseen }: HarmoniseBy) {
  const leave = unseen === 'leave as measured'
  const whole =
    joinFrom === null
      ? pickCombatColumns(record, columns)
      : joinBatches(record, poolUnlabelled(measured), facts, {
          minimumPatients: joinFrom,
          smallBatches: leave ? 'leave out' : 'refuse',
        })
  const { notHarmonised, ...features } = applyCombat(whole, measured, facts, {
    unseenBatches: leave ? 'leave unharmonised' : 'refuse',
  })
  const before = new Set(knownBatches(record))
  const joined = (whole.reference?.joined ?? []).filter(({ batch }) => !before.has(batch))
  return { features, notHarmonised, joined: joined.map(({ batch, patients }) => ({ batch, patients })) }
}

/** Values that lie outside what the training patients had. */
export interface OutsideValue {
  readonly id: string
  readonly columns: readonly string[]
}

/** Patients with a value below the least or above the greatest of the training patients, in any column of the model. */
export function findOutside(
  { ids, columns, values }: FeatureTable,
  { features }: Pick<TrainingSummary, 'features'>,
): OutsideValue[] {
  const rangeOf = new Map(features.map(({ column, all }) => [column, [all.quantiles[0], all.quantiles.at(-1)!] as const]))
  return ids.flatMap((id, row) => {
    const outside = columns.filter((column, j) => {
      const range = rangeOf.get(column)
      const value = values[j * ids.length + row]
      return range !== undefined && (value < range[0] || value > range[1])
    })
    return outside.length > 0 ? [{ id, columns: outside }] : []
  })
}

/** Scores, and who of the patients lies outside what the model learnt from. */
export interface PlacedScores extends ScoredPatients {
  /** Null of a file without training distribution. */
  readonly outside: readonly OutsideValue[] | null
}

/** What of a model's file scoring takes. */
export interface ScoringModel {
  readonly model: Model
  readonly imputation: Imputation | null
  readonly training: Pick<TrainingSummary, 'features'> | null
}

/** Both in one. @throws DataError as `scorePatients` */
export function scoreAndPlace(
  { training, ...file }: ScoringModel,
  measured: FeatureTable,
  by: HarmoniseBy | null,
  clinical: FeatureTable | null,
): PlacedScores {
  const scored = scorePatients(file, measured, by, clinical)
  return { ...scored, outside: training && findOutside(scored.table, training) }
}
