import type { Covariate } from '../harmonise/covariates.ts'
import type { BatchOf } from '../harmonise/batches.ts'
import type { ClinicalData } from './clinicalData.ts'
import { pickRows, type FeatureTable } from '../table/featureTable.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { refuse } from './messages.ts'

/** What a study's statistics start from. Plain data that passes to a worker. */
export interface StudyData {
  /** Of the first reader, every patient that is harmonised, also those that this task leaves out. */
  readonly features: FeatureTable
  /** Of the second reader: the patients that were read again, the same columns. */
  readonly secondReader: FeatureTable | null
  /** 0 or 1 by patient; a patient without outcome takes part in harmonisation alone. */
  readonly outcomeOf: ReadonlyMap<string, 0 | 1>
  /** Every patient's cohort. */
  readonly cohortOf: ReadonlyMap<string, string>
  /** Every patient's batch; empty when nothing is harmonised. */
  readonly batchOf: BatchOf
  /** Where nothing is harmonised, the batches that are there all the same: they are looked at, and nothing goes by them. */
  readonly seenBatchOf?: BatchOf
  readonly covariates: readonly Covariate[]
  /** The clinical columns that models name; none where no model does. */
  readonly clinical?: ClinicalData
  /** The patient behind each ID, where a patient has several rows: lesions, or copies in bootstrap samples. */
  readonly patientOf?: ReadonlyMap<string, string>
}

/** Who learns and who is judged, by ID in table order; patients without outcome are in neither. */
export interface Split {
  readonly training: readonly string[]
  readonly judged: readonly { readonly cohort: string; readonly ids: readonly string[] }[]
}

/** The patient whose row it is. */
export function patientBehind({ patientOf }: Pick<StudyData, 'patientOf'>, id: string): string {
  return patientOf?.get(id) ?? id
}

/** The study as one whose batches are looked at, whether it is harmonised by them or not. */
export const withSeenBatches = (study: StudyData): StudyData => study.seenBatchOf ? { ...study, batchOf: study.seenBatchOf } : study // prettier-ignore

/** The study with some of its rows; batches, covariates and patients are looked up by ID and stay. */
export function keepRows(study: StudyData, isKept: (id: string) => boolean): StudyData {
  const ofTable = (table: FeatureTable) => pickRows(table, table.ids.filter(isKept))
  const ofMap = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].filter(([id]) => isKept(id)))
  const { features, secondReader, clinical, outcomeOf, cohortOf } = study
  return {
    ...study,
    features: ofTable(features),
    secondReader: secondReader && ofTable(secondReader),
    ...(clinical && { clinical: { ...clinical, table: ofTable(clinical.table) } }),
    outcomeOf: ofMap(outcomeOf),
    cohortOf: ofMap(cohortOf),
  }
}

/**
 * @param training the cohort that learns
 * @throws DataError when that cohort has no patient with an outcome, or only one class of it, or when cohorts share a patient
 */
export function splitByCohort(study: StudyData, training: string): Split {
  const { features, cohortOf, outcomeOf } = study
  refuseSharedPatients(study)
  const labelled = features.ids.filter((id) => outcomeOf.has(id))
  const idsOf = (cohort: string) => labelled.filter((id) => cohortOf.get(id) === cohort)
  const cohorts = [...new Set(cohortOf.values())]
  if (!cohorts.includes(training)) throw refuse('no-training-cohort', { training, cohorts })
  const learning = idsOf(training)
  const positive = learning.filter((id) => outcomeOf.get(id) === 1).length
  if (positive === 0 || positive === learning.length)
    throw refuse('training-one-class', { training, positives: positive, negatives: learning.length - positive })
  const judged = cohorts.filter((cohort) => cohort !== training).map((cohort) => ({ cohort, ids: idsOf(cohort) }))
  return { training: learning, judged: judged.filter(({ ids }) => ids.length > 0) }
}

/**
 * @throws DataError when those who learn have fewer patients of a class than some step of the protocol has folds: told before anything is
 * computed, with the counts
 */
export function requireClassesForFolds(
  study: StudyData,
  { training }: Split,
  protocol: Pick<Protocol, 'cohort' | 'outcome' | 'resample' | 'select'>,
): void {
  const { cohort, outcome, resample, select } = protocol
  const folds = Math.max(resample.repeats > 0 ? resample.folds : 0, ...select.map((step) => ('folds' in step ? step.folds : 0)))
  const patientsOf = (label: 0 | 1) => new Set(training.flatMap((id) => (study.outcomeOf.get(id) === label ? [patientBehind(study, id)] : []))).size // prettier-ignore
  const [negatives, positives] = [patientsOf(0), patientsOf(1)]
  if (Math.min(negatives, positives) >= folds) return
  const { column, positive = '1' } = outcome
  throw refuse('few-for-folds', { training: cohort.training, column, positive, positives, negatives, folds })
}

/** A patient with rows in two cohorts would be judged by models that learnt from her. */
function refuseSharedPatients(study: StudyData): void {
  const cohortsOf = new Map<string, Set<string>>()
  for (const [id, cohort] of study.cohortOf) {
    const patient = patientBehind(study, id)
    cohortsOf.set(patient, (cohortsOf.get(patient) ?? new Set()).add(cohort))
  }
  const shared = [...cohortsOf].filter(([, cohorts]) => cohorts.size > 1)
  if (shared.length === 0) return
  throw refuse('patients-in-cohorts', { patients: shared.map(([patient, cohorts]) => ({ patient, cohorts: [...cohorts] })) })
}
