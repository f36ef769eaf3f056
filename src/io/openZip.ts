import { unzipSync } from 'fflate'
import { refuse } from './messages.ts'
import { fileName, type Bytes, type SourceFile } from './sourceFile.ts'

/**
 * The files in a zip, each unpacked when its bytes are asked for. Hidden files and those that macOS adds are left out.
 * @throws DataError if it is cut off or no zip
 */
export async function openZip(archive: SourceFile): Promise<SourceFile[]> {
  const packed = await archive.bytes()
  const members: { name: string; size: number }[] = []
  unpack(packed, ({ name, originalSize }) => {
    if (!name.endsWith('/') && !name.startsWith('__MACOSX/') && !fileName(name).startsWith('.'))
      members.push({ name, size: originalSize })
    return false
  })
  return members.map(({ name, size }) => ({
    path: `${archive.path}/${name}`,
    size,
    async bytes(start = 0, end = size) {
      const unpacked = unpack(packed, (member) => member.name === name)[name]
      return unpacked.slice(start, end)
    },
  }))
}

function unpack(packed: Bytes, filter: (member: { name: string; originalSize: number }) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(packed, { filter })
  } catch (cause) {
    throw refuse('zip-damaged', {}, { cause })
  }
}
