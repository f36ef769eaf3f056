import { open, readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { inFlight } from './inFlight.ts'
import { refuse } from './messages.ts'
import type { SourceFile } from './sourceFile.ts'

/** @throws DataError if there is no such file. */
export async function fileFromDisk(path: string): Promise<SourceFile> {
  const diskPath = resolve(path)
  const { size, mtimeMs } = await stat(diskPath).catch((cause: unknown) => {
    throw refuse('no-such-file', {}, { cause })
  })
  return {
    path,
    size,
    lastModified: mtimeMs,
    diskPath,
    sibling: (name) => fileIfPresent(join(dirname(path), name)),
    async bytes(start = 0, end = size) {
      const handle = await open(diskPath)
      try {
        const bytes = new Uint8Array(Math.max(Math.min(end, size) - start, 0))
        let filled = 0
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, Math.min(bytes.length - filled, 1 << 30), start + filled)
          if (bytesRead === 0) throw refuse('file-changed', { readBytes: start + filled, announcedBytes: size })
          filled += bytesRead
        }
        return bytes
      } finally {
        await handle.close()
      }
    },
  }
}

async function fileIfPresent(path: string): Promise<SourceFile | undefined> {
  const entry = await stat(path).catch(() => undefined)
  return entry?.isFile() ? fileFromDisk(path) : undefined
}

/** A file, or every file below a folder, in the order of their names. Hidden files (.DS_Store ...) are left out. */
export async function filesBelow(path: string): Promise<SourceFile[]> {
  const entry = await stat(path).catch((cause: unknown) => {
    throw refuse('no-such-file', {}, { cause })
  })
  if (!entry.isDirectory()) return [await fileFromDisk(path)]
  return (await listFolder(path)).flat()
}

/** A disk answers many questions in the time of one. */
const questionsAtOnce = 32

async function listFolder(path: string): Promise<SourceFile[][]> {
  const entries = (await readdir(path, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const below = await inFlight(entries, questionsAtOnce, async (entry) => {
    const own = join(path, entry.name)
    if (entry.isDirectory()) return []
    // A link is what it leads to.
    return entry.isFile() ? [await fileFromDisk(own)] : filesBelow(own)
  })
  // One folder after the other, so that no more than so many questions are open.
  for (const [i, entry] of entries.entries())
    if (entry.isDirectory()) below[i] = (await listFolder(join(path, entry.name))).flat()
  return below
}
