import { refuse } from './messages.ts'
import { fileFromBytes, fileName, type SourceFile } from './sourceFile.ts'

/**
 * The files in a zip, each unpacked when its bytes are asked for. Hidden files and those that macOS adds are left out.
 * @throws DataError if it is cut off or no zip; of a file whose bytes are other ones than were packed, when they are asked for
 */
export async function openZip(archive: SourceFile): Promise<SourceFile[]> {
  // Most images come without a zip.
  const { unpackEntry, zipEntries } = await import('./zipEntries.ts')
  const packed = fileFromBytes(archive.path, await archive.bytes())
  const orRefuse = async <Value>(read: () => Promise<Value>): Promise<Value> => {
    try {
      return await read()
    } catch (cause) {
      throw refuse('zip-damaged', {}, { cause })
    }
  }
  const files: SourceFile[] = []
  await orRefuse(async () => {
    for await (const entry of zipEntries(packed, 'tolerant')) {
      const { filename: name, uncompressedSize: size } = entry
      if (entry.directory || name.startsWith('__MACOSX/') || fileName(name).startsWith('.')) continue
      files.push({
        path: `${archive.path}/${name}`,
        size,
        bytes: async (start = 0, end = size) => (await orRefuse(() => unpackEntry(entry))).slice(start, end),
      })
    }
  })
  return files
}
