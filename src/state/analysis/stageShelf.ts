import type { StageKey } from '../../core/analysis/stages/stageKey.ts'
import type { StageRecord, StageStore } from '../../core/analysis/stages/stageStore.ts'
import type { AnalysisStore } from '../../storage/analysisStore.ts'

/** Where a page has the results of stages, and knows which. */
export interface StageShelf extends StageStore {
  holds(key: StageKey): boolean
  /** Finds out what is there. @returns how many results are not there any more */
  load(): Promise<number>
  /** With the analysis that they are of. */
  clear(): Promise<void>
}

/** @param onNotKept told why a record is lost with the page; for as long as this lives it is there */
export function createStageShelf(
  { keys, findStage, keepStage, forget }: Pick<AnalysisStore, 'keys' | 'findStage' | 'keepStage' | 'forget'>,
  onNotKept: (reason: unknown) => void,
): StageShelf {
  const notKept = new Map<StageKey, StageRecord>()
  const kept = new Set<StageKey>()
  return {
    holds: (key) => kept.has(key) || notKept.has(key),
    async load() {
      const there = new Set(await keys())
      const lost = [...kept].filter((key) => !there.has(key))
      for (const key of lost) kept.delete(key)
      for (const key of there) kept.add(key)
      return lost.length
    },
    clear() {
      notKept.clear()
      kept.clear()
      return forget()
    },
    have: async (key) => notKept.get(key) ?? (kept.has(key) ? findStage(key) : undefined),
    async onStage(key, record) {
      try {
        await keepStage(key, record)
        kept.add(key)
      } catch (reason) {
        notKept.set(key, record)
        onNotKept(reason)
      }
    },
  }
}
