import { measureBatchEffect } from '../harmonise/batchEffect.ts'
import { variance } from '../numeric/moments.ts'
import { testColumns } from '../select/rankSumFilter.ts'
import { pickColumns, pickRows, stackRows, type FeatureTable } from '../table/featureTable.ts'
import { fitComponents, projectOnComponents, type PrincipalComponents } from '../table/principalComponents.ts'
import { applyStandardise } from '../table/standardise.ts'
import { withFeatures, type TrainingTable } from '../table/trainingTable.ts'
import type { HarmonisedStudy } from './harmoniseStudy.ts'
import { withSeenBatches, type StudyData } from './studyData.ts'

/** Where a patient lies along two components, as measured and as harmonised; NaN where a value is missing. */
export interface ComponentPoint {
  readonly id: string
  readonly batch: string
  readonly cohort: string
  readonly before: readonly [number, number]
  readonly after: readonly [number, number]
}

/** One value as measured and as harmonised. */
export interface BeforeAndAfter {
  readonly before: number
  readonly after: number
}

/** Whether scanners still show, and whether the outcome was harmonised away. Plain data. */
export interface HarmonisationCheck {
  /** Components of the training patients as measured: both pictures have the same axes. Null where they cannot be had. */
  readonly components: {
    readonly points: readonly ComponentPoint[]
    /** Shares of the training patients' variance along the two axes. */
    readonly explained: { readonly before: readonly [number, number]; readonly after: readonly [number, number] }
    readonly leftOut: readonly string[]
    readonly learntFrom: readonly string[]
  } | null
  /** Of all patients, without their outcome; NaN where it is not defined. */
  readonly effects: readonly {
    readonly feature: string
    readonly partialEtaSquared: BeforeAndAfter
    readonly epsilonSquared: BeforeAndAfter
  }[]
  /** Of the training patients: an AUC that falls towards 0.5 tells that harmonising took the outcome away. */
  readonly aucs: readonly ({ readonly feature: string } & BeforeAndAfter)[]
  /** Patients with an outcome a batch and cohort. */
  readonly outcomes: readonly {
    readonly batch: string
    readonly cohort: string
    readonly patients: number
    readonly positives: number
  }[]
}

/**
 * Puts a study as measured beside the same study harmonised, of the patients who learn or are judged. Where nothing was harmonised both
 * are the same. Outcomes are seen of training patients alone, but for the counts.
 * @param harmonised of the same study
 * @returns null where these patients have no batches, or are of one
 * @throws DataError as `measureBatchEffect` does
 */
export function checkHarmonisation(measuredStudy: StudyData, harmonised: HarmonisedStudy): HarmonisationCheck | null {
  const study = withSeenBatches(measuredStudy)
  const { training, judged } = harmonised
  const after = stackRows([training, ...judged.map(({ table }) => table)])
  if (new Set(after.ids.map((id) => study.batchOf.get(id))).size < 2) return null
  const measured = withFeatures(training, pickColumns(study.features, training.columns))
  const before = pickRows(pickColumns(study.features, training.columns), after.ids)
  const [effects, effectsAfter] = [before, after].map((table) => measureBatchEffect(table, study.batchOf, study.covariates))
  const [aucs, aucsAfter] = [measured, training].map((table) => testColumns(table, training.outcome))
  return {
    components: compareComponents(study, measured, before, after),
    effects: effects.map(({ feature, partialEtaSquared, epsilonSquared }, j) => ({
      feature,
      partialEtaSquared: { before: partialEtaSquared, after: effectsAfter[j].partialEtaSquared },
      epsilonSquared: { before: epsilonSquared, after: effectsAfter[j].epsilonSquared },
    })),
    aucs: aucs.map(({ column, auc }, j) => ({ feature: column, before: auc, after: aucsAfter[j].auc })),
    outcomes: countOutcomes(study, after.ids),
  }
}

function compareComponents(
  { batchOf, cohortOf }: StudyData,
  measured: TrainingTable,
  before: FeatureTable,
  after: FeatureTable,
): HarmonisationCheck['components'] {
  const found = fitComponents(measured, 2)
  if (found === null || found.loadings.length < 2) return null
  const [placesBefore, placesAfter] = [before, after].map((table) => projectOnComponents(found, table))
  const share = (table: FeatureTable) => explainedBy(found, pickRows(table, measured.ids))
  return {
    points: before.ids.map((id, row) => ({
      id,
      batch: batchOf.get(id)!,
      cohort: cohortOf.get(id)!,
      before: [placesBefore[0][row], placesBefore[1][row]],
      after: [placesAfter[0][row], placesAfter[1][row]],
    })),
    explained: { before: share(before), after: share(after) },
    leftOut: found.leftOut,
    learntFrom: measured.ids,
  }
}

/** What two components explain of the variance of patients who may be others than those that they were found in. */
function explainedBy(found: PrincipalComponents, table: FeatureTable): [number, number] {
  const { values } = applyStandardise(found.standardisation, table)
  const rows = table.ids.length
  let all = 0
  for (let at = 0; at < values.length; at += rows) all += variance(values.subarray(at, at + rows))
  const [first, second] = projectOnComponents(found, table)
  return [variance(first) / all, variance(second) / all]
}

function countOutcomes({ batchOf, cohortOf, outcomeOf }: StudyData, ids: readonly string[]): HarmonisationCheck['outcomes'] {
  const cells = new Map<string, { batch: string; cohort: string; patients: number; positives: number }>()
  for (const id of ids) {
    const [batch, cohort, outcome] = [batchOf.get(id)!, cohortOf.get(id)!, outcomeOf.get(id)!]
    const key = JSON.stringify([batch, cohort])
    const cell = cells.get(key) ?? { batch, cohort, patients: 0, positives: 0 }
    cells.set(key, { ...cell, patients: cell.patients + 1, positives: cell.positives + outcome })
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell)
}
