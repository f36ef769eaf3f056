import { copyRows, pickColumns, pickRows, type FeatureTable } from './featureTable.ts'
import { refuse } from './messages.ts'

declare const training: unique symbol

/**
 * What alone may be learnt from: the training patients with their outcome (0 or 1, 1 is the positive class). It cannot be
 * written by hand: the type has a brand, and at run time `requireTraining` knows the tables that were made here. It starts
 * with `takeTraining`, and every other one comes from an earlier one, with the same patients or fewer.
 */
export interface TrainingTable extends FeatureTable {
  readonly [training]: true
  readonly outcome: Uint8Array
}

declare const trainingValues: unique symbol

/**
 * Training patients, and others who will not be judged because they have no outcome: for what learns of values alone. There is
 * no way from here to an outcome.
 */
export interface TrainingValues extends FeatureTable {
  readonly [trainingValues]: true
}

declare const unlabelled: unique symbol

/** All patients without their outcome: what harmonisation in the mode "all patients, labels unseen" may see. */
export interface UnlabelledPool extends FeatureTable {
  readonly [unlabelled]: true
}

/** Who learns and who is judged; no patient is in both. */
export interface Cohorts {
  readonly training: readonly string[]
  readonly validation: readonly string[]
}

interface Origin {
  /** The patients that the models are to be judged by. */
  readonly judged: ReadonlySet<string>
  /** The patient behind an ID that is a copy's. */
  readonly copies: ReadonlyMap<string, string>
}

const knownTraining = new WeakMap<object, Origin>()
const knownValues = new WeakSet<object>()
const knownPools = new WeakSet<object>()

/**
 * The training patients of a table.
 * @param outcome 0 or 1 a row of `table`
 * @param copies the patient behind each ID that is a copy's, in a bootstrap sample that was drawn before
 * @throws DataError when cohorts overlap, name a patient that is not in the table, or an outcome is neither 0 nor 1
 */
export function takeTraining(
  table: FeatureTable,
  outcome: ArrayLike<number>,
  cohorts: Cohorts,
  copies: ReadonlyMap<string, string> = new Map(),
): TrainingTable {
  const validation = new Set(cohorts.validation)
  const both = cohorts.training.filter((id) => validation.has(id))
  if (both.length > 0) throw refuse('cohorts-overlap', { ids: both })
  const place = new Map(table.ids.map((id, i) => [id, i]))
  const labels = cohorts.training.map((id) => outcome[place.get(id) ?? -1])
  const wrong = labels.findIndex((label, i) => place.has(cohorts.training[i]) && label !== 0 && label !== 1)
  if (wrong >= 0) throw refuse('outcome-not-binary', { id: cohorts.training[wrong], found: labels[wrong] })
  return seal(pickRows(table, cohorts.training), Uint8Array.from(labels), { judged: validation, copies })
}

/** The same patients with features of `table`, which may hold more patients (a harmonised one) and other columns. */
export function withFeatures(from: TrainingTable, table: FeatureTable): TrainingTable {
  requireTraining(from)
  return sealFrom(from, pickRows(table, from.ids), from.outcome)
}

export function pickTrainingColumns(from: TrainingTable, columns: readonly string[]): TrainingTable {
  requireTraining(from)
  return sealFrom(from, pickColumns(from, columns), from.outcome)
}

/** Some of the patients, as a fold's training part. `rows` are positions, each at most once. */
export function pickTrainingRows(from: TrainingTable, rows: readonly number[]): TrainingTable {
  requireTraining(from)
  return sealFrom(
    from,
    pickRows(
      from,
      rows.map((row) => from.ids[row]),
    ),
    Uint8Array.from(rows, (row) => from.outcome[row]),
  )
}

/** A bootstrap sample: as many rows as were drawn, some of them copies of a patient. */
export interface DrawnTraining {
  /** The first row of a patient keeps the ID, the others are named `ID (copy 2)` and so on. */
  readonly table: TrainingTable
  /** The patient of each row: who must stay together in folds (`makeFolds`) and out-of-bag sets. */
  readonly patients: readonly string[]
}

/** Rows drawn with replacement. `rows` are positions, each as often as it was drawn. */
export function drawTrainingRows(from: TrainingTable, rows: readonly number[]): DrawnTraining {
  requireTraining(from)
  const known = patientsOf(from)
  const patients = rows.map((row) => known[row])
  const ids = nameCopies(patients)
  const { judged } = knownTraining.get(from)!
  const outcome = Uint8Array.from(rows, (row) => from.outcome[row])
  const copies = new Map(ids.map((id, i) => [id, patients[i]]))
  return { table: seal(copyRows(from, rows, ids), outcome, { judged, copies }), patients }
}

/** IDs for patients of whom some come several times: the first keeps its own. */
export function nameCopies(patients: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return patients.map((patient) => {
    const copy = (counts.get(patient) ?? 0) + 1
    counts.set(patient, copy)
    return copy === 1 ? patient : `${patient} (copy ${copy})`
  })
}

/** The patient of each row: what must not be parted by folds and out-of-bag sets. Rows have the same only in bootstrap samples. */
export function patientsOf(from: TrainingTable): readonly string[] {
  requireTraining(from)
  const { copies } = knownTraining.get(from)!
  return copies.size === 0 ? from.ids : from.ids.map((id) => copies.get(id) ?? id)
}

/** @throws TypeError when the table was not made by this module: nothing else may be learnt from */
export function requireTraining(table: TrainingTable): void {
  if (!knownTraining.has(table))
    throw new TypeError(
      'Only a training table can be learnt from. Make one with takeTraining, and derive others from it with withFeatures, pickTrainingColumns or pickTrainingRows.',
    )
}

/**
 * The training patients and, from the table that they were taken from, `more` of their cohort who have no outcome.
 * @throws DataError when one of them is to be judged or learns already
 */
export function addUnlabelled(from: TrainingTable, table: FeatureTable, more: readonly string[]): TrainingValues {
  requireTraining(from)
  const learning = new Set(from.ids)
  const { judged } = knownTraining.get(from)!
  const wrong = more.filter((id) => judged.has(id) || learning.has(id))
  if (wrong.length > 0) throw refuse('unlabelled-known', { ids: wrong })
  const { ids, columns, values } = pickRows(pickColumns(table, from.columns), [...from.ids, ...more])
  const pool = { ids, columns, values } as unknown as TrainingValues
  knownValues.add(pool)
  return pool
}

/** @throws TypeError when the table was not made by this module */
export function requireTrainingValues(table: TrainingTable | TrainingValues): void {
  if (!knownValues.has(table)) requireTraining(table as TrainingTable)
}

/** Every patient of the table; there is no way from here to an outcome. */
export function poolUnlabelled(table: FeatureTable): UnlabelledPool {
  const pool = { ids: table.ids, columns: table.columns, values: table.values } as unknown as UnlabelledPool
  knownPools.add(pool)
  return pool
}

/** @throws TypeError when the pool was not made by `poolUnlabelled` */
export function requirePool(pool: UnlabelledPool): void {
  if (!knownPools.has(pool)) throw new TypeError('Harmonising all patients takes a pool made by poolUnlabelled.')
}

function sealFrom(from: TrainingTable, table: FeatureTable, outcome: Uint8Array): TrainingTable {
  return seal(table, outcome, knownTraining.get(from)!)
}

function seal(table: FeatureTable, outcome: Uint8Array, origin: Origin): TrainingTable {
  const sealed = { ...table, outcome } as unknown as TrainingTable
  knownTraining.set(sealed, origin)
  return sealed
}
