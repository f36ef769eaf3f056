import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import { formatAgo, formatVolume, formatVoxels } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { useNow } from '../shared/useNow.ts'
import { usePrimary } from './usePrimary.ts'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

/** What must be known before drawing on: a recovered region, another tab, a browser that cannot keep, lost undo steps. */
export function RoiNotices() {
  const { imagesStore, roiStore, saveStore, screenStore } = useSession()
  const { open, recovery, openElsewhere, keeping, notice, restoreKept, discardKept, keepAgain, dismissNotice } =
    useStore(roiStore)
  const primary = usePrimary('restore')
  const problemCount = useStore(imagesStore, (state) => state.problems.length)
  const now = useNow(30_000, recovery !== null)
  if (!recovery && !openElsewhere && keeping.status !== 'failed' && !notice && problemCount === 0) return null
  return (
    <div className="panel">
      {recovery && (
        <Notice kind="warn">
          <strong>Recovered ROI of {open?.imageName}</strong>
          <p className="dim">
            {formatVolume(recovery.volumeCm3)}, {formatVoxels(recovery.voxelCount)}, drawn {formatAgo(now - recovery.savedAt)}.{' '}
            {!openElsewhere && 'A stroke that the page was closed in is not in it. '}
            What you draw meanwhile is kept beside it.
          </p>
          <div className="row" style={{ marginTop: 6 }}>
            <Button size="compact-sm" variant={primary} onClick={() => void restoreKept()}>
              Restore
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => void discardKept()}>
              Discard
            </Button>
          </div>
        </Notice>
      )}
      {problemCount > 0 && (
        <Notice kind="warn">
          {problemCount === 1 ? 'One file could not be used.' : `${problemCount} files could not be used.`}{' '}
          <Button size="compact-xs" variant="default" onClick={() => screenStore.getState().show('images')}>
            See why
          </Button>
        </Notice>
      )}
      {openElsewhere && (
        <Notice kind="warn">
          This image is open in another tab. What you draw here is kept beside the ROI of that tab and offered when the image is
          opened again: to end with one ROI, go on in one of the two.
        </Notice>
      )}
      {keeping.status === 'failed' && (
        <Notice kind="error">
          {keeping.reason}
          <div className="row" style={{ marginTop: 6 }}>
            <Button size="compact-sm" variant="default" onClick={() => void saveStore.getState().saveMask()}>
              Save as a file
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => void keepAgain()}>
              Try again
            </Button>
          </div>
        </Notice>
      )}
      {notice && (
        <Notice kind="info" onClose={dismissNotice}>
          {say(notice)}
        </Notice>
      )}
    </div>
  )
}
