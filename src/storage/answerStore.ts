import type { Database } from './schema.ts'

/**
 * What a person said and need not say again, by the kind of answer: `patients` (whose images are), `phases` (in which order and
 * when they were acquired), `parameters` (of the extraction).
 */
export interface AnswerStore {
  /** @returns as it was put; undefined where nothing was said */
  get(key: string): Promise<unknown>
  /** @param value plain data; undefined takes the answer back */
  put(key: string, value: unknown): Promise<void>
  /** Makes another answer of what was said, also in another tab meanwhile. @param change without anything else in it */
  change(key: string, change: (before: unknown) => unknown): Promise<void>
}

export function createAnswerStore(database: Database): AnswerStore {
  const put = async (key: string, value: unknown) => {
    if (value === undefined) await database.answers.delete(key)
    else await database.answers.put({ key, value })
  }
  const get = async (key: string) => (await database.answers.get(key))?.value
  return {
    get,
    put,
    change: (key, change) => database.transaction('rw', database.answers, async () => put(key, change(await get(key)))),
  }
}
