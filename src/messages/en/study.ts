import type { StudyMessages } from '../../core/study/messages.ts'
import { listSome } from '../listSome.ts'
import type { Sentences } from '../sentences.ts'

export const study: Sentences<StudyMessages> = {
  'cohort-empty': ({ cohort }) => `Nobody would be in the ${cohort} cohort: cohorts cannot be fixed like this.`,
  'cohort-undecided': ({ labels }) =>
    `${labels.length === 1 ? '1 patient is' : `${labels.length} patients are`} in no cohort and not excluded: ${listSome(labels)}. Decide on them first.`,
  'redraw-without-reason': () => 'The patients of the second reading are drawn already. Give a reason to draw them again.',
}
