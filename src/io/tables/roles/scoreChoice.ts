/** What a column of a table of scores is. */
export type Role = 'id' | 'outcome' | 'cohort' | 'patient' | 'score' | 'left out'

/** What a person says of a table of scores. */
export interface ScoreChoice {
  /** One a column. */
  readonly roles: readonly Role[]
  /** The value of the outcome that is positive; null until it is said, unless the values say it themselves. */
  readonly positive: string | null
  /** Without IDs, or where some are empty: the rows are numbered, or those without one left out. */
  readonly withoutId: 'number' | 'leave out' | null
  /** Null until it is said; '' is none of them. */
  readonly trainCohort: string | null
  readonly probabilities: readonly string[]
  readonly recalibrate: readonly string[]
}

export const noChoice: Omit<ScoreChoice, 'roles'> = {
  positive: null,
  withoutId: null,
  trainCohort: null,
  probabilities: [],
  recalibrate: [],
}
