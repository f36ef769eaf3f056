import type { FoundVolume, ImagesState } from '../images.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { ScreenState } from '../screen.ts'
import type { SecondState } from '../second.ts'

export interface OpenImageServices {
  readonly images: Readable<Pick<ImagesState, 'chooseImage'>>
  readonly roi: Readable<Pick<RoiState, 'open' | 'openImage'>>
  readonly second: Readable<Pick<SecondState, 'imageId' | 'choose'>>
  readonly screen: Readable<Pick<ScreenState, 'show' | 'showList'>>
}

export function createOpenImage({ images, roi, second, screen }: OpenImageServices) {
  async function openImage(found: FoundVolume): Promise<void> {
    // Two images that are seen together change places.
    if (second.getState().imageId === found.id) second.getState().choose(roi.getState().open?.imageId ?? null)
    images.getState().chooseImage(found.id)
    await roi.getState().openImage(found.id, found.name, found.volume)
  }
  return {
    openImage,
    /** Opens an image and shows it. */
    async showImage(found: FoundVolume): Promise<void> {
      screen.getState().showList(false)
      screen.getState().show('roi')
      await openImage(found)
    },
  }
}
