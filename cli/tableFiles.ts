import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Protocol } from '../src/core/protocol.ts'
import { decodeText, NoTextError } from '../src/io/decodeText.ts'
import { inCanonicalOrder } from '../src/io/inCanonicalOrder.ts'
import { readIdList, readTable, type TextTable } from '../src/io/tableFile.ts'
import { UsageError } from './usageError.ts'

/** What was assumed of its encoding is said on stderr. @throws UsageError when there is no such file, or it is no text */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}.`, { cause })
  })
  try {
    const { text, encoding } = decodeText(new Uint8Array(bytes))
    if (encoding !== null)
      process.stderr.write(`${path} is not UTF-8; it is read as ${encoding}. Save it as "CSV UTF-8" if names look wrong.\n`)
    return text
  } catch (cause) {
    if (cause instanceof NoTextError) throw new UsageError(`${path}: ${cause.message}`, { cause })
    throw cause
  }
}

/** See docs/order.md. */
export type Order = Protocol['order']

/**
 * @param idColumn the column of the IDs in those tables that have it; `id` in the others
 * @throws UsageError when there is no such file; TableFileError for what is wrong in it
 */
export async function readTableFile(path: string, idColumn?: string, order: Order = 'as given'): Promise<TextTable> {
  const table = readTable(await readTextFile(path), path, idColumn)
  return order === 'canonical' ? inCanonicalOrder(table) : table
}

export async function readIdFile(path: string, order: Order = 'as given'): Promise<readonly string[]> {
  const ids = readIdList(await readTextFile(path), path)
  return order === 'canonical' ? [...ids].sort() : ids
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
export async function writeResult(path: string, text: string): Promise<void> {
  try {
    await writeFile(`${path}.new`, text)
    await rename(`${path}.new`, path)
  } catch (cause) {
    await rm(`${path}.new`, { force: true })
    throw new UsageError(`${path} cannot be written: ${(cause as Error).message}.`, { cause })
  }
}
