import { gunzipSync } from 'fflate'
import type { Bytes } from '../sourceFile.ts'
import { refuse } from './messages.ts'

/** Whether bytes are those of a Parquet file. */
export function isParquet(bytes: Bytes): boolean {
  return ['P', 'A', 'R', '1'].every((letter, at) => bytes[at] === letter.charCodeAt(0))
}

/**
 * A Parquet file as text, its header first: what a CSV would hold, with all digits. Missing values are empty; dates are ISO 8601.
 * @throws DataError for files that are damaged or packed in a way that is not read here, and for columns that hold lists or records
 */
export async function readParquet(bytes: Bytes, path: string): Promise<readonly (readonly string[])[]> {
  // Most tables are CSV: it is loaded when one is needed.
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet')
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const open = async <Value>(read: () => Promise<Value>): Promise<Value> => {
    try {
      return await read()
    } catch (cause) {
      const { message } = cause as Error
      const codec = /unsupported compression codec: (\w+)/.exec(message)?.[1]
      throw codec === undefined ? refuse('parquet-damaged', { path, words: message }, { cause }) : refuse('parquet-codec', { path, codec }, { cause }) // prettier-ignore
    }
  }
  const metadata = await open(() => parquetMetadataAsync(file))
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name)
  const compressors = { GZIP: (packed: Uint8Array) => gunzipSync(packed) }
  const rows = await open(() => parquetReadObjects({ file, metadata, compressors }))
  const nested = columns.find((name) => rows.some((row) => isNested(row[name])))
  if (nested !== undefined) throw refuse('parquet-nested', { path, column: nested })
  return [columns, ...rows.map((row) => columns.map((name) => textOf(row[name])))]
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '')
  return String(value)
}
