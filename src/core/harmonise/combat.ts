import { columnAt, pickColumns, pickRows, type FeatureTable } from '../table/featureTable.ts'
import {
  requirePool,
  requireTrainingValues,
  type TrainingTable,
  type TrainingValues,
  type UnlabelledPool,
} from '../table/trainingTable.ts'
import { applyCombat, type PatientFacts } from './applyCombat.ts'
import { measureBatches, type BatchMoments } from './batchModel.ts'
import { groupByBatch, warnOfSmallBatches, type BatchGroups } from './batches.ts'
import { defaultCombatOptions, knownBatches, type BatchAdjustment, type CombatOptions, type CombatRecord, type CombatTarget, type JoinedBatch } from './combatRecord.ts' // prettier-ignore
import { codeCovariates, codedNames, encodeCovariates, refuseOutcomeAsCovariate } from './covariates.ts'
import { shrinkEstimates } from './shrink.ts'
import { refuse, tell } from './messages.ts'

/** Who may be learnt from, by mode. */
export type CombatSource =
  | { readonly mode: 'all patients, labels unseen'; readonly patients: UnlabelledPool }
  | { readonly mode: 'training only' | 'reference'; readonly patients: TrainingTable | TrainingValues }

/**
 * ComBat (Johnson, Li and Rabinovic 2007, Biostatistics 8(1), 118-127), equal to `sva::ComBat` 3.46. Every column is modelled
 * as overall mean + covariates + batch location + batch scale x noise; locations and scales are shrunk towards those of all
 * columns (`shrinkEstimates`), then taken away by `applyCombat`. Where the labels are known, they are not used.
 *
 * As in `sva`: the pooled variance divides by the number of patients, or by one less than the values present as soon as any
 * value is missing; a missing value stays missing; with a reference batch, mean and variance are that batch's.
 * Columns that are constant in a batch, or have fewer than 2 values in it (mean only: none), are returned as they came and
 * listed with the reason (`sva` adjusts a constant column if a value is missing beside, and stops at an empty one).
 *
 * In the mode "reference" the harmonised training patients become one batch that new ones can join (`joinBatches`); there,
 * a single training batch is left as it is.
 *
 * @throws TypeError when the patients were not made by `takeTraining`, `addUnlabelled` or `poolUnlabelled`
 * @throws DataError for fewer than 2 batches or 2 adjustable columns, a batch of one patient, an unknown reference batch, a
 *   missing batch or covariate, covariates confounded with batch or the outcome, an infinite value
 */
export function fitCombat(source: CombatSource, facts: PatientFacts, options: Partial<CombatOptions> = {}): CombatRecord {
  const chosen = { ...defaultCombatOptions, ...options }
  const { mode, patients } = source
  const covariates = facts.covariates ?? []
  if (source.mode === 'all patients, labels unseen') requirePool(source.patients)
  else {
    requireTrainingValues(source.patients)
    const { ids } = source.patients
    const outcome = 'outcome' in source.patients ? source.patients.outcome : null
    if (outcome && !chosen.asSva) refuseOutcomeAsCovariate(covariates, new Map(ids.map((id, row) => [id, outcome[row]])))
  }
  const groups = groupByBatch(patients.ids, facts.batchOf)
  const { meanOnly, referenceBatch } = checkBatches(groups, mode, chosen)
  const codes = codeCovariates(covariates, patients.ids)
  const coded = { names: codedNames(codes), values: encodeCovariates(codes, covariates, patients.ids) }
  const moments = measureBatches(patients, groups, coded, { fewestValues: meanOnly ? 1 : 2 })
  if (moments.columns.length < 2)
    throw refuse('few-columns', {
      adjusted: moments.columns.length,
      columns: patients.columns.length,
      unadjusted: moments.unadjusted,
    })
  const reference = referenceBatch === null ? undefined : groups.names.indexOf(referenceBatch)
  const target = poolTarget(moments, groups, reference)
  const record: CombatRecord = {
    method: 'ComBat',
    mode,
    options: chosen,
    meanOnly,
    covariates: codes,
    columns: moments.columns,
    unadjusted: moments.unadjusted,
    missingValues: moments.missing,
    target,
    batches: groups.names.map((batch, b) => ({
      batch,
      patients: groups.rows[b].length,
      ...(b === reference
        ? leaveAlone(moments.columns.length)
        : estimateBatch(moments, b, target, { prior: chosen.prior, meanOnly })),
    })),
    reference: null,
    learntFrom: [...patients.ids],
    warnings: [...warnOfSmallBatches(groups), ...(meanOnly && !chosen.meanOnly ? [tell('lone-patient-mean-only', {})] : [])],
  }
  return mode === 'reference'
    ? { ...record, reference: { target: describeHarmonised(record, patients, facts), joined: [] } }
    : record
}

export interface JoinOptions {
  /** Fewer patients say too little of a batch's scale. */
  readonly minimumPatients: number
  /** What to do with a smaller batch; "leave out" needs `unseenBatches: 'leave unharmonised'` when the record is applied. */
  readonly smallBatches: 'refuse' | 'leave out'
}

const defaultJoinOptions: JoinOptions = { minimumPatients: 20, smallBatches: 'refuse' }

/**
 * Lets new batches join the harmonised training patients, which are the reference (`ref.batch` of `sva`) and do not change:
 * each new batch's location and scale are estimated from its own patients, without labels and without the other new batches.
 * Coefficients of covariates are the reference's. Patients of batches that the record knows are not looked at.
 *
 * @returns the record with the batches that joined
 * @throws DataError for a record of another mode, a training patient under a new batch, a batch with fewer patients than asked
 *   (unless left out) or with fewer than 2 columns that can be adjusted
 */
export function joinBatches(
  record: CombatRecord,
  newPatients: UnlabelledPool,
  facts: PatientFacts,
  options: Partial<JoinOptions> = {},
): CombatRecord {
  requirePool(newPatients)
  const { minimumPatients, smallBatches } = { ...defaultJoinOptions, ...options }
  const { reference } = record
  if (!reference) throw refuse('join-needs-reference', { mode: record.mode })
  const groups = groupByBatch(newPatients.ids, facts.batchOf)
  const known = new Set(knownBatches(record))
  const learnt = new Set(record.learntFrom)
  const fresh = groups.names.map((batch, b) => ({ batch, ids: Array.from(groups.rows[b], (row) => newPatients.ids[row]) })).filter(({ batch }) => !known.has(batch)) // prettier-ignore
  const trained = fresh.flatMap(({ ids }) => ids).filter((id) => learnt.has(id))
  if (trained.length > 0) throw refuse('training-cannot-join', { ids: trained })
  const small = fresh.filter(({ ids }) => ids.length < Math.max(minimumPatients, 2))
  if (small.length > 0 && smallBatches === 'refuse')
    throw refuse('new-batch-small', {
      least: Math.max(minimumPatients, 2),
      batches: small.map(({ batch, ids }) => ({ batch, patients: ids.length })),
    })
  const joined = fresh.filter((batch) => !small.includes(batch)).map(({ batch, ids }) => joinBatch(record, reference.target, pickRows(newPatients, ids), batch, facts)) // prettier-ignore
  return { ...record, reference: { ...reference, joined: [...reference.joined, ...joined] } }
}

function checkBatches(
  groups: BatchGroups,
  mode: CombatRecord['mode'],
  options: CombatOptions,
): { meanOnly: boolean; referenceBatch: string | null } {
  // prettier-ignore
  const { names, rows } = groups
  const { referenceBatch, asSva } = options
  if (referenceBatch !== null && !names.includes(referenceBatch))
    throw refuse('reference-unknown', { batch: referenceBatch, batches: names })
  if (names.length < 2 && mode !== 'reference') throw refuse('one-batch', { batches: names })
  const lone = names.filter((_, b) => rows[b].length === 1)
  if (lone.length > 0 && !asSva) throw refuse('lone-patients', { batches: lone })
  return { meanOnly: options.meanOnly || lone.length > 0, referenceBatch: names.length === 1 ? names[0] : referenceBatch }
}

/** Without a reference batch, every batch's mean weighs by its patients. */
function poolTarget(moments: BatchMoments, groups: BatchGroups, reference?: number): CombatTarget {
  const { columns, coefficients, counts, means, squares, missing } = moments
  const batches = reference === undefined ? groups.names.map((_, b) => b) : [reference]
  const patients = batches.reduce((sum, b) => sum + groups.rows[b].length, 0)
  const sumOver = (of: (b: number) => number) => batches.reduce((sum, b) => sum + of(b), 0)
  const mean = columns.map((_, j) => sumOver((b) => (groups.rows[b].length / patients) * means[b][j]))
  const variance = columns.map((_, j) => sumOver((b) => squares[b][j]) / (missing > 0 ? sumOver((b) => counts[b][j]) - 1 : patients)) // prettier-ignore
  return { mean, coefficients: coefficients.map((column) => [...column]), variance }
}

function estimateBatch(
  { counts, means, squares }: Pick<BatchMoments, 'counts' | 'means' | 'squares'>,
  b: number,
  { mean, variance }: CombatTarget,
  options: Parameters<typeof shrinkEstimates>[1],
): Pick<BatchAdjustment, 'gammaStar' | 'deltaStar'> {
  const standardSquares = squares[b].map((value, j) => value / variance[j])
  const { gammaStar, deltaStar } = shrinkEstimates(
    {
      gammaHat: means[b].map((value, j) => (value - mean[j]) / Math.sqrt(variance[j])),
      deltaHat: standardSquares.map((value, j) => value / (counts[b][j] - 1)),
      counts: counts[b],
      squares: standardSquares,
    },
    options,
  )
  return { gammaStar: [...gammaStar], deltaStar: [...deltaStar] }
}

function leaveAlone(columns: number): { gammaStar: number[]; deltaStar: number[] } {
  return { gammaStar: new Array<number>(columns).fill(0), deltaStar: new Array<number>(columns).fill(1) }
}

/** The harmonised training patients, as one batch. */
function describeHarmonised(record: CombatRecord, patients: FeatureTable, facts: PatientFacts): CombatTarget {
  const harmonised = pickColumns(applyCombat(record, patients, facts), record.columns)
  const groups = { names: ['reference'], rows: [Int32Array.from(patients.ids, (_, row) => row)] }
  const coded = { names: codedNames(record.covariates), values: encodeCovariates(record.covariates, facts.covariates ?? [], patients.ids) } // prettier-ignore
  const moments = measureBatches(harmonised, groups, coded, { fewestValues: 2 })
  if (moments.unadjusted.length > 0) throw refuse('no-reference', { unadjusted: moments.unadjusted })
  return poolTarget(moments, groups, 0)
}

/** @param newcomers the patients of one new batch */
function joinBatch(
  record: CombatRecord,
  target: CombatTarget,
  newcomers: FeatureTable,
  batch: string,
  facts: PatientFacts,
): JoinedBatch {
  // prettier-ignore
  const coded = encodeCovariates(record.covariates, facts.covariates ?? [], newcomers.ids)
  const expected = pickColumns(newcomers, record.columns)
  const rows = newcomers.ids.length
  record.columns.forEach((_, j) => {
    const values = columnAt(expected, j)
    coded.forEach((covariate, k) => {
      for (let i = 0; i < rows; i++) values[i] -= covariate[i] * target.coefficients[k][j]
    })
  })
  const groups = { names: [batch], rows: [Int32Array.from(newcomers.ids, (_, row) => row)] }
  const moments = measureBatches(expected, groups, { names: [], values: [] }, { fewestValues: record.meanOnly ? 1 : 2 })
  if (moments.columns.length < 2)
    throw refuse('batch-cannot-join', {
      batch,
      adjusted: moments.columns.length,
      columns: record.columns.length,
      unadjusted: moments.unadjusted,
    })
  const place = new Map(record.columns.map((column, j) => [column, j]))
  const at = moments.columns.map((column) => place.get(column)!)
  const targetOfThese = { mean: at.map((j) => target.mean[j]), coefficients: [], variance: at.map((j) => target.variance[j]) }
  const estimated = estimateBatch(moments, 0, targetOfThese, { prior: record.options.prior, meanOnly: record.meanOnly })
  const { gammaStar, deltaStar } = leaveAlone(record.columns.length)
  at.forEach((j, i) => {
    gammaStar[j] = estimated.gammaStar[i]
    deltaStar[j] = estimated.deltaStar[i]
  })
  return { batch, patients: rows, gammaStar, deltaStar, learntFrom: [...newcomers.ids], unadjusted: moments.unadjusted }
}
