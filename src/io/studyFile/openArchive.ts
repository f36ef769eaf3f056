import { ERR_UNSAFE_FILENAME, type FileEntry } from '@zip.js/zip.js/lib/zip-core-custom.js'
import { DataError } from '../../core/messages/message.ts'
import { hashBytes } from '../hashBytes.ts'
import type { Bytes, SourceFile } from '../sourceFile.ts'
import { unpackEntry, zipEntries } from '../zipEntries.ts'
import { mostEntries, sumsName } from './archiveLimits.ts'
import { refuse } from './messages.ts'

/** A mask of 1024 x 1024 x 1024 voxels has as many; more is no file of this program. */
const mostBytes = 2 ** 31

/** A study file that is read where it lies, entry by entry. */
export interface Archive {
  /** In their order, without that of the check sums. */
  readonly names: readonly string[]
  /** @throws DataError if there is no such entry, or it is damaged */
  read(name: string): Promise<Bytes>
}

/** @throws DataError if it is no zip, is cut off, or holds what no study file does */
export async function openArchive(file: SourceFile): Promise<Archive> {
  const entries = new Map<string, FileEntry>()
  try {
    for await (const entry of zipEntries(file, 'balanced')) {
      const { filename: name, uncompressedSize } = entry
      if (isAwkward(name)) throw refuse('entry-name', { name })
      if (uncompressedSize > mostBytes) throw refuse('entry-too-large', { name, bytes: uncompressedSize })
      if (entries.has(name)) throw refuse('entry-twice', { name })
      if (!entry.directory) entries.set(name, entry)
      if (entries.size > mostEntries) throw refuse('too-many-entries', { most: mostEntries })
    }
  } catch (cause) {
    throw asRefusal(cause)
  }
  const unpack = async (name: string) => {
    const entry = entries.get(name)
    if (!entry) throw refuse('entry-missing', { name })
    try {
      return await unpackEntry(entry)
    } catch (cause) {
      throw refuse('entry-damaged', { name }, { cause })
    }
  }
  const sums = new Map(
    new TextDecoder()
      .decode(await unpack(sumsName))
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [[line.slice(66), line.slice(0, 64)] as const])),
  )
  return {
    names: [...entries.keys()].filter((name) => name !== sumsName),
    async read(name) {
      const bytes = await unpack(name)
      if ((await hashBytes(bytes)) !== sums.get(name)) throw refuse('entry-damaged', { name })
      return bytes
    },
  }
}

function asRefusal(cause: unknown): unknown {
  if (cause instanceof DataError) return cause
  const { message, filename } = cause as { readonly message?: string; readonly filename?: string }
  return message === ERR_UNSAFE_FILENAME
    ? refuse('entry-name', { name: filename ?? '' }, { cause })
    : refuse('no-study-file', {}, { cause })
}

/** zip.js refuses names that lead out of the folder that a file is unpacked to; on Windows this one leads into another. */
const isAwkward = (name: string) => name.includes('\\')
