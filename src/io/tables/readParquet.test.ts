import { gzipSync } from 'fflate'
import { parquetWriteBuffer, type ParquetWriteOptions } from 'hyparquet-writer'
import { expect, test } from 'vitest'
import { readRows } from './readRows.ts'

const columnData: ParquetWriteOptions['columnData'] = [
  { name: 'id', data: ['a', 'ü', 'c'], type: 'STRING' },
  { name: 'x', data: [0.1, null, -1e-300], type: 'DOUBLE', nullable: true },
  { name: 'n', data: [1n, 2n, 9007199254740993n], type: 'INT64' },
  { name: 'yes', data: [true, false, null], type: 'BOOLEAN', nullable: true },
  { name: 'day', data: [new Date('2024-02-29'), new Date('2024-03-01T12:00:00Z'), null], type: 'TIMESTAMP', nullable: true },
]
const expected = [
  ['id', 'x', 'n', 'yes', 'day'],
  ['a', '0.1', '1', 'TRUE', '2024-02-29'],
  ['ü', '', '2', 'FALSE', '2024-03-01T12:00:00.000Z'],
  ['c', '-1e-300', '9007199254740993', '', ''],
]
const write = (options: Partial<ParquetWriteOptions> = {}) => new Uint8Array(parquetWriteBuffer({ columnData, ...options }))
const read = async (bytes: Uint8Array<ArrayBuffer>) => (await readRows(bytes, 'f.parquet')).rows

test('every kind of value is the text that a CSV would hold, with all digits, however it is packed', async () => {
  expect(await read(write({ codec: 'UNCOMPRESSED' }))).toEqual(expected)
  expect(await read(write({ codec: 'SNAPPY' }))).toEqual(expected)
  expect(await read(write({ codec: 'GZIP', compressors: { GZIP: (bytes) => gzipSync(bytes) } }))).toEqual(expected)
})

test('what is not read is said: another codec, lists, a file that is cut off', async () => {
  const zstd = write({ codec: 'ZSTD', compressors: { ZSTD: (bytes) => bytes } })
  await expect(read(zstd)).rejects.toThrowSaying('f.parquet is packed with ZSTD')
  const lists = write({ columnData: [{ name: 'phases', data: [[1], [2]] }] })
  await expect(read(lists)).rejects.toThrowSaying('f.parquet, column phases: it holds lists or records')
  await expect(read(write().slice(0, 200))).rejects.toThrowSaying('is a damaged Parquet file')
})
