import type { ImagesState } from './images.ts'
import type { Readable } from './readable.ts'
import type { RoiState } from './roi.ts'

/** Voxels of images that are not in hand, beyond which those used longest ago are put away. */
const decodedBudgetBytes = 2 ** 30

export interface DecodedImages {
  /** Of use now; what was used longest ago goes where there is too much. @param held are of use still, whenever they were used */
  use(ids: readonly string[], held: readonly string[]): void
}

export interface DecodedImagesServices {
  readonly images: Readable<Pick<ImagesState, 'volumes' | 'sleep'>>
  readonly roi: Readable<Pick<RoiState, 'open' | 'whyStay' | 'close' | 'listKept'>>
  readonly budgetBytes?: number
}

/** Keeps the voxels of images within a budget: of more than that the least recently used sleep until they are wanted again. */
export function createDecodedImages({ images, roi, budgetBytes = decodedBudgetBytes }: DecodedImagesServices): DecodedImages {
  const used = new Map<string, number>()
  let turn = 0

  return {
    use(ids, held) {
      for (const id of ids) used.set(id, ++turn)
      const stays = new Set([...ids, ...held, roi.getState().open?.imageId])
      const { volumes, sleep } = images.getState()
      let bytes = volumes.reduce((sum, { volume }) => sum + volume.voxels.byteLength, 0)
      const oldestFirst = volumes
        .filter(({ id, kind }) => kind === 'image' && !stays.has(id))
        .sort((a, b) => (used.get(a.id) ?? 0) - (used.get(b.id) ?? 0))
      let isAny = false
      for (const { id, volume } of oldestFirst) {
        if (bytes <= budgetBytes) break
        // A region that is kept nowhere would go with its image.
        if (roi.getState().whyStay(id) !== null || !sleep(id)) continue
        roi.getState().close(id)
        bytes -= volume.voxels.byteLength
        isAny = true
      }
      // What was drawn in this session is now as far as it is kept.
      if (isAny) void roi.getState().listKept()
    },
  }
}
