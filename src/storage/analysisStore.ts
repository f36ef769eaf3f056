import type { StageKey } from '../core/analysis/stages/stageKey.ts'
import type { StageRecord } from '../core/analysis/stages/stageStore.ts'
import type { Database, KeptAnalysis } from './schema.ts'
import { createTablesInHand } from './tablesInHand.ts'

/** The analysis in hand, and the results of its stages. */
export interface AnalysisStore {
  find(): Promise<KeptAnalysis | undefined>
  keep(analysis: Omit<KeptAnalysis, 'key'>): Promise<void>
  keys(): Promise<readonly StageKey[]>
  findStage(key: StageKey): Promise<StageRecord | undefined>
  keepStage(key: StageKey, record: StageRecord): Promise<void>
  /** Analysis and records. */
  forget(): Promise<void>
  /** Told when the whole database is deleted under the page, e.g. by hand: what is written after it begins a new one. */
  onDeleted(listener: () => void): void
}

export function createAnalysisStore(database: Database): AnalysisStore {
  const { stageRecords } = database
  const inHand = createTablesInHand<Omit<KeptAnalysis, 'files'>>(database, 'study')
  return {
    async find() {
      const found = await inHand.find()
      if (!found) return undefined
      const [features, clinical, second] = found.files
      return { ...found.said, files: { features: features!, clinical, second } }
    },
    keep: ({ files: { features, clinical, second }, ...said }) =>
      inHand.keep({ key: 'study', ...said }, [features, clinical, second]),
    keys: () => stageRecords.toCollection().primaryKeys(),
    findStage: async (key) => (await stageRecords.get(key))?.record,
    keepStage: async (key, record) => void (await stageRecords.put({ key, record })),
    forget: async () => void (await Promise.all([inHand.forget(), stageRecords.clear()])),
    onDeleted: (listener) =>
      // A new version is null where there will be none. Dexie's own handler comes after this one, and lets go of the old database.
      void database.on('versionchange', ({ newVersion }) => {
        if (newVersion !== null) return
        inHand.lose()
        queueMicrotask(listener)
      }),
  }
}
