import { transfer, wrap } from 'comlink'
import { digestHex, type HashApi } from './hashApi.ts'

/** So much is hashed at once: the browser copies it before it goes to a thread of its own. */
const smallBytes = 8 * 2 ** 20

/**
 * SHA-1 of bytes that come in pieces, which browsers compute only for pages from this machine or over https. Large volumes
 * are gathered and hashed in a worker of their own that ends with it: copying them at once would hold up the page.
 */
export async function hashInWorker(byteLength: number, pieces: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<string> {
  if (!globalThis.isSecureContext) return 'not available: the page was not opened from this machine or over https'
  if (byteLength <= smallBytes) {
    const bytes = new Uint8Array(byteLength)
    let filled = 0
    for await (const piece of pieces) {
      bytes.set(piece, filled)
      filled += piece.length
    }
    return digestHex(bytes)
  }
  const worker = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' })
  const crashed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) =>
      reject(new Error(`The worker that hashes stopped: ${event.message || 'it ran out of memory or could not be loaded'}.`)),
    )
  })
  crashed.catch(() => undefined)
  const api = wrap<HashApi>(worker)
  try {
    await Promise.race([api.start(byteLength), crashed])
    for await (const piece of pieces) {
      const copy = piece.slice()
      await Promise.race([api.add(transfer(copy, [copy.buffer])), crashed])
    }
    return await Promise.race([api.finish(), crashed])
  } finally {
    worker.terminate()
  }
}
