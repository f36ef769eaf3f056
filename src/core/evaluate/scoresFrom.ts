/**
 * Where scores come from. `apparent`: of the patients that the model learnt from. `out-of-bag`: of the same patients, by the trees of a
 * forest that did not draw them. `out-of-fold`: by models that learnt from the other folds. `new`: of patients that nothing learnt from.
 */
export type ScoresFrom = 'apparent' | 'out-of-bag' | 'out-of-fold' | 'new'

/** Scores of one cohort. */
export interface ScoredCohort {
  readonly cohort: string
  /** Where all of them come from; null where each model has its own, or nobody said. */
  readonly scoresFrom: ScoresFrom | null
}

/** The name of a cohort's scores beside others of the same cohort; one that is called so already keeps its name. */
export function nameScores({ cohort, scoresFrom }: ScoredCohort): string {
  if (scoresFrom === null || scoresFrom === 'new') return cohort
  const source = `, ${scoresFrom}`
  return cohort.endsWith(source) ? cohort : cohort + source
}
