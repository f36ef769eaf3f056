import { transfer } from 'comlink'
import type { Mask } from '../src/core/mask/mask.ts'
import type { CompareApi, ReaderComparison } from './compareApi.ts'
import { runInWorker } from './runInWorker.ts'
import { copyInPieces } from '../src/io/inPieces.ts'
import { workerKind } from './workerKind.ts'

const startComparer = workerKind<CompareApi>(
  'compare',
  () => new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module' }),
)

/**
 * Compares two masks of one grid in a worker of their own that ends with it.
 * @throws if their sizes differ; the signal's reason when it aborts
 */
export function compareInWorker(a: Mask, b: Mask, signal?: AbortSignal): Promise<ReaderComparison> {
  return runInWorker(
    startComparer,
    async (api, life) => {
      const copyOf = async ({ size, spacingMm, originMm, direction, voxels }: Mask) => {
        const copy = await copyInPieces(voxels, life)
        return transfer({ size, spacingMm, originMm, direction, voxels: copy }, [copy.buffer])
      }
      return api.compare(await copyOf(a), await copyOf(b))
    },
    signal,
  )
}
