import { nudgeMove, type RigidMove } from '../../core/image/rigidMove.ts'
import type { Volume } from '../../core/image/volume.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { imageKey, oldImageKey } from '../../storage/imageKey.ts'
import { hasOldMoves, moveBetween, type AlignmentState } from '../alignments.ts'
import type { FoundVolume } from '../images.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'

export interface AlignServices {
  readonly roi: Readable<Pick<RoiState, 'open'>>
  readonly alignments: Readable<AlignmentState>
  readonly secondImage: () => FoundVolume | undefined
  /** @throws the signal's reason when it aborts, or why it could not be done */
  readonly findAlignment: (moved: Volume, onto: Volume, signal: AbortSignal) => Promise<RigidMove>
}

/** Aligning the second image with the open one. */
export function createAlign({ roi, alignments, secondImage, findAlignment }: AlignServices) {
  function pairInHand(): { readonly moved: Volume; readonly onto: Volume } | undefined {
    const { open } = roi.getState()
    const second = secondImage()
    return open && second ? { moved: second.volume, onto: open.image } : undefined
  }
  function align(moved: Volume, onto: Volume, move: RigidMove | null) {
    const { set } = alignments.getState()
    set(imageKey(moved), imageKey(onto), move)
    if (hasOldMoves(alignments.getState())) set(oldImageKey(moved), oldImageKey(onto), null)
  }
  return {
    /** @param move null leaves the second image where its scanner placed it */
    alignSecond(move: RigidMove | null): void {
      const pair = pairInHand()
      if (pair) align(pair.moved, pair.onto, move)
    },
    /** By their grey levels. @throws the signal's reason when it aborts, or why it could not be done */
    async alignAutomatically(signal: AbortSignal): Promise<void> {
      const pair = pairInHand()
      // Also where another image was opened meanwhile: the pair was asked for.
      if (pair) align(pair.moved, pair.onto, await findAlignment(pair.moved, pair.onto, signal))
    },
    /** Moves the second image by so many mm (LPS), on top of how it is aligned. */
    nudgeSecond(byMm: Triple): void {
      const pair = pairInHand()
      if (!pair) return
      const { moves } = alignments.getState()
      align(pair.moved, pair.onto, nudgeMove(moveBetween(moves, pair.moved, pair.onto), byMm))
    },
  }
}
