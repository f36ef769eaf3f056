import type { StageKey } from '../core/analysis/stages/stageKey.ts'
import type { StageRecord } from '../core/analysis/stages/stageStore.ts'
import type { Database, KeptAnalysis } from './schema.ts'

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
  const { analyses, stageRecords } = database
  return {
    find: async () => (await analyses.get('study')) as KeptAnalysis | undefined,
    keep: async (analysis) => void (await analyses.put({ key: 'study', ...analysis })),
    keys: () => stageRecords.toCollection().primaryKeys(),
    findStage: async (key) => (await stageRecords.get(key))?.record,
    keepStage: async (key, record) => void (await stageRecords.put({ key, record })),
    forget: async () => void (await Promise.all([analyses.delete('study'), stageRecords.clear()])),
    onDeleted: (listener) =>
      // A new version is null where there will be none. Dexie's own handler comes after this one, and lets go of the old database.
      void database.on('versionchange', ({ newVersion }) => {
        if (newVersion === null) queueMicrotask(listener)
      }),
  }
}
