import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import type { Database, KeptTable } from './schema.ts'

/** Tables of features, one for each region. */
export interface TableStore {
  /** Takes the place of the region's table before. */
  keep(table: KeptTable, result: ExtractionResult): Promise<void>
  /** Newest first, without the numbers. */
  list(): Promise<KeptTable[]>
  find(key: string): Promise<ExtractionResult | undefined>
}

export function createTableStore(database: Database): TableStore {
  return {
    keep: (table, result) =>
      database.transaction('rw', database.featureTables, database.featureResults, async () => {
        await database.featureTables.put(table)
        await database.featureResults.put({ key: table.key, result })
      }),
    list: () => database.featureTables.orderBy('savedAt').reverse().toArray(),
    find: async (key) => (await database.featureResults.get(key))?.result,
  }
}
