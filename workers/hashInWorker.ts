import { transfer } from 'comlink'
import { digestHex, type HashApi } from './hashApi.ts'
import { runInWorker } from './runInWorker.ts'
import { workerKind } from './workerKind.ts'
import type { Message } from '../src/core/messages/message.ts'
import { tell } from './messages.ts'

const startHasher = workerKind<HashApi>(
  'hash',
  () => new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' }),
)

/** So much is hashed at once: the browser copies it before it goes to a thread of its own. */
const smallBytes = 8 * 2 ** 20

/**
 * SHA-1 of bytes that come in pieces, which browsers compute only for pages from this machine or over https. Large volumes
 * are gathered and hashed in a worker of their own that ends with it: copying them at once would hold up the page.
 * @param pieces gives them from the first one each time it is called, and gives up when the signal aborts
 * @throws the signal's reason when it aborts: the worker is ended then
 */
export async function hashInWorker(
  byteLength: number,
  pieces: (life?: AbortSignal) => AsyncIterable<Uint8Array<ArrayBuffer>>,
  signal?: AbortSignal,
): Promise<string | Message> {
  if (!globalThis.isSecureContext) return tell('hash-impossible', {})
  if (byteLength <= smallBytes) {
    const bytes = new Uint8Array(byteLength)
    let filled = 0
    for await (const piece of pieces(signal)) {
      bytes.set(piece, filled)
      filled += piece.length
    }
    return digestHex(bytes)
  }
  return runInWorker(
    startHasher,
    async (api, life) => {
      await api.start(byteLength)
      for await (const piece of pieces(life)) {
        const copy = piece.slice()
        await api.add(transfer(copy, [copy.buffer]))
      }
      return api.finish()
    },
    signal,
  )
}
