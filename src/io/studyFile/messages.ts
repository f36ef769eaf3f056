import { messagesOf, type Message } from '../../core/messages/message.ts'
import type { NameFound } from '../../core/study/leavingStudy.ts'

type Nothing = Readonly<Record<never, never>>

export interface StudyFileMessages {
  /** @property what of the study file it should be; problem in the words of the parser */
  'not-that-file': {
    readonly what:
      'rules' | 'decisions' | 'clinical-doubts' | 'study-records' | 'journal' | 'columns' | 'texel-study' | 'analysis'
    readonly problem: string
  }
  'no-such-option': { readonly id: string; readonly option: string }

  // What is no study file, or not a whole one.
  'no-study-file': Nothing
  'newer-study-file': { readonly format: number; readonly program: string }
  'entry-name': { readonly name: string }
  'entry-twice': { readonly name: string }
  'entry-too-large': { readonly name: string; readonly bytes: number }
  'too-many-entries': { readonly most: number }
  'import-alone': Nothing
  'entry-missing': { readonly name: string }
  'entry-damaged': { readonly name: string }
  'counts-differ': { readonly what: string; readonly said: number; readonly found: number }
  'records-contradict': { readonly code: string; readonly key: string }

  // What is lost of one that is damaged in places.
  'image-lost': { readonly name: string }
  'roi-lost': { readonly name: string; readonly label: string; readonly why: 'missing' | 'damaged' | 'contradicts' }
  'rows-lost': { readonly name: string; readonly rows: number }
  'part-lost': { readonly name: string }

  'analysis-lost': { readonly name: string }

  // What is not written.
  'analysis-of-tables': Nothing
  'analysis-of-more': { readonly columns: number; readonly isOld: boolean }
  'roi-without-grid': { readonly name: string; readonly label: string }
  'image-unreadable': { readonly name: string; readonly label: string; readonly reason: Message }
  'roi-unreadable': { readonly name: string; readonly label: string; readonly reason: Message }
  'not-read-back': { readonly name: string; readonly problems: readonly Message[] }
  'names-somebody': { readonly found: readonly NameFound[] }
}

export const { refuse, tell } = messagesOf<StudyFileMessages>('studyFile')
