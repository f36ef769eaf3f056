import type { DeletionsState } from '../deletions.ts'
import type { ImagesState } from '../images.ts'
import type { MaskReviewState } from '../maskReview.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { WorkListState } from '../workList.ts'

export interface RemoveVolumeServices {
  readonly images: Readable<Pick<ImagesState, 'volumes' | 'remove' | 'sleep'>>
  readonly roi: Readable<Pick<RoiState, 'whyStay' | 'close'>>
  readonly maskReview: Readable<Pick<MaskReviewState, 'proposal' | 'dismiss'>>
  readonly deletions: Readable<Pick<DeletionsState, 'refuse'>>
  readonly workList: Readable<Pick<WorkListState, 'importedLabels' | 'removeImage'>>
}

/**
 * Takes an image or a mask off the list, unless a region that is kept nowhere would go with it. An image that an import brought stays in
 * the study, to be read again when its patient is opened.
 */
export const createRemoveVolume =
  ({ images, roi, maskReview, deletions, workList }: RemoveVolumeServices) =>
  (id: string): void => {
    const reason = roi.getState().whyStay(id)
    if (reason !== null) {
      deletions.getState().refuse(reason)
      return
    }
    const { proposal, dismiss } = maskReview.getState()
    if (proposal?.maskId === id) dismiss()
    const identity = images.getState().volumes.find((found) => found.id === id)?.volume.source.identity
    if (identity && workList.getState().importedLabels.has(identity.image)) images.getState().sleep(id)
    else {
      images.getState().remove(id)
      if (identity) void workList.getState().removeImage(identity.image)
    }
    roi.getState().close(id)
  }
