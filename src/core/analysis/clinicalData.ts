import type { FeatureTable } from '../table/featureTable.ts'

/** A column of the clinical table that models may look at: numbers, or categories. */
export interface ClinicalPredictor {
  readonly column: string
  /** Null of numbers. */
  readonly levels: readonly string[] | null
}

/**
 * The clinical columns that models name, as numbers: a column of the table each numeric predictor, and one each level of a categorical
 * one (1 where a patient has it, else 0; `levelColumn` names it). What is missing is NaN.
 */
export interface ClinicalData {
  /** Every measured patient. */
  readonly table: FeatureTable
  readonly predictors: readonly ClinicalPredictor[]
}
