import { messagesOf } from '../messages/message.ts'

export interface StudyMessages {
  /** Hashes of cohorts that two copies of a study fixed. */
  'cohorts-differ': { readonly mine: string; readonly theirs: string }
  'cohort-empty': { readonly cohort: string }
  'cohort-undecided': { readonly labels: readonly string[] }
  'redraw-without-reason': Readonly<Record<never, never>>
}

export const { refuse } = messagesOf<StudyMessages>('study')
