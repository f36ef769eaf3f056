import { rocAuc } from '../numeric/ranks.ts'
import { rankSumProbability } from '../statistics/rankSumTest.ts'
import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { takeTraining, type TrainingTable } from '../table/trainingTable.ts'
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

/** Signs that what is to be found out was known before. */
export interface Copies {
  readonly outcome: OutcomeCopies
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
export function findCopies({ features, clinical, outcomeOf }: StudyData, split: Split): Copies {
  const cohorts = { training: split.training, validation: split.judged.flatMap(({ ids }) => ids) }
  const copiesIn = (table: FeatureTable) => findOutcomeCopies(takeTraining(table, table.ids.map((id) => outcomeOf.get(id) ?? NaN), cohorts)) // prettier-ignore
  const [ofFeatures, ofClinical] = [copiesIn(features), clinical ? copiesIn(clinical.table) : null]
  return {
    outcome: ofClinical
      ? {
          columns: [...ofFeatures.columns, ...ofClinical.columns],
          expectedByChance: ofFeatures.expectedByChance + ofClinical.expectedByChance,
        }
      : ofFeatures,
    rows: findEqualRows(features, split),
  }
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
function findEqualRows(features: FeatureTable, { training, judged }: Split, options = defaultCopyOptions): EqualRows[] {
  if (features.columns.length < options.fewestColumns) return []
  const rowOf = new Map(features.ids.map((id, row) => [id, row]))
  const valueAt = (column: number, id: string) => columnAt(features, column)[rowOf.get(id)!]
  // A few columns tell nearly all rows apart; the others are looked at where they do not.
  const keyOf = (id: string) => features.columns.slice(0, keyColumns).map((_, j) => valueAt(j, id)).join() // prettier-ignore
  const alike = new Map<string, string[]>()
  for (const id of training) alike.set(keyOf(id), [...(alike.get(keyOf(id)) ?? []), id])
  return judged.flatMap(({ cohort, ids }) =>
    ids.flatMap((id) => {
      const isEqual = (other: string) => features.columns.every((_, j) => isSame(valueAt(j, id), valueAt(j, other)))
      const twin = alike.get(keyOf(id))?.find(isEqual)
      return twin === undefined ? [] : [{ cohort, judged: id, training: twin }]
    }),
  )
}

/** 0 and -0 are one number; what was not measured in either is alike. */
function isSame(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b))
}

const keyColumns = 8
