import { columnsOfTerm } from '../../core/analysis/clinicalPredictors.ts'
import { neededColumns } from '../../core/apply/neededColumns.ts'
import { crossBatches } from '../../core/harmonise/batches.ts'
import { knownBatches } from '../../core/harmonise/combatRecord.ts'
import { nearestName } from '../tables/nearestName.ts'
import { readFact } from '../tables/readFacts.ts'
import { describesRow, type TextTable } from '../tables/tableFile.ts'
import type { ModelFile } from './modelFile.ts'
import { isMarkedHarmonised } from './scoreTable.ts'

/** What is to be done with patients of batches that ComBat has not seen. */
export type UnseenChoice = 'refuse' | 'join' | 'leave as measured'

/** What a person says of a table that a model is to score. */
export interface ApplyChoice {
  /** The column of the IDs; null: the one that is called so. */
  readonly idColumn: string | null
  /** Columns of the batch. */
  readonly batch: readonly string[]
  readonly unseen: UnseenChoice
  /** The features are harmonised already. */
  readonly isHarmonised: boolean
}

export interface CheckedBatch {
  readonly batch: string
  readonly patients: number
  readonly isKnown: boolean
}

/** A table beside what a model needs of it. */
export interface TableFit {
  readonly patients: number
  /** Columns beside the ID. */
  readonly columns: readonly string[]
  /** Columns that the model needs, each with what may be meant by it. */
  readonly missing: readonly { readonly column: string; readonly near: string | null }[]
  /** Columns that it does not look at. */
  readonly extra: readonly string[]
  /** Null where nothing is to be harmonised, or the table does not have the columns of the batch. */
  readonly batches: readonly CheckedBatch[] | null
  /** Columns of the batch that the table does not have. */
  readonly batchLacking: readonly string[]
  /** A column says that ComBat was there. */
  readonly isMarked: boolean
  /** It has the column of the outcome, so that the scores can be judged. */
  readonly hasOutcome: boolean
}

/** @throws DataError for a patient whose rows name two batches */
export function checkTable(
  { model, clinical, harmonisation, outcome }: ModelFile,
  table: TextTable,
  choice: ApplyChoice,
): TableFit {
  const isMarked = isMarkedHarmonised(table)
  const isHarmonised = harmonisation === null || choice.isHarmonised || isMarked
  const by = isHarmonised ? null : { record: harmonisation.record, joinFrom: choice.unseen === 'join' ? 0 : null }
  const names = listFeatureColumns(table)
  const needed = [
    ...neededColumns(model, clinical.flatMap(columnsOfTerm), by),
    ...clinical.map(({ column }) => column),
    ...(by ? by.record.covariates.map(({ name }) => name) : []),
  ]
  const there = new Set([...names, ...table.columns])
  const missing = needed.filter((column) => !there.has(column))
  const asked = new Set([...needed, ...choice.batch, outcome.column])
  const batchLacking = isHarmonised ? [] : choice.batch.filter((column) => !there.has(column))
  const known = new Set(by ? knownBatches(by.record) : [])
  return {
    patients: new Set(table.ids).size,
    columns: table.columns,
    missing: missing.map((column) => ({ column, near: nearestName(column, [...there]) ?? null })),
    extra: names.filter((column) => !asked.has(column)),
    batches: isHarmonised || batchLacking.length > 0 ? null : countBatches(table, choice.batch, known),
    ...{ batchLacking, isMarked },
    hasOutcome: table.columns.includes(outcome.column),
  }
}

/** As they are named once the sequences of a patient stand side by side. */
function listFeatureColumns({ columns, cells }: TextTable): string[] {
  const own = columns.filter((column) => !describesRow(column))
  const at = columns.indexOf('sequence')
  if (at < 0) return own
  const sequences = [...new Set(cells.map((row) => row[at]))]
  return sequences.flatMap((sequence) => own.map((column) => `${sequence}_${column}`))
}

function countBatches(table: TextTable, columns: readonly string[], known: ReadonlySet<string>): CheckedBatch[] {
  const batchOf = crossBatches(columns.map((column) => readFact(table, column)))
  const counts = new Map<string, number>()
  for (const batch of batchOf.values()) counts.set(batch, (counts.get(batch) ?? 0) + 1)
  return [...counts].map(([batch, patients]) => ({ batch, patients, isKnown: known.has(batch) }))
}
