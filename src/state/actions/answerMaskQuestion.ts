import type { FoundVolume, ImagesState } from '../images.ts'
import type { MaskQuestion } from '../maskQuestions.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'

export interface AnswerMaskQuestionServices {
  readonly images: Readable<Pick<ImagesState, 'setKind'>>
  readonly roi: Readable<Pick<RoiState, 'open'>>
  readonly openImage: (found: FoundVolume) => Promise<void>
  readonly reviewMask: (found: FoundVolume) => void
}

/** What a person says of a volume that may be a mask; a mask is laid on its image for review. */
export const createAnswerMaskQuestion =
  ({ images, roi, openImage, reviewMask }: AnswerMaskQuestionServices) =>
  async ({ found, image }: MaskQuestion, isMask: boolean): Promise<void> => {
    images.getState().setKind(found.id, isMask ? 'mask' : 'image')
    if (!isMask) return
    if (roi.getState().open?.imageId !== image.id) await openImage(image)
    // Another image may have been opened meanwhile: the mask is not offered for that one.
    if (roi.getState().open?.imageId === image.id) reviewMask(found)
  }
