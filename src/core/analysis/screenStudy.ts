import type { Protocol } from '../protocol/protocol.ts'
import { columnAt, pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { applyImputation, fitImputation, type Imputation, type MissingCount } from '../table/imputation.ts'
import { fitScreening, screenColumns, type ColumnFault, type Screening as ColumnScreening } from '../table/screenColumns.ts'
import { pickTrainingColumns, withFeatures, type TrainingTable } from '../table/trainingTable.ts'
import type { HarmonisedStudy } from './harmoniseStudy.ts'
import { refuse } from './messages.ts'

export interface Screening {
  /** Training columns that were left out, and why. */
  readonly columns: ColumnScreening
  /** What stands in for missing values; null when none is replaced. */
  readonly imputation: Imputation | null
}

/** Values of a judged cohort that were missing and are now those that stand in for them. */
export interface ImputedCohort {
  readonly cohort: string
  readonly missing: readonly MissingCount[]
}

export type ScreenedStudy = HarmonisedStudy & { readonly screening: Screening; readonly imputed: readonly ImputedCohort[] }

/**
 * Which columns nothing can be learnt from (constant or infinite among the training patients), and what stands in for missing values, as
 * the protocol says.
 * @throws DataError that names columns with missing values when they are to be refused
 */
export function learnScreening(training: TrainingTable, missing: Protocol['missing']): Screening {
  const drop: ColumnFault[] = missing === 'drop feature' ? ['constant', 'infinite', 'missing'] : ['constant', 'infinite']
  const columns = fitScreening(training, { drop })
  const incomplete = columns.reported.filter(({ faults }) => faults.includes('missing'))
  if ((missing === 'refuse' || missing === 'complete cases') && incomplete.length > 0)
    throw refuse('features-missing', { features: incomplete.map(({ column, missing }) => ({ column, missing })) })
  const impute = missing === 'median of training'
  return { columns, imputation: impute ? fitImputation(pickTrainingColumns(training, columns.kept), { method: 'median' }) : null }
}

/** The training patients' screening carried to everybody. */
export function applyScreening(screening: Screening, study: HarmonisedStudy): ScreenedStudy {
  const { kept } = screening.columns
  const judged = study.judged.map(({ cohort, table }) => ({ cohort, ...screenTable(table, screening) }))
  return {
    ...study,
    training: screenedTraining(screening, study.training),
    judged: judged.map(({ cohort, table }) => ({ cohort, table })),
    secondReader: study.secondReader && pickColumns(study.secondReader, kept),
    screening,
    imputed: judged.flatMap(({ cohort, imputed }) => (imputed.length > 0 ? [{ cohort, missing: imputed }] : [])),
  }
}

export function screenedTraining(screening: Screening, training: TrainingTable): TrainingTable {
  const kept = pickTrainingColumns(training, screening.columns.kept)
  return withFeatures(kept, screenTable(kept, screening).table)
}

/**
 * Only the features that a model uses must be complete in the patients it judges.
 * @throws DataError that names the first feature, the cohort and the patients without a usable value
 */
export function requireJudgeable(judged: ScreenedStudy['judged'], kept: readonly string[]): void {
  for (const { cohort, table } of judged) {
    const picked = pickColumns(table, kept)
    const wrong = screenColumns(picked).find(({ missing, infinite }) => missing + infinite > 0)
    if (!wrong) continue
    const column = columnAt(picked, picked.columns.indexOf(wrong.column))
    const ids = table.ids.filter((_, row) => !Number.isFinite(column[row]))
    throw refuse('not-judgeable', { column: wrong.column, fault: wrong.missing > 0 ? 'missing' : 'infinite', cohort, ids })
  }
}

function screenTable(
  table: FeatureTable,
  { columns, imputation }: Screening,
): { readonly table: FeatureTable; readonly imputed: readonly MissingCount[] } {
  const picked = pickColumns(table, columns.kept)
  return imputation ? applyImputation(imputation, picked) : { table: picked, imputed: [] }
}
