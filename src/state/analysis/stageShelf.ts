import type { StageKey } from '../../core/analysis/stages/stageKey.ts'
import type { StageRecord, StageStore } from '../../core/analysis/stages/stageStore.ts'

/** Where a page keeps the results of stages, and knows which it has. */
export interface StageShelf extends StageStore {
  holds(key: StageKey): boolean
}

/** For as long as the page lives. */
export function createStageShelf(): StageShelf {
  const records = new Map<StageKey, StageRecord>()
  return {
    have: (key) => records.get(key),
    onStage: (key, record) => void records.set(key, record),
    holds: (key) => records.has(key),
  }
}
