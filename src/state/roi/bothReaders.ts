import { emptyMask } from '../../core/mask/mask.ts'
import { placeMask } from '../../core/mask/maskPart.ts'
import { otherReadersProgress } from '../../core/mask/progress.ts'
import { maySee } from '../../core/study/readers.ts'
import type { ReaderId } from '../../core/study/study.ts'
import { keyOfReader, regionKey, type OpenRoi } from '../region.ts'
import { isInHand, type RoiContext } from './context.ts'
import type { RoiState } from '../roi.ts'

/** Whose region is in hand, and what each reader may see of the other's. */
export function createBothReaders(context: RoiContext): Pick<RoiState, 'chooseReader' | 'readLockedMasks'> {
  const { get, regions, readers, masks, endStroke } = context
  return {
    async chooseReader(reader) {
      endStroke()
      readers.getState().choose(reader)
      const { open, openImage } = get()
      if (open && open.reader !== reader) await openImage(open.imageId, open.imageName, open.image)
    },

    async readLockedMasks() {
      const { open, status, otherProgress } = get()
      if (!open) return null
      const { image, imageId, mask: own } = open
      const { study, other: otherOf } = readers.getState()
      const reader = otherOf(open.reader)
      const progressOf = (id: ReaderId) => (id === reader ? otherProgress : (status?.progress ?? 'empty'))
      if (!maySee(study, open.reader, reader, progressOf)) return null
      const region = regions.get(regionKey({ imageId, reader, lesion: open.lesion }))
      const kept = region ? undefined : await masks.find(keyOfReader(open, reader))
      const other = region?.open.mask ?? (kept && { ...emptyMask(image), voxels: placeMask(await masks.unpack(kept)) })
      if (!other) return null
      return { [open.reader]: own, [reader]: other }
    },
  }
}

/** How far the other reader is: in this session, or as another one kept it. */
export async function lookAtOther(context: RoiContext, open: OpenRoi): Promise<void> {
  const { set, regions, readers, masks } = context
  const { imageId, reader, lesion } = open
  const other = readers.getState().other(reader)
  const here = regions.get(regionKey({ imageId, reader: other, lesion }))?.status?.progress
  const otherProgress = otherReadersProgress(here, await masks.findStatus(keyOfReader(open, other)))
  if (isInHand(context, regionKey(open))) set({ otherProgress })
}
