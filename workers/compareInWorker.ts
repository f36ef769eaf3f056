import { transfer, wrap } from 'comlink'
import type { Mask } from '../src/core/mask/mask.ts'
import type { CompareApi, ReaderComparison } from './compareApi.ts'
import { copyInPieces } from './sendInPieces.ts'

/** Compares two masks of one grid in a worker of their own that ends with it. @throws if their sizes differ */
export async function compareInWorker(a: Mask, b: Mask): Promise<ReaderComparison> {
  const worker = new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module' })
  const crashed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) =>
      reject(
        new Error(`The worker that compares masks stopped: ${event.message || 'it ran out of memory or could not be loaded'}.`),
      ),
    )
  })
  crashed.catch(() => undefined)
  try {
    const copyOf = async ({ size, spacingMm, originMm, direction, voxels }: Mask) => {
      const copy = await copyInPieces(voxels)
      return transfer({ size, spacingMm, originMm, direction, voxels: copy }, [copy.buffer])
    }
    const [first, second] = [await copyOf(a), await copyOf(b)]
    return await Promise.race([wrap<CompareApi>(worker).compare(first, second), crashed])
  } finally {
    worker.terminate()
  }
}
