import type { StudyFileMessages } from '../../io/studyFile/messages.ts'
import type { Sentences } from '../sentences.ts'

export const studyFile: Sentences<StudyFileMessages> = {
  'not-that-file': ({ what, problem }) => `This is no ${what}.json of a study file: ${problem}`,
}
