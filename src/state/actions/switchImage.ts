import type { FoundVolume } from '../images.ts'
import type { PatientImage } from '../patients.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'

export interface SwitchImageServices {
  readonly roi: Readable<Pick<RoiState, 'open'>>
  readonly listImages: () => readonly Pick<PatientImage, 'found'>[]
  readonly openImage: (found: FoundVolume) => Promise<void>
}

/** Shows the patient's next image, or the one before; the first follows the last. */
export const createSwitchImage =
  ({ roi, listImages, openImage }: SwitchImageServices) =>
  (step: 1 | -1): void => {
    const images = listImages()
    const at = images.findIndex(({ found }) => found.id === roi.getState().open?.imageId)
    if (at >= 0 && images.length > 1) void openImage(images[(at + step + images.length) % images.length].found)
  }
