import { warnOfBatches } from '../harmonise/batches.ts'
import { refuseOutcomeAsCovariate } from '../harmonise/covariates.ts'
import { applyCombat, type PatientFacts } from '../harmonise/applyCombat.ts'
import { fitCombat, joinBatches } from '../harmonise/combat.ts'
import type { CombatRecord } from '../harmonise/combatRecord.ts'
import type { HarmoniseStep } from '../protocol/protocol.ts'
import { pickRows, type FeatureTable } from '../table/featureTable.ts'
import { addUnlabelled, poolUnlabelled, takeTraining, withFeatures, type TrainingTable } from '../table/trainingTable.ts'
import type { Split, StudyData } from './studyData.ts'
import type { Message } from '../messages/message.ts'

/** A study after harmonisation: from here on nothing learns from any table but `training`. */
export interface HarmonisedStudy {
  readonly training: TrainingTable
  readonly judged: readonly { readonly cohort: string; readonly table: FeatureTable }[]
  /** The second reader's, brought by the first reader's record. */
  readonly secondReader: FeatureTable | null
  readonly record: CombatRecord | null
  /** Patients whose values are as measured, although others were harmonised. */
  readonly notHarmonised: readonly string[]
  readonly warnings: readonly Message[]
}

/** What harmonisation learnt; the values themselves are brought by it anew. */
export interface Harmonisation {
  /** Null where nothing is harmonised. */
  readonly record: CombatRecord | null
  readonly warnings: readonly Message[]
}

/**
 * Learns harmonisation as the protocol says; the three modes are told apart in `fitCombat`. Patients without outcome take part by their
 * values in every mode, those of the training cohort in the fit, others where their batch joins: ComBat is fitted before a task takes
 * patients out.
 * @throws DataError as `fitCombat` and `joinBatches` do
 */
export function learnHarmonisation(study: StudyData, split: Split, step: HarmoniseStep): Harmonisation {
  if (step.method === 'none') return { record: null, warnings: [] }
  const { features, cohortOf, outcomeOf, batchOf, covariates } = study
  refuseOutcomeAsCovariate(covariates, outcomeOf)
  const unlabelled = findUnlabelled(study, split)
  const record = learn(takeMeasured(study, split, unlabelled), unlabelled, study, split, step, { batchOf, covariates })
  return { record, warnings: [...record.warnings, ...warnOfBatches(features.ids, batchOf, { cohortOf, outcomeOf })] }
}

/**
 * Training patients are always brought by the record of their own fit, judged ones by the same record (mode "reference": after their batch
 * has joined).
 * @param step.allowUnharmonised patients of batches that cannot be harmonised are left as measured and named
 * @throws DataError as `applyCombat` does
 */
export function applyHarmonisation(
  { record, warnings }: Harmonisation,
  study: StudyData,
  split: Split,
  step: Pick<HarmoniseStep, 'allowUnharmonised'>,
): HarmonisedStudy {
  const { features, secondReader } = study
  const measured = takeMeasured(study, split, findUnlabelled(study, split))
  const tables = split.judged.map(({ cohort, ids }) => ({ cohort, table: pickRows(features, ids) }))
  if (record === null) return { training: measured, judged: tables, secondReader, record, notHarmonised: [], warnings }
  const facts = { batchOf: study.batchOf, covariates: study.covariates }
  const notHarmonised: string[] = []
  const bring = (table: FeatureTable) => {
    const brought = applyCombat(record, table, facts, {
      unseenBatches: step.allowUnharmonised ? 'leave unharmonised' : 'refuse',
    })
    notHarmonised.push(...brought.notHarmonised)
    return { ids: brought.ids, columns: brought.columns, values: brought.values }
  }
  const training = withFeatures(measured, bring(measured))
  const judged = tables.map(({ cohort, table }) => ({ cohort, table: bring(table) }))
  const second = secondReader && bring(secondReader)
  return { training, judged, secondReader: second, record, notHarmonised: [...new Set(notHarmonised)], warnings }
}

/** Both in one. @throws DataError as they do */
export function harmoniseStudy(study: StudyData, split: Split, step: HarmoniseStep): HarmonisedStudy {
  return applyHarmonisation(learnHarmonisation(study, split, step), study, split, step)
}

function takeMeasured({ features, outcomeOf, patientOf }: StudyData, split: Split, { elsewhere }: Unlabelled): TrainingTable {
  const outcome = features.ids.map((id) => outcomeOf.get(id) ?? NaN)
  const validation = [...split.judged.flatMap(({ ids }) => ids), ...elsewhere]
  return takeTraining(features, outcome, { training: split.training, validation }, patientOf)
}

interface Unlabelled {
  readonly inTraining: readonly string[]
  readonly elsewhere: readonly string[]
}

/** Patients without outcome of the training cohort, and of the others: nobody is judged by them, ComBat can use their values. */
function findUnlabelled({ features, cohortOf, outcomeOf }: StudyData, split: Split): Unlabelled {
  const trainingCohort = cohortOf.get(split.training[0])
  const all = features.ids.filter((id) => !outcomeOf.has(id))
  const isInTraining = (id: string) => cohortOf.get(id) === trainingCohort
  return { inTraining: all.filter(isInTraining), elsewhere: all.filter((id) => !isInTraining(id)) }
}

function learn(
  measured: TrainingTable,
  unlabelled: Unlabelled,
  { features }: StudyData,
  split: Split,
  step: HarmoniseStep,
  facts: PatientFacts,
): CombatRecord {
  const options = {
    prior: step.parametric ? 'parametric' : 'non-parametric',
    meanOnly: step.meanOnly,
    referenceBatch: step.referenceBatch ?? null,
  } as const
  if (step.mode === 'all patients, labels unseen')
    return fitCombat({ mode: step.mode, patients: poolUnlabelled(features) }, facts, options)
  const patients = addUnlabelled(measured, features, unlabelled.inTraining)
  const record = fitCombat({ mode: step.mode, patients }, facts, options)
  if (step.mode === 'training only') return record
  const joining = {
    minimumPatients: step.minimumNewBatch,
    smallBatches: step.allowUnharmonised ? 'leave out' : 'refuse',
  } as const
  const newcomers = pickRows(features, [...split.judged.flatMap(({ ids }) => ids), ...unlabelled.elsewhere])
  return joinBatches(record, poolUnlabelled(newcomers), facts, joining)
}
