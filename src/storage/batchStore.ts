import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import type { Message } from '../core/messages/message.ts'
import type { RegionId, Study } from '../core/study/study.ts'
import { commit } from './commit.ts'
import { explainFailure } from './maskStore.ts'
import type { Database, KeptBatchRow, KeptTable } from './schema.ts'
import { createStudyRecordStore } from './studyRecordStore.ts'
import { packResult, putTable, storesOfTables } from './tableStore.ts'

/** A row that is begun. */
export interface BegunRow extends RegionId {
  /** `keptKey` of the region. */
  readonly key: string
  /** See `hashInputs`. */
  readonly inputs: string
}

/** Rows of a batch, each written down before it is begun, so that one on which the page ends is known when it opens again. */
export interface BatchStore {
  list(): Promise<KeptBatchRow[]>
  /** @returns how often it was begun, this time counted */
  begin(row: BegunRow): Promise<number>
  /**
   * Its features are kept and it is no row in work any more, both or neither.
   * @param failure what failed of it where the rest is there: it waits for a person then
   * @returns false where the region is another one than was measured: nothing is kept then
   */
  finish(table: KeptTable, result: ExtractionResult, failure: Message | null): Promise<boolean>
  /** It waits for a person. */
  end(key: string, state: 'failed' | 'setAside', reason: Message): Promise<void>
  /** The study says with which parameters its rows are computed; null: its own. */
  keepParameters(parameters: Study['parameters']): Promise<void>
  /** They were not begun, or are to be tried again. */
  forget(keys: readonly string[]): Promise<void>
}

/** All of these @throws StorageError, e.g. when the browser's space is used up */
export function createBatchStore(database: Database): BatchStore {
  const { batchRows, regions } = database
  const study = createStudyRecordStore(database)
  const end = async (key: string, state: 'failed' | 'setAside', reason: Message) => {
    await batchRows.update(key, { state, reason, at: Date.now() })
  }
  return {
    list: () => explainFailure(batchRows.toArray()),
    begin: ({ key, image, reader, lesion, inputs }) =>
      explainFailure(
        database.transaction('rw', batchRows, async () => {
          const before = await batchRows.get(key)
          const attempts = (before?.inputs === inputs ? before.attempts : 0) + 1
          await batchRows.put({ key, image, reader, lesion, inputs, attempts, state: 'running', at: Date.now() })
          return attempts
        }),
      ),
    async finish(table, result, failure) {
      const packed = await packResult(result)
      const { key } = table
      const work = commit(database, { stores: [...storesOfTables(database), batchRows, regions] }, async (note) => {
        const region = await regions.get(key)
        const isSame = region !== undefined && (region.maskHash ?? table.maskHash) === table.maskHash
        if (!isSame) {
          await batchRows.delete(key)
          return false
        }
        await putTable(database, table, packed)
        if (failure) await end(key, 'failed', failure)
        else await batchRows.delete(key)
        await note({ act: 'extract-features', subject: key })
        return true
      })
      return explainFailure(work)
    },
    end: (key, state, reason) => explainFailure(database.transaction('rw', batchRows, () => end(key, state, reason))),
    keepParameters: (parameters) =>
      explainFailure(
        commit(database, { stores: [database.meta] }, async (note) => {
          const value = await study.get()
          if (JSON.stringify(value.parameters) === JSON.stringify(parameters)) return
          await database.meta.put({ key: 'study', value: { ...value, parameters } })
          await note({ act: 'plan-study', subject: value.id })
        }),
      ),
    forget: (keys) => explainFailure(batchRows.bulkDelete([...keys])),
  }
}
