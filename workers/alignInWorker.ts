import { transfer, wrap } from 'comlink'
import type { RigidMove } from '../src/core/image/rigidMove.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { AlignApi } from './alignApi.ts'
import { copyInPieces } from './sendInPieces.ts'

/**
 * How an image is to be moved onto another one, found in a worker of its own that ends with it. The module that finds it (2.4 MB) is
 * loaded from the page's own origin when it is first needed.
 * @throws the signal's reason when it aborts: the worker is ended then
 */
export async function alignInWorker(moved: Volume, onto: Volume, signal: AbortSignal): Promise<RigidMove> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./align.worker.ts', import.meta.url), { type: 'module' })
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    worker.addEventListener('error', (event) =>
      reject(
        new Error(`The worker that aligns images stopped: ${event.message || 'it ran out of memory or could not be loaded'}.`),
      ),
    )
  })
  ended.catch(() => undefined)
  try {
    const copyOf = async ({ size, spacingMm, originMm, direction, source: { path, format }, voxels }: Volume) => {
      const copy = await copyInPieces(voxels)
      return transfer({ size, spacingMm, originMm, direction, source: { path, format }, voxels: copy }, [copy.buffer])
    }
    const [first, second] = [await copyOf(moved), await copyOf(onto)]
    signal.throwIfAborted()
    const pipelinesUrl = new URL(`${import.meta.env.BASE_URL}itk`, location.href).href
    return await Promise.race([wrap<AlignApi>(worker).align(first, second, pipelinesUrl), ended])
  } finally {
    worker.terminate()
  }
}
