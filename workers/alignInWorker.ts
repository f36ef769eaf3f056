import { transfer } from 'comlink'
import type { RigidMove } from '../src/core/image/rigidMove.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { AlignApi } from './alignApi.ts'
import { pipelinesUrl } from './pipelinesUrl.ts'
import { runInWorker } from './runInWorker.ts'
import { copyInPieces } from '../src/io/inPieces.ts'
import { workerKind } from './workerKind.ts'

const startAligner = workerKind<AlignApi>(
  'align',
  () => new Worker(new URL('./align.worker.ts', import.meta.url), { type: 'module' }),
)

/**
 * How an image is to be moved onto another one, found in a worker of its own that ends with it. The module that finds it (2.4 MB) is
 * loaded from the page's own origin when it is first needed.
 * @throws the signal's reason when it aborts: the worker is ended then
 */
export function alignInWorker(moved: Volume, onto: Volume, signal: AbortSignal): Promise<RigidMove> {
  return runInWorker(
    startAligner,
    async (api, life) => {
      const copyOf = async ({ size, spacingMm, originMm, direction, source: { path, format }, voxels }: Volume) => {
        const copy = await copyInPieces(voxels, life)
        return transfer({ size, spacingMm, originMm, direction, source: { path, format }, voxels: copy }, [copy.buffer])
      }
      return api.align(await copyOf(moved), await copyOf(onto), pipelinesUrl())
    },
    signal,
  )
}
