import { transfer, wrap } from 'comlink'
import type { Grid } from '../src/core/image/volume.ts'
import type { LabelImage, LabelList } from '../src/core/mask/labels.ts'
import type { LaidLabel } from '../src/core/mask/layLabel.ts'
import type { LabelsApi } from './labelsApi.ts'
import { copyInPieces } from './sendInPieces.ts'

/** A mask under review, in a worker of its own. */
export interface OpenLabels {
  readonly list: LabelList
  /** @param target null where the mask is on the image's grid already. @throws if no voxel has the label */
  lay(label: number, target: Grid | null): Promise<LaidLabel>
  /** Ends the worker; what it was still asked for never comes. */
  close(): void
}

/** Counts the labels of a mask and lays them on an image, off the page's own thread. */
export async function openLabels({ voxels, size, spacingMm, originMm, direction }: LabelImage): Promise<OpenLabels> {
  const worker = new Worker(new URL('./labels.worker.ts', import.meta.url), { type: 'module' })
  const crashed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) =>
      reject(
        new Error(`The worker that reads masks stopped: ${event.message || 'it ran out of memory or could not be loaded'}.`),
      ),
    )
  })
  crashed.catch(() => undefined)
  const api = wrap<LabelsApi>(worker)
  try {
    const copy = await copyInPieces(voxels)
    const mask = { voxels: copy, size, spacingMm, originMm, direction }
    const list = await Promise.race([api.open(transfer(mask, [copy.buffer])), crashed])
    return {
      list,
      lay: (label, target) => Promise.race([api.lay(label, target && gridOf(target)), crashed]),
      close: () => worker.terminate(),
    }
  } catch (error) {
    worker.terminate()
    throw error
  }
}

/** The grid alone: an image's voxels would go along. */
function gridOf({ size, spacingMm, originMm, direction }: Grid): Grid {
  return { size, spacingMm, originMm, direction }
}
