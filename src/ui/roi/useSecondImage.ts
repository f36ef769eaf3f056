import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { RigidMove } from '../../core/image/rigidMove.ts'
import type { FoundVolume } from '../../state/images.ts'
import { secondStore } from '../../state/second.ts'
import { alignmentStore, moveBetween, patientsStore, roiStore, secondImage } from '../../state/session.ts'

/** The image that is shown with the open one, and how it is aligned with it; null as their scanner placed them. */
export function useSecondImage(): { readonly second: FoundVolume | undefined; readonly move: RigidMove | null } {
  const image = useStore(roiStore, (state) => state.open?.image)
  useStore(secondStore, (state) => state.imageId)
  useStore(patientsStore, (state) => state.patients)
  const moves = useStore(alignmentStore, (state) => state.moves)
  const second = secondImage()
  const move = useMemo(() => (image && second ? moveBetween(moves, second.volume, image) : null), [image, second, moves])
  return { second, move }
}
