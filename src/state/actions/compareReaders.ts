import type { ComparisonState } from '../comparison.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'

export interface CompareReadersServices {
  readonly roi: Readable<Pick<RoiState, 'open' | 'readLockedMasks'>>
  readonly comparison: Readable<Pick<ComparisonState, 'compare'>>
}

/** Measures how far the two readers agree on the lesion in hand on the open image; nothing happens unless both are locked. */
export const createCompareReaders =
  ({ roi, comparison }: CompareReadersServices) =>
  async (): Promise<void> => {
    const { open, readLockedMasks } = roi.getState()
    const masks = open && (await readLockedMasks())
    const now = roi.getState().open
    // Another image may have been opened meanwhile, or another lesion.
    if (masks && now?.imageId === open.imageId && now.lesion === open.lesion) await comparison.getState().compare(open, masks)
  }
