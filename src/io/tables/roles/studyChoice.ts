import type { ClinicalAnswers } from '../../../core/cohort/clinical/readClinical.ts'
import type { VariableSpec } from '../../../core/cohort/clinical/variables.ts'
import type { ExclusionReason } from '../../../core/study/exclusions.ts'
import type { CohortPlan } from '../../../core/study/study.ts'

/** The files of a study: features, what is known of the patients beside them, and the features of another centre. */
export interface StudyFiles {
  readonly features: File
  readonly clinical: File | null
  readonly second: File | null
}

/** What a column of a feature table, or of the clinical one beside it, is. */
export type StudyRole =
  'id' | 'outcome' | 'cohort' | 'patient' | 'batch' | 'reader' | 'sequence' | 'clinical' | 'feature' | 'ignored'

/** What becomes of the patients where no column says who learns and who is judged. */
export type CohortChoice =
  | {
      readonly kind: 'split'
      readonly seed: number
      readonly share: number
      readonly stratified: boolean
      /** By which outcome, where another is in hand: who learns in one task learns in all. */
      readonly by?: { readonly column: string; readonly positive: string }
    }
  | { readonly kind: 'all train' }
  /** The second file is the other centre. */
  | { readonly kind: 'second file' }

/** Columns of the clinical table, or of the feature table where there is none, that the study's rules read, and who is left out by what they say. */
export interface StatusChoice {
  readonly variables: readonly VariableSpec[]
  /** To what could not be read for sure. */
  readonly answers: ClinicalAnswers
  /** What each of `statusColumns` is. */
  readonly roles: readonly StudyRole[]
  /** Reasons that were accepted. */
  readonly exclude: readonly ExclusionReason[]
}

/** What a study's own tables were made from. */
export interface OwnOrigin {
  /** Hashes of the fixed cohorts, of what the features were made from, and of the clinical table. */
  readonly freeze: string
  readonly rows: string
  readonly clinical: string
  /** How cohorts were told apart. */
  readonly plan: CohortPlan['kind']
  /** Patients who are not in the tables, by the reason that counts. */
  readonly leftOut: readonly { readonly reason: string; readonly patients: number }[]
  /** How often the cohorts were fixed and thawed again before; tables of earlier versions do not say it. */
  readonly thaws?: number
}

/** What a person says of a table of features. */
export interface StudyChoice {
  /** One a column of the feature table. */
  readonly roles: readonly StudyRole[]
  /** One a column of the clinical table; none without it. */
  readonly clinicalRoles: readonly StudyRole[]
  /** The value of the outcome that is positive; null until it is said, unless the values say it themselves. */
  readonly positive: string | null
  /** Without IDs, or where some are empty: the rows are numbered, or those without one left out. */
  readonly withoutId: 'number' | 'leave out' | null
  /** The cohort that learns; null until it is said. */
  readonly training: string | null
  /** Null until it is said. */
  readonly cohorts: CohortChoice | null
  /** Without it nothing is read by rules. */
  readonly statuses?: StatusChoice
  /** Of tables that the study in the page made of itself, whose roles and cohorts nobody is asked for. */
  readonly own?: OwnOrigin
}

export const noStudyChoice: StudyChoice = {
  roles: [],
  clinicalRoles: [],
  positive: null,
  withoutId: null,
  training: null,
  cohorts: null,
}

/** The names of cohorts that no column gives. */
export const madeCohorts = { training: 'training', validation: 'validation' } as const
