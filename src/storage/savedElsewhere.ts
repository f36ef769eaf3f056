import type { JournalLine } from '../core/study/journal.ts'
import { commit } from './commit.ts'
import type { Database, KeptSave } from './schema.ts'

/** The last copy of the study outside the browser, and how many acts changed something since. */
export interface SavedElsewhere {
  /** Null: there is none. */
  readonly saved: KeptSave | null
  readonly changes: number
}

/** Acts that change nothing of the study. */
const harmless: ReadonlySet<JournalLine['act']> = new Set(['save-study', 'export-keys', 'switch-reader', 'answer'])

export function readSaved(database: Database): Promise<SavedElsewhere> {
  const { meta, journal } = database
  return database.transaction('r', [meta, journal], async () => {
    const found = await meta.get('saved')
    const saved = found?.key === 'saved' ? found.value : null
    const since = await journal.where('seq').above(saved?.seq ?? 0).toArray() // prettier-ignore
    return { saved, changes: since.filter(({ act }) => !harmless.has(act)).length }
  })
}

/** A copy stands outside the browser and was read back. @param seq of the last line of the journal in it @param at milliseconds since 1970 */
export function noteSaved(database: Database, name: string, { seq, at }: KeptSave): Promise<void> {
  const { meta } = database
  return commit(database, { stores: [meta] }, async (note) => {
    await meta.put({ key: 'saved', value: { at, seq } })
    await note({ act: 'save-study', subject: name })
  })
}
