import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import { commit } from './commit.ts'
import { keepName, nameAll } from './imageNames.ts'
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

/** What is told of a result was kept in words once. */
type Told = Message | string
type KeptResult = Omit<ExtractionResult, 'warnings' | 'failures'> & {
  readonly warnings: readonly Told[]
  readonly failures: readonly (Omit<ExtractionResult['failures'][number], 'reason'> & { readonly reason: Told })[]
}

function inMessages({ warnings, failures, ...result }: KeptResult): ExtractionResult {
  const inMessage = (told: Told) => (typeof told === 'string' ? messageOf(told) : told)
  return {
    ...result,
    warnings: warnings.map(inMessage),
    failures: failures.map(({ reason, ...failure }) => ({ ...failure, reason: inMessage(reason) })),
  }
}

export function createTableStore(database: Database): TableStore {
  const { featureTables, featureResults, imageNames } = database
  return {
    keep: (table, result) =>
      commit(database, { stores: [featureTables, featureResults, imageNames] }, async (note) => {
        await featureTables.put(await keepName(database, table))
        await featureResults.put({ key: table.key, result })
        await note({ act: 'extract-features', subject: table.key })
      }),
    list: () =>
      database.transaction('r', [featureTables, imageNames], async () =>
        nameAll(database, await featureTables.orderBy('savedAt').reverse().toArray()),
      ),
    find: async (key) => {
      const kept = await featureResults.get(key)
      return kept && inMessages(kept.result)
    },
  }
}
