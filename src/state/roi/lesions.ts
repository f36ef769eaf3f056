import { emptyMask } from '../../core/mask/mask.ts'
import { placeMask } from '../../core/mask/maskPart.ts'
import type { LesionId } from '../../core/study/study.ts'
import { keptKey } from '../../storage/regionKey.ts'
import { regionKey, type OpenRoi } from '../region.ts'
import type { DrawnLesion, RoiState } from '../roi.ts'
import type { RoiContext } from './context.ts'

/** Which lesion is in hand, and the others beside it. */
export function createLesions(context: RoiContext): Pick<RoiState, 'chooseLesion' | 'readLesions'> {
  const { get, endStroke, chooseLesion } = context
  return {
    async chooseLesion(lesion) {
      const { open, openImage } = get()
      if (!open) return
      endStroke()
      chooseLesion(open.imageId, lesion)
      if (open.lesion !== lesion) await openImage(open.imageId, open.imageName, open.image)
    },

    async readLesions(lesions) {
      const { open } = get()
      if (!open) return []
      const others = lesions.filter((lesion) => lesion !== open.lesion)
      const found = await Promise.all(others.map((lesion) => readLesion(context, open, lesion)))
      return found.flatMap((one) => one ?? [])
    },
  }
}

async function readLesion({ regions, masks }: RoiContext, open: OpenRoi, lesion: LesionId): Promise<DrawnLesion | undefined> {
  const here = regions.get(regionKey({ ...open, lesion }))
  if (here && here.drawnBox && here.voxelCount > 0)
    return {
      lesion,
      progress: here.status?.progress ?? 'inProgress',
      mask: here.open.mask,
      box: here.drawnBox,
      voxelCount: here.voxelCount,
    }
  // Emptied in this session: what is kept was taken up by it.
  if (here?.status) return undefined
  const kept = await masks.find(keptKey({ image: open.imageKey, reader: open.reader, lesion }))
  if (!kept?.box || kept.voxelCount === 0) return undefined
  const mask = { ...emptyMask(open.image), voxels: placeMask(await masks.unpack(kept)) }
  return { lesion, progress: kept.progress, mask, box: kept.box, voxelCount: kept.voxelCount }
}
