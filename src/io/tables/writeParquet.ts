import type { Bytes } from '../sourceFile.ts'

/** A column of a table: texts, or doubles in which null is a missing value and NaN is NaN. */
export type ParquetColumn =
  | { readonly name: string; readonly texts: readonly string[] }
  | { readonly name: string; readonly numbers: readonly (number | null)[] }

/** A Parquet file, all digits of its numbers in it. @param columns of one length, names unlike each other */
export async function writeParquet(columns: readonly ParquetColumn[]): Promise<Bytes> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map((column) =>
        'texts' in column
          ? { name: column.name, data: [...column.texts], type: 'STRING', nullable: false }
          : { name: column.name, data: [...column.numbers], type: 'DOUBLE', nullable: true },
      ),
    }),
  )
}
