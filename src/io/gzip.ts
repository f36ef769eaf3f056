import { Gunzip } from 'fflate'
import { DataError } from '../core/messages/message.ts'
import type { Bytes, SourceFile } from './sourceFile.ts'

const chunkBytes = 4 << 20

export function isGzip(head: Bytes): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** The first bytes of gzipped content; fewer if it is shorter or broken before. @param start of the compressed file */
export function gunzipHead(start: Bytes, headBytes: number): Bytes {
  const head = new Uint8Array(headBytes)
  let filled = 0
  const gunzip = new Gunzip((chunk) => {
    if (filled < headBytes) head.set(chunk.subarray(0, headBytes - filled), filled)
    filled += chunk.length
  })
  // A few bytes may unpack to very many.
  let piece = 256
  try {
    for (let at = 0; at < start.length && filled < headBytes; piece = Math.min(2 * piece, 4096)) {
      gunzip.push(start.subarray(at, at + piece))
      at += piece
    }
  } catch (error) {
    if (!isInflateError(error)) throw error
  }
  return head.slice(0, filled)
}

/** The unpacked content, of several members (bgzip, or files put together) the whole. @throws an error of fflate if it is cut or damaged */
export function gunzipWhole(bytes: Bytes): Bytes {
  const parts: Uint8Array[] = []
  new Gunzip((chunk) => parts.push(chunk)).push(bytes, true)
  return join(parts)
}

/**
 * Hands the content of a file to `take` piece by piece, unpacked if it is gzipped, without keeping it.
 * Length and CRC of gzipped content are checked on the way.
 * @param start makes the taker; called again when the host's inflater gives up and the content starts anew
 * @returns bytes of the content; undefined if it is cut or damaged
 */
export async function streamContent(
  file: SourceFile,
  gzipped: boolean,
  start: () => (chunk: Uint8Array) => void,
): Promise<number | undefined> {
  if (gzipped) return (await inflateNative(file, start())) ?? (await inflateMembers(file, start()))
  const take = start()
  for (let at = 0; at < file.size; at += chunkBytes) take(await file.bytes(at, Math.min(at + chunkBytes, file.size)))
  return file.size
}

/** The unpacked content of a gzipped file; undefined if it is cut or damaged. */
export async function gunzipFile(file: SourceFile): Promise<Bytes | undefined> {
  let parts: Uint8Array[] = []
  const size = await streamContent(file, true, () => {
    parts = []
    return (chunk) => parts.push(chunk)
  })
  return size === undefined ? undefined : join(parts)
}

function join(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The host's own inflater: fast, checks the CRC, but browsers refuse files of several gzip members (bgzip). */
async function inflateNative(file: SourceFile, take: (chunk: Uint8Array) => void): Promise<number | undefined> {
  const inflater = new DecompressionStream('gzip')
  try {
    const [, size] = await Promise.all([feed(file, inflater.writable.getWriter()), drain(inflater.readable.getReader(), take)])
    return size
  } catch (error) {
    if (!isInflateError(error)) throw error
    return undefined
  }
}

async function feed(file: SourceFile, writer: WritableStreamDefaultWriter<BufferSource>): Promise<void> {
  for (let at = 0; at < file.size; at += chunkBytes)
    await writer.write(await file.bytes(at, Math.min(at + chunkBytes, file.size)))
  await writer.close()
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>, take: (chunk: Uint8Array) => void): Promise<number> {
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    take(part.value)
    size += part.value.length
  }
  return size
}

/** For files of several members; those of one member the host's inflater has judged, with their CRC. */
async function inflateMembers(file: SourceFile, take: (chunk: Uint8Array) => void): Promise<number | undefined> {
  let size = 0
  let members = 0
  const gunzip = new Gunzip((chunk) => {
    take(chunk)
    size += chunk.length
  })
  gunzip.onmember = () => members++
  try {
    for (let at = 0; at < file.size; at += chunkBytes) {
      const end = Math.min(at + chunkBytes, file.size)
      gunzip.push(await file.bytes(at, end), end === file.size)
    }
  } catch (error) {
    if (!isInflateError(error)) throw error
    return undefined
  }
  return members > 1 ? size : undefined
}

/** The content is wrong, not the reading of it. */
function isInflateError(error: unknown): boolean {
  return error instanceof Error && !(error instanceof RangeError) && !(error instanceof DataError)
}
