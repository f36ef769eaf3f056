import { messagesOf } from '../messages/message.ts'

export interface StudyMessages {
  'redraw-without-reason': Readonly<Record<never, never>>
}

export const { refuse } = messagesOf<StudyMessages>('study')
