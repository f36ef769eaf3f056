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
}

export function createAnalysisStore({ analyses, stageRecords }: Pick<Database, 'analyses' | 'stageRecords'>): AnalysisStore {
  return {
    find: () => analyses.get('study'),
    keep: async (analysis) => void (await analyses.put({ key: 'study', ...analysis })),
    keys: () => stageRecords.toCollection().primaryKeys(),
    findStage: async (key) => (await stageRecords.get(key))?.record,
    keepStage: async (key, record) => void (await stageRecords.put({ key, record })),
    forget: async () => void (await Promise.all([analyses.clear(), stageRecords.clear()])),
  }
}
