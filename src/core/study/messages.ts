import { messagesOf } from '../messages/message.ts'

export interface StudyMessages {
  'cohort-empty': { readonly cohort: string }
  'cohort-undecided': { readonly labels: readonly string[] }
  'redraw-without-reason': Readonly<Record<never, never>>
}

export const { refuse } = messagesOf<StudyMessages>('study')
