import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { Option } from 'commander'
import type { Protocol } from '../src/core/protocol/protocol.ts'
import { DataError } from '../src/core/messages/message.ts'
import { say, sayError } from '../src/messages/say.ts'
import { decodeText } from '../src/io/tables/decodeText.ts'
import { inCanonicalOrder } from '../src/io/tables/inCanonicalOrder.ts'
import { readRows } from '../src/io/tables/readRows.ts'
import { isWorkbook } from '../src/io/tables/readWorkbook.ts'
import { readIdList, tableOfRows, type TextTable } from '../src/io/tables/tableFile.ts'
import { splitSheet } from './splitSheet.ts'
import { UsageError } from './usageError.ts'

/** What was assumed of its encoding is said on stderr. @throws UsageError when there is no such file, or it is no text */
export async function readTextFile(path: string): Promise<string> {
  return decodeFile(await readBytes(path), path)
}

/** See docs/order.md. */
export type Order = Protocol['order']

/** As the options --id and --sheet say: the column of the IDs in those tables that have it, else `id`; and the sheet of a workbook. */
export interface TableChoice {
  readonly id?: string | undefined
  readonly sheet?: string | undefined
}

export const idOption = new Option('--id <column>', 'column of the IDs, where it is not called id')
export const sheetOption = new Option(
  '--sheet <name>',
  'sheet of .xlsx tables, where it is not the first; of one table: behind its name, as in study.xlsx#Clinical',
)

/**
 * A CSV, a sheet of an .xlsx workbook, or Parquet.
 * @throws UsageError when there is no such file; DataError for what is wrong in it
 */
export async function readTableFile(path: string, choice: TableChoice, order: Order = 'as given'): Promise<TextTable> {
  const table = tableOfRows(await readFileRows(path, choice), path, choice.id)
  return order === 'canonical' ? inCanonicalOrder(table) : table
}

export async function readIdFile(path: string, choice: TableChoice, order: Order = 'as given'): Promise<readonly string[]> {
  const ids = readIdList(await readFileRows(path, choice), path)
  return order === 'canonical' ? [...ids].sort() : ids
}

/** The cells of a table, the row of names among them; see `readTableFile`. */
export async function readFileRows(path: string, choice: TableChoice) {
  const { file, sheet } = splitSheet(path)
  const bytes = await readBytes(file)
  if (sheet !== undefined && !isWorkbook(bytes)) throw new UsageError(`${file} is no workbook, and has no sheet ${sheet}.`)
  const { rows, note } = await readRows(bytes, file, {
    sheet: sheet ?? choice.sheet,
    decode: (text) => decodeFile(text, file),
  })
  if (note !== null) process.stderr.write(`${say(note)}\n`)
  return rows
}

async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(path).then(
    (bytes) => new Uint8Array(bytes),
    (cause: unknown) => {
      throw new UsageError(`${path} cannot be read: ${(cause as Error).message}.`, { cause })
    },
  )
}

function decodeFile(bytes: Uint8Array<ArrayBuffer>, path: string): string {
  try {
    const { text, encoding } = decodeText(bytes)
    if (encoding !== null)
      process.stderr.write(`${path} is not UTF-8; it is read as ${encoding}. Save it as "CSV UTF-8" if names look wrong.\n`)
    return text
  } catch (cause) {
    if (cause instanceof DataError) throw new UsageError(`${path}: ${sayError(cause)}`, { cause })
    throw cause
  }
}

/** @throws UsageError when there cannot be such a folder */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw new UsageError(`The folder ${path} cannot be made: ${(cause as Error).message}.`, { cause })
  })
}

/**
 * Writes beside the old file and puts it in its place, so that a stop in between harms nothing.
 * @throws UsageError when there is no such folder, or no room
 */
export async function writeResult(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(`${path}.new`, content)
    await rename(`${path}.new`, path)
  } catch (cause) {
    await rm(`${path}.new`, { force: true })
    throw cannotWrite(path, cause)
  }
}

/**
 * The same for what is never held as a whole.
 * @param write what it throws itself is thrown on
 * @throws UsageError when there is no such folder, or no room
 */
export async function writeResultStream<T>(path: string, write: (target: WritableStream<Uint8Array>) => Promise<T>): Promise<T> {
  const file = createWriteStream(`${path}.new`)
  let failure: Error | undefined
  file.on('error', (error) => (failure = error))
  try {
    const written = await write(Writable.toWeb(file) as WritableStream<Uint8Array>)
    await rename(`${path}.new`, path)
    return written
  } catch (cause) {
    file.destroy()
    await rm(`${path}.new`, { force: true })
    throw failure ? cannotWrite(path, failure) : cause
  }
}

const cannotWrite = (path: string, cause: unknown) =>
  new UsageError(`${path} cannot be written: ${(cause as Error).message}.`, { cause })
