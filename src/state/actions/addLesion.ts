import type { LesionsState } from '../lesions.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'

export interface AddLesionServices {
  readonly roi: Readable<Pick<RoiState, 'open' | 'chooseLesion'>>
  readonly lesions: Readable<Pick<LesionsState, 'add'>>
}

/** A new lesion comes in hand, on which nothing is drawn. It is there from the start: what is drawn after the key is drawn on that lesion. */
export const createAddLesion =
  ({ roi, lesions }: AddLesionServices) =>
  async (): Promise<void> => {
    const imageId = roi.getState().open?.imageId
    if (imageId === undefined) return
    const lesion = await lesions.getState().add(imageId)
    if (roi.getState().open?.imageId === imageId) await roi.getState().chooseLesion(lesion)
  }
