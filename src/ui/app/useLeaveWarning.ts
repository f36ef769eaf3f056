import { useEffect } from 'react'
import { isForgetting, roiStore } from '../../state/session.ts'
import { saveStore } from '../roi/saveMask.ts'

/** Lets the browser ask before the page is left while the ROI in hand is neither kept in the browser nor saved as a file. */
export function useLeaveWarning(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      const { keeping, voxelCount, revision } = roiStore.getState()
      const isInFile = saveStore.getState().savedRevision === revision
      if (!isForgetting() && voxelCount > 0 && keeping.status === 'failed' && !isInFile) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
}
