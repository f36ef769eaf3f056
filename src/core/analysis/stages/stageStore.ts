import type { StageKey } from './stageKey.ts'

/** A stage as it is planned: what it is called, and the key under which its result is found. */
export interface PlannedStage {
  /** Its place in the study, such as `select.2` or `fold.1.3.RF`; unique in a plan. */
  readonly stage: string
  /** The step of the study that shows it. */
  readonly step: StudyStep
  readonly version: number
  readonly key: StageKey
}

export const studySteps = ['cohorts', 'harmonise', 'agree', 'select', 'train', 'evaluate', 'report'] as const
export type StudyStep = (typeof studySteps)[number]

/** The result of a stage: plain data that survives a file (`io/records/recordFile.ts`) and a message to a worker. */
export interface StageRecord {
  readonly stage: string
  readonly version: number
  readonly value: unknown
}

/** Where the results of stages are kept. Only what `onStage` was told, under the same key, may come back from `have`. */
export interface StageStore {
  /** The record of a stage that was finished before; undefined where there is none. */
  have(key: StageKey): StageRecord | undefined | Promise<StageRecord | undefined>
  /** Told each finished stage, and waited for. */
  onStage(key: StageKey, record: StageRecord): void | Promise<void>
}

/** Keeps nothing. */
export const noStore: StageStore = { have: () => undefined, onStage: () => undefined }

/** The result of a stage, out of the store or made anew and handed to it. */
export async function takeStage<Value>(
  store: StageStore,
  { stage, version, key }: PlannedStage,
  compute: () => Value | Promise<Value>,
): Promise<Value> {
  const found = await store.have(key)
  if (found) return found.value as Value
  const value = await compute()
  await store.onStage(key, { stage, version, value })
  return value
}
