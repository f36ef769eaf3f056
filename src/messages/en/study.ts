import type { StudyMessages } from '../../core/study/messages.ts'
import type { Sentences } from '../sentences.ts'

export const study: Sentences<StudyMessages> = {
  'redraw-without-reason': () => 'The patients of the second reading are drawn already. Give a reason to draw them again.',
}
