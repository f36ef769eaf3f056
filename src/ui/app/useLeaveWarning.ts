import { useEffect } from 'react'
import type { Session } from '../../state/session.ts'
import { useSession } from '../shared/session.ts'

/** The ROI in hand is neither kept in the browser nor saved as a file. */
function wouldLoseRoi({ roiStore, saveStore }: Session): boolean {
  const { keeping, voxelCount, revision } = roiStore.getState()
  return voxelCount > 0 && keeping.status === 'failed' && saveStore.getState().savedRevision !== revision
}

/** Files that were given are not read to their end, or what was found in them is not kept yet. What is read again is kept. */
function wouldLoseImages({ imagesStore, openedStore }: Session): boolean {
  const { reading, waiting } = imagesStore.getState()
  return openedStore.getState().isBehind || waiting.length > 0 || (reading.status === 'running' && !reading.isRestoring)
}

/** Lets the browser ask before the page is left while something would be lost with it. */
export function useLeaveWarning(): void {
  const session = useSession()
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (!session.isForgetting() && (wouldLoseRoi(session) || wouldLoseImages(session))) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [session])
}
