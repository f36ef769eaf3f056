import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { RigidMove } from '../../core/image/rigidMove.ts'
import { moveBetween } from '../../state/alignments.ts'
import type { FoundVolume } from '../../state/images.ts'
import { useSession } from '../shared/session.ts'

/** The image that is shown with the open one, and how it is aligned with it; null as their scanner placed them. */
export function useSecondImage(): { readonly second: FoundVolume | undefined; readonly move: RigidMove | null } {
  const { alignmentStore, patientsStore, roiStore, secondImage, secondStore } = useSession()
  const image = useStore(roiStore, (state) => state.open?.image)
  useStore(secondStore, (state) => state.imageId)
  useStore(patientsStore, (state) => state.patients)
  const moves = useStore(alignmentStore, (state) => state.moves)
  const second = secondImage()
  const move = useMemo(() => (image && second ? moveBetween(moves, second.volume, image) : null), [image, second, moves])
  return { second, move }
}
