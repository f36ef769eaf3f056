import { groupBy } from '../numeric/groupBy.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { rankSumProbability } from '../statistics/rankSumTest.ts'
import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { patientsOf, takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import type { Split, StudyData } from './studyData.ts'

/** Features that tell the training patients' outcome as well as the outcome itself does. */
export interface OutcomeCopies {
  readonly columns: readonly string[]
  /** How many of all features would do so by chance. */
  readonly expectedByChance: number
}

/** A patient who is judged, with the very values of one who is learnt from. */
export interface EqualRows {
  readonly cohort: string
  readonly judged: string
  readonly training: string
}

/** Two training patients with the very same values: the later one, and the first who has them. */
export interface Twins {
  readonly later: string
  readonly first: string
}

/** Signs among the training patients that what is to be found out was known before. */
export interface TrainingCopies {
  readonly outcome: OutcomeCopies
  readonly twins: readonly Twins[]
}

/** The same, and among those who are judged. */
export interface Copies extends TrainingCopies {
  readonly rows: readonly EqualRows[]
}

const defaultCopyOptions = {
  /** The AUC on training from which a feature counts as a copy, in either direction. */
  leastAuc: 0.999,
  /** So few features may be expected to reach that by chance; with more (few patients), nothing can be said. */
  mostByChance: 0.01,
  /** Rows of fewer features are equal by chance where these are counts or classes. */
  fewestColumns: 3,
}

/** @param study as measured */
export function findCopies({ features, clinical, outcomeOf, patientOf }: StudyData, split: Split): Copies {
  const cohorts = { training: split.training, validation: split.judged.flatMap(({ ids }) => ids) }
  const trainingOf = (table: FeatureTable) => takeTraining(table, table.ids.map((id) => outcomeOf.get(id) ?? NaN), cohorts, patientOf) // prettier-ignore
  const { outcome, twins } = findTrainingCopies(trainingOf(features))
  const ofClinical = clinical ? findOutcomeCopies(trainingOf(clinical.table)) : null
  return {
    outcome: ofClinical
      ? {
          columns: [...outcome.columns, ...ofClinical.columns],
          expectedByChance: outcome.expectedByChance + ofClinical.expectedByChance,
        }
      : outcome,
    twins,
    rows: findEqualRows(features, split),
  }
}

/** @param training as measured */
export function findTrainingCopies(training: TrainingTable): TrainingCopies {
  return { outcome: findOutcomeCopies(training), twins: findTwins(training) }
}

/**
 * Features whose AUC on training is at least 0.999 either way, where less than 0.01 of such are expected by chance (from the exact
 * distribution of Mann and Whitney's U, times the number of features). Missing values are left out.
 * @param training as measured
 */
export function findOutcomeCopies(training: TrainingTable, options = defaultCopyOptions): OutcomeCopies {
  const aucs = training.columns.map((_, j) => aucOfPresent(columnAt(training, j), training.outcome))
  const columns = training.columns.filter((_, j) => Math.max(aucs[j], 1 - aucs[j]) >= options.leastAuc)
  if (columns.length === 0) return { columns, expectedByChance: 0 }
  const positives = training.outcome.reduce((sum, label) => sum + label, 0)
  const negatives = training.outcome.length - positives
  const limit = (1 - options.leastAuc) * positives * negatives
  const expectedByChance = training.columns.length * rankSumProbability(limit, positives, negatives)
  return expectedByChance < options.mostByChance ? { columns, expectedByChance } : { columns: [], expectedByChance }
}

/** NaN where one class has no value. */
function aucOfPresent(values: Float64Array, outcome: Uint8Array): number {
  const rows = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]))
  return rocAuc(rows.map((row) => values[row]), rows.map((row) => outcome[row])) // prettier-ignore
}

/** Patients who are judged and have, under another ID, the same value in every feature as one who is learnt from. */
function findEqualRows(features: FeatureTable, { training, judged }: Split): EqualRows[] {
  const firstLike = firstsOf(features, training)
  return judged.flatMap(({ cohort, ids }) =>
    ids.flatMap((id) => {
      const twin = firstLike(id)
      return twin === undefined ? [] : [{ cohort, judged: id, training: twin }]
    }),
  )
}

/** Rows of one patient, as lesions of hers, are in one fold whatever they hold. */
function findTwins(training: TrainingTable): Twins[] {
  const patients = patientsOf(training)
  const patientOf = new Map(training.ids.map((id, row) => [id, patients[row]]))
  const firstLike = firstsOf(training, training.ids)
  return training.ids.flatMap((later) => {
    const first = firstLike(later)
    return first === undefined || patientOf.get(first) === patientOf.get(later) ? [] : [{ later, first }]
  })
}

/** The first of some IDs whose row has the same value in every feature as an ID's own; undefined where features are too few to tell. */
function firstsOf(
  features: FeatureTable,
  among: readonly string[],
  options = defaultCopyOptions,
): (id: string) => string | undefined {
  if (features.columns.length < options.fewestColumns) return () => undefined
  const rowOf = new Map(features.ids.map((id, row) => [id, row]))
  const valueAt = (column: number, id: string) => columnAt(features, column)[rowOf.get(id)!]
  // A few columns tell nearly all rows apart; the others are looked at where they do not.
  const keyOf = (id: string) => features.columns.slice(0, keyColumns).map((_, j) => valueAt(j, id)).join() // prettier-ignore
  const alike = groupBy(among, keyOf)
  const isEqual = (id: string) => (other: string) => features.columns.every((_, j) => isSame(valueAt(j, id), valueAt(j, other)))
  return (id) => alike.get(keyOf(id))?.find(isEqual(id))
}

/** 0 and -0 are one number; what was not measured in either is alike. */
function isSame(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b))
}

const keyColumns = 8
