import { transfer } from 'comlink'
import { digestHex, type HashApi } from './hashApi.ts'
import { runInWorker } from './runInWorker.ts'
import { watchWorker } from './watchWorker.ts'

/** So much is hashed at once: the browser copies it before it goes to a thread of its own. */
const smallBytes = 8 * 2 ** 20

/**
 * SHA-1 of bytes that come in pieces, which browsers compute only for pages from this machine or over https. Large volumes
 * are gathered and hashed in a worker of their own that ends with it: copying them at once would hold up the page.
 * @param pieces gives them from the first one each time it is called
 */
export async function hashInWorker(byteLength: number, pieces: () => AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<string> {
  if (!globalThis.isSecureContext) return 'not available: the page was not opened from this machine or over https'
  if (byteLength <= smallBytes) {
    const bytes = new Uint8Array(byteLength)
    let filled = 0
    for await (const piece of pieces()) {
      bytes.set(piece, filled)
      filled += piece.length
    }
    return digestHex(bytes)
  }
  return runInWorker(startWorker, async (api) => {
    await api.start(byteLength)
    for await (const piece of pieces()) {
      const copy = piece.slice()
      await api.add(transfer(copy, [copy.buffer]))
    }
    return api.finish()
  })
}

function startWorker() {
  return watchWorker<HashApi>(new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' }), 'hashes images')
}
