import type { Database, KeptDraft } from './schema.ts'

/** Outlines that were begun and not closed, one for each region. */
export interface DraftStore {
  /** @param outline null where it was closed or discarded @throws if the browser does not keep it */
  keep(key: string, outline: KeptDraft['outline'] | null): Promise<void>
  find(key: string): Promise<KeptDraft['outline'] | null>
}

export function createDraftStore(database: Database): DraftStore {
  return {
    async keep(key, outline) {
      if (outline) await database.drafts.put({ key, outline })
      else await database.drafts.delete(key)
    },
    find: async (key) => (await database.drafts.get(key))?.outline ?? null,
  }
}
