import type { StudyMessages } from '../../core/study/messages.ts'
import { listSome } from '../listSome.ts'
import type { Sentences } from '../sentences.ts'

export const study: Sentences<StudyMessages> = {
  'cohorts-differ': ({ mine, theirs }) =>
    `Both studies have fixed their cohorts, and not the same (${mine.slice(0, 8)} here, ${theirs.slice(0, 8)} in the file): they cannot be merged. Thaw the cohorts of one of them first.`,
  'cohort-empty': ({ cohort }) => `Nobody would be in the ${cohort} cohort: cohorts cannot be fixed like this.`,
  'cohort-undecided': ({ labels }) =>
    `${labels.length === 1 ? '1 patient is' : `${labels.length} patients are`} in no cohort and not excluded: ${listSome(labels)}. Decide on them first.`,
  'redraw-without-reason': () => 'The patients of the second reading are drawn already. Give a reason to draw them again.',
}
