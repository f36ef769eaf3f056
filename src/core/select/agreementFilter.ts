import { columnAt, pickColumns, pickRows, type FeatureTable } from '../table/featureTable.ts'
import { requirePool, requireTraining, type TrainingTable, type UnlabelledPool } from '../table/trainingTable.ts'
import { iccOf, splitVariance, type Icc } from './icc.ts'
import type { IccForm } from './iccForms.ts'
import { DataError, type Message } from '../messages/message.ts'
import { refuse, tell } from './messages.ts'
import { fewestRereads, warnOfRereads, type RereadPatients } from './rereadPatients.ts'

export interface AgreementOptions {
  readonly form: IccForm
  /** A column passes above it, not at it. */
  readonly threshold: number
  /** What must lie above the threshold: the estimate, or the lower end of its 95 % interval. */
  readonly on: 'estimate' | 'lower bound'
}

export const defaultAgreementOptions: AgreementOptions = { form: 'ICC2', threshold: 0.75, on: 'estimate' }

export interface ColumnAgreement extends Icc {
  readonly column: string
  /** Patients with a value of every reader. */
  readonly patients: number
  readonly kept: boolean
}

export interface AgreementSelection extends AgreementOptions {
  readonly method: 'agreement'
  readonly kept: readonly string[]
  /** The re-read patients. */
  readonly learntFrom: readonly string[]
  readonly patients: RereadPatients
  /** Columns without a defined ICC; they are not kept. */
  readonly undefinedColumns: number
  readonly columns: readonly ColumnAgreement[]
  readonly warnings: readonly Message[]
}

/**
 * Keeps the columns on which readers agree. Only re-read patients of the training cohort count. A column's missing values
 * leave that patient out for that column; a column with fewer than 10 complete patients, an infinite value or no variation has
 * no ICC and is not kept.
 * @param rereadings a table each further reader, harmonised with the first reader's record; other patients are left aside
 * @throws DataError when fewer than 10 training patients were re-read, or a column is missing
 */
export function filterByAgreement(
  training: TrainingTable,
  rereadings: readonly FeatureTable[],
  options: Partial<AgreementOptions> = {},
): AgreementSelection {
  requireTraining(training)
  return judge(training, rereadings, { ...defaultAgreementOptions, ...options }, 'training')
}

/** As `filterByAgreement`, with the re-read patients of every cohort; no label is seen, and the result says so. */
export function filterByAgreementOfAll(
  pool: UnlabelledPool,
  rereadings: readonly FeatureTable[],
  options: Partial<AgreementOptions> = {},
): AgreementSelection {
  requirePool(pool)
  return judge(pool, rereadings, { ...defaultAgreementOptions, ...options }, 'all re-read patients, labels unseen')
}

function judge(
  first: FeatureTable,
  rereadings: readonly FeatureTable[],
  options: AgreementOptions,
  patients: RereadPatients,
): AgreementSelection {
  const others = rereadings.map(({ ids }) => new Set(ids))
  const reread = first.ids.filter((id) => others.every((ids) => ids.has(id)))
  if (rereadings.length === 0) throw refuse('agreement-one-reader', {})
  const [few] = warnOfRereads(reread.length, patients)
  if (few?.isRefused) throw new DataError(few.message)
  const tables = [first, ...rereadings].map((table) => pickColumns(pickRows(table, reread), first.columns))
  const columns = first.columns.map((column, j) => judgeColumn(column, tables.map((table) => columnAt(table, j)), options)) // prettier-ignore
  return {
    method: 'agreement',
    ...options,
    kept: columns.filter(({ kept }) => kept).map(({ column }) => column),
    learntFrom: reread,
    patients,
    undefinedColumns: columns.filter(({ icc }) => Number.isNaN(icc)).length,
    columns,
    warnings: few ? [few.message] : [],
  }
}

function judgeColumn(column: string, readings: readonly Float64Array[], options: AgreementOptions): ColumnAgreement {
  const present = readings.every((reading) => !reading.includes(NaN)) ? readings : completePatients(readings)
  const patients = present[0].length
  const agreement = measure(present, options.form)
  const judged = options.on === 'estimate' ? agreement.icc : agreement.lower
  return { column, patients, ...agreement, kept: judged > options.threshold }
}

function measure(readings: readonly Float64Array[], form: IccForm): Icc {
  const nothing = { icc: NaN, lower: NaN, upper: NaN, f: NaN, df1: NaN, df2: NaN, p: NaN }
  if (readings[0].length < fewestRereads) return { ...nothing, reason: tell('icc-few-patients', { fewest: fewestRereads }) }
  if (!readings.every((reading) => reading.every(Number.isFinite))) return { ...nothing, reason: tell('icc-infinite', {}) }
  return iccOf(splitVariance(readings), form)
}

function completePatients(readings: readonly Float64Array[]): Float64Array[] {
  const complete = (i: number) => readings.every((reading) => !Number.isNaN(reading[i]))
  return readings.map((reading) => reading.filter((_, i) => complete(i)))
}
