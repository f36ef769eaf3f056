import { commit } from './commit.ts'
import type { Database } from './schema.ts'

/** What is computed of each region, among the answers. */
export const parametersKey = 'parameters'

/**
 * What a person said and need not say again, by the kind of answer: `phases` (in which order and when they were acquired),
 * `parameters` (of the extraction), `lessons` (how far they are), and those of `settings.ts`; apart from them, since it tells who they are, `patients` (whose
 * images are).
 */
export interface AnswerStore {
  /** @returns as it was put; undefined where nothing was said */
  get(key: string): Promise<unknown>
  /** @param value plain data; undefined takes the answer back */
  put(key: string, value: unknown): Promise<void>
  /** Makes another answer of what was said, also in another tab meanwhile. @param change without anything else in it */
  change(key: string, change: (before: unknown) => unknown): Promise<void>
}

export function createAnswerStore(database: Database, store: 'answers' | 'patientAnswers' = 'answers'): AnswerStore {
  const answers = database[store]
  const get = async (key: string) => (await answers.get(key))?.value
  const change: AnswerStore['change'] = (key, change) =>
    commit(database, { stores: [answers] }, async (note) => {
      const value = change(await get(key))
      if (value === undefined) await answers.delete(key)
      else await answers.put({ key, value })
      await note({ act: 'answer', subject: key })
    })
  return { get, change, put: (key, value) => change(key, () => value) }
}
