import { channelsOf, type FoundVolume, type ImagesState } from '../images.ts'
import type { ExtractionState } from '../extraction.ts'
import type { MaskReviewState } from '../maskReview.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { ScreenState } from '../screen.ts'

export interface ReviewMaskServices {
  readonly images: Readable<Pick<ImagesState, 'volumes'>>
  readonly roi: Readable<Pick<RoiState, 'open' | 'refuseLocked' | 'replaceMask'>>
  readonly extraction: Readable<Pick<ExtractionState, 'parameters'>>
  readonly maskReview: Readable<Pick<MaskReviewState, 'proposal' | 'propose' | 'dismiss'>>
  readonly screen: Readable<Pick<ScreenState, 'show'>>
}

export function createReviewMask({ images, roi, extraction, maskReview, screen }: ReviewMaskServices) {
  return {
    /** Lays a mask on the open image for the user to judge. @param label to show first, else the one of the parameters, else its first one */
    reviewMask(found: FoundVolume, label = extraction.getState().parameters.settings.label): void {
      const { open } = roi.getState()
      if (!open) return
      void maskReview.getState().propose(found.id, found.name, found.volume, open.image, label)
      screen.getState().show('roi')
    },
    /** The channels of the vector mask under review, to choose from; none for an ordinary mask. */
    channelsUnderReview(): readonly FoundVolume[] {
      const { proposal } = maskReview.getState()
      return proposal ? channelsOf(images.getState().volumes, proposal.maskId) : []
    },
    /** The proposed region takes the place of the one drawn; undo brings that back. @returns whether it did */
    acceptProposal(): boolean {
      const { proposal, dismiss } = maskReview.getState()
      if (!proposal?.region || proposal.isWorking || roi.getState().refuseLocked()) return false
      dismiss()
      roi.getState().replaceMask(`Load ${proposal.name}`, proposal.region)
      return true
    },
  }
}
