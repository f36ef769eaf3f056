import { transfer } from 'comlink'
import type { Grid } from '../src/core/image/volume.ts'
import type { MaskContent } from '../src/core/mask/fractions.ts'
import type { LabelImage } from '../src/core/mask/labels.ts'
import type { LabelChoice, LaidLabel } from '../src/core/mask/layLabel.ts'
import type { LabelsApi } from './labelsApi.ts'
import { copyInPieces } from '../src/io/inPieces.ts'
import { createStayingWorker } from './stayingWorker.ts'
import { watchWorker } from './watchWorker.ts'

/** A mask under review, in a worker of its own. */
export interface OpenLabels {
  readonly list: MaskContent
  /** @param target null where the mask is on the image's grid already. @throws if no voxel has the label or reaches the threshold */
  lay(choice: LabelChoice, target: Grid | null): Promise<LaidLabel>
  /** Ends the worker; what it was still asked for never comes. */
  close(): void
}

/** Counts the labels of a mask and lays them on an image, off the page's own thread. */
export async function openLabels({ voxels, size, spacingMm, originMm, direction }: LabelImage): Promise<OpenLabels> {
  const worker = createStayingWorker(startWorker, async (api) => {
    const copy = await copyInPieces(voxels)
    return api.open(transfer({ voxels: copy, size, spacingMm, originMm, direction }, [copy.buffer]))
  })
  const list = await worker.ask((_, opened) => Promise.resolve(opened))
  return {
    list,
    lay: (choice, target) => worker.ask((api) => api.lay(choice, target && gridOf(target))),
    close: worker.close,
  }
}

/** The grid alone: an image's voxels would go along. */
function gridOf({ size, spacingMm, originMm, direction }: Grid): Grid {
  return { size, spacingMm, originMm, direction }
}

function startWorker() {
  return watchWorker<LabelsApi>(new Worker(new URL('./labels.worker.ts', import.meta.url), { type: 'module' }), 'reads masks')
}
