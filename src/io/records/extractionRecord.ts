/** A run of the command line over a list of cases or a study file, or a part of one. Holds no path. */
export interface ExtractionRun {
  readonly texel: string
  readonly node: string
  readonly host: string
  /** ISO 8601, in UTC. */
  readonly startedAt: string
  /** Null while it is at work, and for good where it was killed. */
  readonly endedAt: string | null
  readonly workers: number
  readonly memoryBytes: number
  /** As in the table's rows. */
  readonly parametersSha256: string
  readonly list: { readonly file: string; readonly sha256: string }
  /** Which part of the list, `k/n`; null for all of it. */
  readonly shard: string | null
  /** Those that this run measured. */
  readonly cases: readonly MeasuredCase[]
}

export interface MeasuredCase {
  readonly name: string
  readonly state: 'done' | 'failed' | 'in part'
  /** From when its files were read until its row was there; several cases are in work at the same time. */
  readonly seconds: number
  /** The most that the whole process had held by then. */
  readonly peakMemoryBytes: number
}

/** How the rows of a table came about: runs that took up each other's work, or one after the other those of shards that were merged. */
interface ExtractionRecord {
  readonly format: 'texel extraction'
  readonly version: 1
  readonly runs: readonly ExtractionRun[]
}

export function formatExtractionRecord(runs: readonly ExtractionRun[]): string {
  const record: ExtractionRecord = { format: 'texel extraction', version: 1, runs }
  return `${JSON.stringify(record, null, 1)}\n`
}

/** None where it is not a record of this kind: the table is what counts. */
export function parseExtractionRecord(text: string): readonly ExtractionRun[] {
  try {
    const { format, version, runs } = JSON.parse(text) as ExtractionRecord
    return format === 'texel extraction' && version === 1 ? runs : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
