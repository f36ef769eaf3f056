import type { FoundVolume } from '../images.ts'
import type { PatientImage } from '../patients.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { SecondState } from '../second.ts'

export interface ShowSecondServices {
  readonly roi: Readable<Pick<RoiState, 'open'>>
  readonly second: Readable<Pick<SecondState, 'imageId' | 'choose'>>
  readonly listImages: () => readonly Pick<PatientImage, 'found'>[]
  /** See `createMirror`. */
  readonly mirroredSecond: () => FoundVolume | undefined
}

export function createShowSecond({ roi, second, listImages, mirroredSecond }: ShowSecondServices) {
  let last: string | undefined
  /** The image that is shown with the open one. */
  function secondImage(): FoundVolume | undefined {
    const { imageId } = second.getState()
    if (roi.getState().open?.imageId === imageId) return undefined
    return mirroredSecond() ?? listImages().find(({ found }) => found.id === imageId)?.found
  }
  return {
    secondImage,
    /** Hides the second image, or shows it again; where none was chosen yet, the patient's next one. */
    toggleSecond(): void {
      const shown = secondImage()
      if (shown) last = shown.id
      const others = listImages().filter(({ found }) => found.id !== roi.getState().open?.imageId)
      const next = others.find(({ found }) => found.id === last) ?? others[0]
      second.getState().choose(shown ? null : (next?.found.id ?? null))
    },
  }
}
