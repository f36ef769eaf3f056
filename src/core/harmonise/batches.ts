import type { Message } from '../messages/message.ts'
import { refuse, tell } from './messages.ts'

/** The batch (scanner, protocol, centre) of a patient, by ID. */
export type BatchOf = ReadonlyMap<string, string>

/** Patients by batch; batches in the order of their code units, so that no language setting changes a sum. */
export interface BatchGroups {
  readonly names: readonly string[]
  /** Rows of the table a batch. */
  readonly rows: readonly Int32Array[]
}

/** @throws DataError that names patients without a batch */
export function groupByBatch(ids: readonly string[], batchOf: BatchOf): BatchGroups {
  const rowsOf = new Map<string, number[]>()
  const without = ids.filter((id) => !batchOf.get(id))
  if (without.length > 0) throw refuse('batch-missing', { ids: without })
  ids.forEach((id, row) => {
    const batch = batchOf.get(id)!
    const rows = rowsOf.get(batch)
    if (rows) rows.push(row)
    else rowsOf.set(batch, [row])
  })
  const names = [...rowsOf.keys()].sort()
  return { names, rows: names.map((name) => Int32Array.from(rowsOf.get(name)!)) }
}

/**
 * One factor out of several batch columns: a patient of scanner `Avanto` and protocol `b` is of batch `Avanto / b`.
 * A patient that lacks one of them is left out.
 */
export function crossBatches(columns: readonly BatchOf[]): Map<string, string> {
  const crossed = new Map<string, string>()
  for (const id of columns[0]?.keys() ?? []) {
    const parts = columns.map((column) => column.get(id))
    if (parts.every(Boolean)) crossed.set(id, parts.join(' / '))
  }
  return crossed
}

/** Fewer patients than this say little of a batch's location, and less of its scale. */
const smallBatch = 5

/** Warnings about the sizes of the batches (cells, when several columns were crossed). */
export function warnOfSmallBatches({ names, rows }: BatchGroups, fewest = smallBatch): Message[] {
  const small = names.flatMap((batch, b) => (rows[b].length < fewest ? [{ batch, patients: rows[b].length }] : []))
  return small.length > 0 ? [tell('batches-small', { fewest, batches: small })] : []
}

/** What is known of the patients outside the fit; it only makes warnings. */
export interface Bystanders {
  readonly cohortOf: ReadonlyMap<string, string>
  /** 0 or 1; never seen by a fit. */
  readonly outcomeOf?: ReadonlyMap<string, number>
}

/**
 * Warnings for the reader of a study, apart from the fit, which sees neither cohort nor outcome: batches that are the cohorts
 * (harmonising then takes away every difference between the cohorts, also a true one), and batches of one outcome only.
 */
export function warnOfBatches(ids: readonly string[], batchOf: BatchOf, { cohortOf, outcomeOf }: Bystanders): Message[] {
  const { names, rows } = groupByBatch(ids, batchOf)
  const cohorts = names.map((_, b) => [...new Set(Array.from(rows[b], (row) => cohortOf.get(ids[row])))])
  const positives = names.map((_, b) => Array.from(rows[b], (row) => outcomeOf?.get(ids[row])).filter((value) => value !== undefined)) // prettier-ignore
  const prevalences = outcomeOf
    ? names.map((batch, b) => ({
        batch,
        positives: positives[b].filter((value) => value === 1).length,
        patients: positives[b].length,
      }))
    : []
  const isCohort = names.length > 1 && cohorts.every((of) => of.length === 1) && new Set(cohorts.flat()).size === names.length
  const oneSided = names.filter((_, b) => positives[b].length > 0 && new Set(positives[b]).size === 1)
  return [
    ...(isCohort ? [tell('batch-is-cohort', { prevalences })] : []),
    ...(oneSided.length > 0 ? [tell('batch-is-outcome', { batches: oneSided, prevalences })] : []),
  ]
}
