import { transfer } from 'comlink'
import type { Grid } from '../src/core/image/volume.ts'
import type { MaskContent } from '../src/core/mask/fractions.ts'
import type { LabelImage } from '../src/core/mask/labels.ts'
import type { LabelChoice, LaidLabel } from '../src/core/mask/layLabel.ts'
import type { LabelsApi } from './labelsApi.ts'
import { copyInPieces } from '../src/io/inPieces.ts'
import { createStayingWorker } from './stayingWorker.ts'
import { workerKind } from './workerKind.ts'

/** A mask under review, in a worker of its own. */
export interface OpenLabels {
  readonly list: MaskContent
  /** @param target null where the mask is on the image's grid already. @throws if no voxel has the label or reaches the threshold */
  lay(choice: LabelChoice, target: Grid | null): Promise<LaidLabel>
  /** Ends the worker, with what it was still asked for. */
  close(): void
}

const startReviewer = workerKind<LabelsApi>(
  'labels',
  () => new Worker(new URL('./labels.worker.ts', import.meta.url), { type: 'module' }),
)

/**
 * Counts the labels of a mask and lays them on an image, off the page's own thread.
 * @param signal closes it, whatever it does
 */
export async function openLabels(
  { voxels, size, spacingMm, originMm, direction }: LabelImage,
  signal?: AbortSignal,
): Promise<OpenLabels> {
  const worker = createStayingWorker(
    startReviewer,
    async (api, life) => {
      const copy = await copyInPieces(voxels, life)
      return api.open(transfer({ voxels: copy, size, spacingMm, originMm, direction }, [copy.buffer]))
    },
    signal,
  )
  const list = await worker.ask((_, opened) => Promise.resolve(opened))
  return {
    list,
    lay: (choice, target) => worker.ask((api) => api.lay(choice, target && gridOf(target))),
    close: () => worker.close(),
  }
}

/** The grid alone: an image's voxels would go along. */
function gridOf({ size, spacingMm, originMm, direction }: Grid): Grid {
  return { size, spacingMm, originMm, direction }
}
