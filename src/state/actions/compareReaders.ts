import type { ComparisonState } from '../comparison.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'

export interface CompareReadersServices {
  readonly roi: Readable<Pick<RoiState, 'open' | 'readLockedMasks'>>
  readonly comparison: Readable<Pick<ComparisonState, 'compare'>>
}

/** Measures how far the two readers agree on the open image; nothing happens unless both are locked. */
export const createCompareReaders =
  ({ roi, comparison }: CompareReadersServices) =>
  async (): Promise<void> => {
    const { open, readLockedMasks } = roi.getState()
    const masks = open && (await readLockedMasks())
    // Another image may have been opened meanwhile.
    if (masks && roi.getState().open?.imageId === open.imageId) await comparison.getState().compare(open.imageId, masks)
  }
