import { messagesOf } from '../../core/messages/message.ts'

export interface StudyFileMessages {
  /** @property what of the study file it should be; problem in the words of the parser */
  'not-that-file': { readonly what: 'rules' | 'decisions' | 'clinical-doubts'; readonly problem: string }
  'no-such-option': { readonly id: string; readonly option: string }
}

export const { refuse } = messagesOf<StudyFileMessages>('studyFile')
