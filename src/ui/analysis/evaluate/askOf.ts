import type { OwnOrigin, StudyChoice } from '../../../io/tables/roles/studyChoice.ts'

/** What the evaluation answers. A part that was held out at random is no other centre, nor are folds. @param made cohorts that no column told of @param own how the study in the page tells its cohorts apart */
export function askOf(trainCohort: string | null, made: StudyChoice['cohorts'], own?: OwnOrigin['plan']): string {
  if (trainCohort === null) return 'How well do the scores tell them apart?'
  if (own === 'date') return 'Does it hold in the patients who were examined later?'
  if (made?.kind === 'split' || own === 'split') return 'Does it hold in patients held out at random?'
  if (made?.kind === 'all train') return 'Does it hold in folds that it did not learn from?'
  return 'Does it hold at the other centre?'
}
