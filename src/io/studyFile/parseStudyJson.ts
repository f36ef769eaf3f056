import { z } from '../../core/messages/zod.ts'
import { refuse, type StudyFileMessages } from './messages.ts'

/** @throws DataError if the text is not that file of a study file */
export function parseStudyJson<T>(what: StudyFileMessages['not-that-file']['what'], text: string, schema: z.ZodType<T>): T {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw refuse('not-that-file', { what, problem: (cause as Error).message }, { cause })
  }
  const read = schema.safeParse(json)
  if (!read.success) throw refuse('not-that-file', { what, problem: z.prettifyError(read.error) })
  return read.data
}
