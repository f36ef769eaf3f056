import type { LesionsState } from '../lesions.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'

interface StepLesionServices {
  readonly roi: Readable<Pick<RoiState, 'open' | 'chooseLesion'>>
  readonly lesions: Readable<Pick<LesionsState, 'listOf'>>
}

/** The next lesion of the list comes in hand, or the one before; round at its ends. At once: the next key is of that one already. */
export function createStepLesion({ roi, lesions }: StepLesionServices) {
  return async (step: 1 | -1): Promise<void> => {
    const { open, chooseLesion } = roi.getState()
    const all = lesions.getState().listOf(open?.imageId)
    const at = all.findIndex(({ id }) => id === open?.lesion)
    if (at >= 0 && all.length > 1) await chooseLesion(all[(at + step + all.length) % all.length].id)
  }
}
