import type { OnProgress } from '../numeric/jobs.ts'
import type { Seed } from '../numeric/random.ts'
import type { SelectionStep } from '../protocol/protocol.ts'
import { filterByAgreement, filterByAgreementOfAll, type AgreementSelection } from '../select/agreementFilter.ts'
import { defaultAnnealing, runAnnealing, type AnnealingSelection } from '../select/annealing.ts'
import { defaultBoruta, defaultBorutaPy, runBoruta, type BorutaSelection } from '../select/boruta.ts'
import { defaultElimination, eliminateRecursively, type EliminationSelection } from '../select/elimination.ts'
import { defaultLassoSelectionOptions, fitLassoSelection, type LassoSelection } from '../select/lassoSelection.ts'
import { defaultMrmr, selectMrmr, type MrmrSelection } from '../select/mrmr.ts'
import { filterByRankSum, type RankSumSelection } from '../select/rankSumFilter.ts'
import { filterByRedundancy, type RedundancySelection } from '../select/redundancyFilter.ts'
import { pickColumns, pickRows, stackRows, type FeatureTable } from '../table/featureTable.ts'
import { pickTrainingColumns, poolUnlabelled, takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import type { PathRunners } from './pathRunners.ts'
import type { ScreenedStudy } from './screenStudy.ts'
import { stepSeed } from './stages/seeds.ts'
import type { StudyData } from './studyData.ts'
import { refuse, tell } from './messages.ts'

export type StepRecord =
  | AgreementSelection
  | RankSumSelection
  | RedundancySelection
  | BorutaSelection
  | AnnealingSelection
  | LassoSelection
  | MrmrSelection
  | EliminationSelection

/** What every step looked at and left. */
export interface Selection {
  readonly candidates: readonly string[]
  /** In the order of the protocol; ends early when nothing is left. */
  readonly steps: readonly StepRecord[]
  readonly kept: readonly string[]
  readonly learntFrom: readonly string[]
}

/** Values before harmonisation. */
type Measured = Pick<StudyData, 'features' | 'secondReader'>

/** What only agreement looks at, beside the training patients. */
type Readings = Pick<ScreenedStudy, 'judged' | 'secondReader'>

/** The record of a step by its place, computed or from before; null where nothing was left to look at. */
type TakeStep = (step: number, compute: () => Promise<StepRecord | null>) => Promise<StepRecord | null>

/**
 * The protocol's steps one after the other, each on the columns that the one before left.
 * @param seed of the path
 * @throws DataError as the steps do, and when agreement is asked for but nobody was read twice
 */
export async function selectFeatures(
  study: Readings & { readonly training: TrainingTable },
  measured: Measured,
  steps: readonly SelectionStep[],
  seed: Seed,
  run: PathRunners,
  onProgress: OnProgress,
  takeStep: TakeStep = (_, compute) => compute(),
): Promise<Selection> {
  const { training } = study
  const records: StepRecord[] = []
  let kept = training.columns
  for (const [i, step] of steps.entries()) {
    const columns = kept
    // Agreement sees no outcome; redundancy only chooses by it between columns that say the same.
    const filteredBefore = records.some(({ method }) => method !== 'agreement' && method !== 'redundancy')
    const record = await takeStep(i, async () => {
      if (columns.length === 0) return null
      onProgress({ done: i, total: steps.length, step: tell('step-selecting', { method: step.method, columns: columns.length }) })
      const options = { seed: stepSeed(seed, step.method, i), filteredBefore }
      const table = pickTrainingColumns(training, columns)
      return runStep(table, step, options, { ...study, measured }, run, onProgress)
    })
    if (record === null) continue
    records.push(record)
    kept = record.kept
  }
  return { candidates: training.columns, steps: records, kept, learntFrom: training.ids }
}

async function runStep(
  table: TrainingTable,
  step: SelectionStep,
  { seed, filteredBefore }: { seed: Seed; filteredBefore: boolean },
  readings: Readings & { readonly measured: Measured },
  run: PathRunners,
  onProgress: OnProgress,
): Promise<StepRecord> {
  switch (step.method) {
    case 'agreement':
      return agree(table, step, readings)
    case 'rankSum':
      return filterByRankSum(table, step)
    case 'redundancy':
      return filterByRedundancy(table, step)
    case 'boruta': {
      const { variant, trees, maximumRuns, roughFix } = step
      const defaults = variant === 'BorutaPy' ? defaultBorutaPy : defaultBoruta
      return runBoruta(table, { ...defaults, trees, maximumRuns, roughFix, filteredBefore, seed }, run.growTrees, onProgress)
    }
    case 'annealing': {
      const { metric, folds, iterations, improve, trees } = step
      const limit = step.maximumSize === undefined ? {} : { maximumSize: step.maximumSize }
      const options = { ...defaultAnnealing, metric, folds, iterations, improve, trees, ...limit, seed }
      return runAnnealing(table, options, run.anneal, onProgress)
    }
    case 'lasso':
      return fitLassoSelection(table, { ...defaultLassoSelectionOptions, folds: step.folds, lambda: step.lambda, seed })
    case 'mrmr':
      return selectMrmr(table, { ...defaultMrmr, keep: step.keep })
    case 'elimination':
      return eliminateRecursively(table, { ...defaultElimination, folds: step.folds, trees: step.trees, seed }, run.growTrees, onProgress) // prettier-ignore
  }
}

function agree(
  table: TrainingTable,
  { form, threshold, on, patients, beforeHarmonisation }: Extract<SelectionStep, { method: 'agreement' }>,
  { judged, secondReader, measured }: Readings & { readonly measured: Measured },
): AgreementSelection {
  if (!secondReader || !measured.secondReader) throw refuse('nobody-read-twice', {})
  const options = { form, threshold, on }
  const second = pickColumns(beforeHarmonisation ? measured.secondReader : secondReader, table.columns)
  if (patients === 'training') {
    const first = beforeHarmonisation ? asMeasured(table, measured) : table
    return filterByAgreement(first, [keepRows(second, table.ids)], options)
  }
  const everybody = beforeHarmonisation ? pickColumns(measured.features, table.columns) : stackRows([table, ...judged.map((cohort) => pickColumns(cohort.table, table.columns))]) // prettier-ignore
  return filterByAgreementOfAll(poolUnlabelled(everybody), [keepRows(second, everybody.ids)], options)
}

/** The training patients with their values before ComBat. */
function asMeasured(table: TrainingTable, { features }: Measured): TrainingTable {
  const rows = pickColumns(pickRows(features, table.ids), table.columns)
  return takeTraining(rows, table.outcome, { training: table.ids, validation: [] })
}

function keepRows(table: FeatureTable, ids: readonly string[]): FeatureTable {
  const wanted = new Set(ids)
  return pickRows(
    table,
    table.ids.filter((id) => wanted.has(id)),
  )
}
