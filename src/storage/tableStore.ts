import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import type { Database, KeptTable } from './schema.ts'
import { messageOf, type Message } from '../core/messages/message.ts'

/** Tables of features, one for each region. */
export interface TableStore {
  /** Takes the place of the region's table before. */
  keep(table: KeptTable, result: ExtractionResult): Promise<void>
  /** Newest first, without the numbers. */
  list(): Promise<KeptTable[]>
  find(key: string): Promise<ExtractionResult | undefined>
}

/** Why an image type failed was kept in words once. */
type KeptFailure = Omit<ExtractionResult['failures'][number], 'reason'> & { readonly reason: Message | string }

function inMessages({ reason, ...failure }: KeptFailure): ExtractionResult['failures'][number] {
  return { ...failure, reason: typeof reason === 'string' ? messageOf(reason) : reason }
}

export function createTableStore(database: Database): TableStore {
  return {
    keep: (table, result) =>
      database.transaction('rw', database.featureTables, database.featureResults, async () => {
        await database.featureTables.put(table)
        await database.featureResults.put({ key: table.key, result })
      }),
    list: () => database.featureTables.orderBy('savedAt').reverse().toArray(),
    find: async (key) => {
      const kept = await database.featureResults.get(key)
      return kept && { ...kept.result, failures: kept.result.failures.map(inMessages) }
    },
  }
}
