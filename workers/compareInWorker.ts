import { transfer } from 'comlink'
import type { Mask } from '../src/core/mask/mask.ts'
import type { CompareApi, ReaderComparison } from './compareApi.ts'
import { runInWorker } from './runInWorker.ts'
import { copyInPieces } from '../src/io/inPieces.ts'
import { watchWorker } from './watchWorker.ts'

/** Compares two masks of one grid in a worker of their own that ends with it. @throws if their sizes differ */
export function compareInWorker(a: Mask, b: Mask): Promise<ReaderComparison> {
  const copyOf = async ({ size, spacingMm, originMm, direction, voxels }: Mask) => {
    const copy = await copyInPieces(voxels)
    return transfer({ size, spacingMm, originMm, direction, voxels: copy }, [copy.buffer])
  }
  return runInWorker(startWorker, async (api) => api.compare(await copyOf(a), await copyOf(b)))
}

function startWorker() {
  return watchWorker<CompareApi>(
    new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module' }),
    'compares masks',
  )
}
