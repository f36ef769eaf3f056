import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import { hashBytes } from '../io/hashBytes.ts'
import { commit } from './commit.ts'
import { keepName, nameAll } from './imageNames.ts'
import type { Database, KeptColumns, KeptNumbers, KeptTable } from './schema.ts'
import { messageOf, type Message } from '../core/messages/message.ts'

/** Names and numbers of a table; many tables share their names. */
export interface KeptFeatures {
  /** Of the table. */
  readonly key: string
  readonly names: readonly string[]
  readonly values: Float64Array
}

/** Tables of features, one for each region. */
export interface TableStore {
  /** Takes the place of the region's table before. */
  keep(table: KeptTable, result: ExtractionResult): Promise<void>
  /** Newest first, without the numbers. */
  list(): Promise<KeptTable[]>
  find(key: string): Promise<ExtractionResult | undefined>
  /** The numbers of several tables; what is gone is left out. */
  findFeatures(keys: readonly string[]): Promise<readonly KeptFeatures[]>
}

/** A result as it is kept, and the names of its features. */
export interface PackedResult {
  readonly numbers: KeptNumbers
  readonly columns: KeptColumns
}

export async function packResult({ features, ...result }: ExtractionResult): Promise<PackedResult> {
  const names = features.map(([name]) => name)
  const hash = await hashBytes(new TextEncoder().encode(JSON.stringify(names)))
  return {
    numbers: { ...result, columns: hash, values: Float64Array.from(features, ([, value]) => value) },
    columns: { hash, names },
  }
}

/** What `putTable` wants in its transaction. */
export const storesOfTables = ({ featureTables, featureResults, featureColumns, imageNames }: Database) => [
  featureTables,
  featureResults,
  featureColumns,
  imageNames,
]

/** In the caller's transaction. */
export async function putTable(database: Database, table: KeptTable, { numbers, columns }: PackedResult): Promise<void> {
  await database.featureTables.put(await keepName(database, table))
  await database.featureResults.put({ key: table.key, result: numbers })
  if ((await database.featureColumns.where('hash').equals(columns.hash).count()) === 0) await database.featureColumns.put(columns)
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
  const { featureTables, featureResults, featureColumns, imageNames } = database
  /** Tables that are read at once share one list of names. */
  const namesBy = (found: readonly (KeptColumns | undefined)[]) =>
    new Map(found.flatMap((columns) => (columns ? [[columns.hash, columns.names] as const] : [])))

  return {
    async keep(table, result) {
      const packed = await packResult(result)
      await commit(database, { stores: storesOfTables(database) }, async (note) => {
        await putTable(database, table, packed)
        await note({ act: 'extract-features', subject: table.key })
      })
    },
    list: () =>
      database.transaction('r', [featureTables, imageNames], async () =>
        nameAll(database, await featureTables.orderBy('savedAt').reverse().toArray()),
      ),
    find: (key) =>
      database.transaction('r', [featureResults, featureColumns], async () => {
        const kept = await featureResults.get(key)
        if (!kept || 'features' in kept.result) return kept && inMessages(kept.result as KeptResult)
        const { columns, values, ...result } = kept.result
        const found = await featureColumns.get(columns)
        return found && { ...result, features: found.names.map((name, i) => [name, values[i]] as const) }
      }),
    findFeatures: (keys) =>
      database.transaction('r', [featureResults, featureColumns], async () => {
        const kept = await featureResults.bulkGet([...keys])
        const hashes = kept.flatMap((one) => (one && 'columns' in one.result ? one.result.columns : []))
        const names = namesBy(await featureColumns.bulkGet([...new Set(hashes)]))
        return kept.flatMap((one): KeptFeatures[] => {
          if (!one) return []
          const { key, result } = one
          if ('features' in result)
            return [
              {
                key,
                names: result.features.map(([name]) => name),
                values: Float64Array.from(result.features, ([, value]) => value),
              },
            ]
          const own = names.get(result.columns)
          return own ? [{ key, names: own, values: result.values }] : []
        })
      }),
  }
}
