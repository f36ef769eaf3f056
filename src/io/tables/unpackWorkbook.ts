import type { FileEntry } from '@zip.js/zip.js/lib/zip-core-custom.js'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { unpackEntry, zipEntries } from '../zipEntries.ts'
import { refuse } from './messages.ts'

/** Of all entries together. A table of 10,000 patients and 2,000 features has a fifth of it; a zip of a few kilobytes may claim any size. */
const mostBytes = 2 ** 30

/**
 * The entries of an .xlsx file by name, their check sums looked at.
 * @throws DataError for what is no zip, damaged, no workbook, or too large
 */
export async function unpackWorkbook(bytes: Bytes, path: string): Promise<Record<string, Bytes>> {
  const open = async <Value>(read: () => Promise<Value>): Promise<Value> => {
    try {
      return await read()
    } catch (cause) {
      throw refuse('workbook-damaged', { path }, { cause })
    }
  }
  const entries: FileEntry[] = []
  await open(async () => {
    for await (const entry of zipEntries(fileFromBytes(path, bytes), 'tolerant')) if (!entry.directory) entries.push(entry)
  })
  // Excel writes xl/workbook.xml; other programs use backslashes, or no folder.
  if (!entries.some(({ filename }) => /^(.*[/\\])?workbook\.xml$/i.test(filename))) throw refuse('no-workbook', { path })
  const claimed = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (claimed > mostBytes) throw refuse('workbook-too-large', { path, bytes: claimed, most: mostBytes })
  const unpacked: Record<string, Bytes> = Object.create(null) as Record<string, Bytes>
  for (const entry of entries) unpacked[entry.filename] = await open(() => unpackEntry(entry))
  return unpacked
}
