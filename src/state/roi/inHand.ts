import { volumeCm3 } from '../../core/mask/mask.ts'
import { regionKey } from '../region.ts'
import { lookAtOther } from './bothReaders.ts'
import type { RoiContext } from './context.ts'
import { adoptOld } from './recovery.ts'
import { nothingOpen, type RoiState } from '../roi.ts'

/** Which image is in hand, with its region. */
export function createInHand(context: RoiContext): Pick<RoiState, 'openImage' | 'close'> {
  const { get, set, regions, readers, history, endStroke, lesionOf } = context
  return {
    async openImage(imageId, imageName, image) {
      endStroke()
      const { reader, other: otherOf } = readers.getState()
      const lesion = lesionOf(imageId)
      const key = regionKey({ imageId, reader, lesion })
      const { open, voxelCount, drawnBox, status, keeping, recovery, isElsewhere } = regions.take({
        imageId,
        imageName,
        image,
        reader,
        lesion,
      })
      const { undo, redo } = history.counts(key)
      const other = regions.get(regionKey({ imageId, reader: otherOf(reader), lesion }))
      set({
        open,
        voxelCount,
        volumeCm3: volumeCm3(image, voxelCount),
        drawnBox,
        revision: get().revision + 1,
        undoCount: undo,
        redoCount: redo,
        keeping,
        recovery,
        openElsewhere: isElsewhere,
        notice: null,
        status,
        otherProgress: other?.status?.progress ?? 'empty',
      })
      // In the row of keepings: what an earlier session left is found before a stroke is written over it.
      return regions.inTurn(key, async () => {
        await regions.claim(key)
        await lookAtOther(context, open)
        // Strokes do not wait for it: they are kept under another key.
        void adoptOld(context, key)
      })
    },

    close(imageId) {
      const isInHand = get().open?.imageId === imageId
      if (isInHand) endStroke()
      for (const { open } of regions.list()) {
        if (open.imageId !== imageId) continue
        const key = regionKey(open)
        history.forget(key)
        regions.forget(key)
      }
      if (isInHand) set(nothingOpen)
    },
  }
}
