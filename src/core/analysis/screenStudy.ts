import type { Protocol } from '../protocol.ts'
import { pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { applyImputation, fitImputation, type Imputation } from '../table/imputation.ts'
import { fitScreening, screenColumns, type ColumnFault, type Screening as ColumnScreening } from '../table/screenColumns.ts'
import { pickTrainingColumns, withFeatures, type TrainingTable } from '../table/trainingTable.ts'
import type { HarmonisedStudy } from './harmoniseStudy.ts'

export interface Screening {
  /** Training columns that were left out, and why. */
  readonly columns: ColumnScreening
  /** What stands in for missing values; null when none is replaced. */
  readonly imputation: Imputation | null
}

export type ScreenedStudy = HarmonisedStudy & { readonly screening: Screening }

/**
 * Leaves out columns that nothing can be learnt from (constant or infinite among the training patients), and deals with missing
 * values as the protocol says.
 * @throws RangeError that names columns with missing values when they are to be refused
 */
export function screenTraining(
  training: TrainingTable,
  missing: Protocol['missing'],
): { readonly training: TrainingTable; readonly screening: Screening } {
  const drop: ColumnFault[] = missing === 'drop feature' ? ['constant', 'infinite', 'missing'] : ['constant', 'infinite']
  const columns = fitScreening(training, { drop })
  const incomplete = columns.reported.filter(({ faults }) => faults.includes('missing'))
  if (missing === 'refuse' && incomplete.length > 0)
    throw new RangeError(
      `${incomplete.length} features have missing values among the training patients: ${incomplete.slice(0, 5).map(({ column, missing }) => `${column} (${missing})`).join(', ')}. Complete them, or say in the protocol what to do (missing: drop feature, or median of training).`,
    ) // prettier-ignore
  const kept = pickTrainingColumns(training, columns.kept)
  const imputation = missing === 'median of training' ? fitImputation(kept, { method: 'median' }) : null
  const screening = { columns, imputation }
  return { training: withFeatures(kept, screenTable(kept, screening)), screening }
}

/**
 * The training patients' screening carried to everybody.
 * @throws RangeError as `screenTraining`, and for judged patients whose values are missing or infinite where no stand-in was learnt
 */
export function screenStudy(study: HarmonisedStudy, missing: Protocol['missing']): ScreenedStudy {
  const { training, screening } = screenTraining(study.training, missing)
  const { kept } = screening.columns
  const judged = study.judged.map(({ cohort, table }) => {
    const completed = screenTable(table, screening)
    const wrong = screenColumns(completed).find(({ missing, infinite }) => missing + infinite > 0)
    if (wrong)
      throw new RangeError(
        `${wrong.column} is ${wrong.missing > 0 ? 'missing' : 'infinite'} for ${wrong.missing + wrong.infinite} patients of the cohort ${cohort}; complete it, or let the protocol take the median of training.`,
      )
    return { cohort, table: completed }
  })
  return {
    ...study,
    training,
    judged,
    secondReader: study.secondReader && pickColumns(study.secondReader, kept),
    screening,
  }
}

function screenTable(table: FeatureTable, { columns, imputation }: Screening): FeatureTable {
  const picked = pickColumns(table, columns.kept)
  return imputation ? applyImputation(imputation, picked).table : picked
}
