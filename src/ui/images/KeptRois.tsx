import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import { statusOf } from '../../state/roi.ts'
import { readersStore, roiStore } from '../../state/session.ts'
import type { KeptMaskSummary } from '../../storage/maskStore.ts'
import { isKeptFor } from '../../storage/regionKey.ts'
import { formatAgo, formatVolume, formatVoxels } from '../shared/formatNumber.ts'
import { StatusPill } from '../shared/StatusPill.tsx'
import { useNow } from '../shared/useNow.ts'

/** ROIs of earlier sessions; they are offered when their image is opened again. */
export function KeptRois() {
  const { kept, open, status, deleteKept } = useStore(roiStore)
  const now = useNow(30_000)
  const { reader } = useStore(readersStore)
  // What lies beside the open region is offered there, unless that is locked.
  const isInHand = (one: KeptMaskSummary) =>
    open && (status?.progress === 'locked' ? one.key === open.key : isKeptFor(open.key, one))
  // One reader is not told the other's volumes.
  const others = kept.filter((one) => !isInHand(one) && one.voxelCount > 0 && one.reader === reader)
  if (others.length === 0) return null
  return (
    <section className="card" aria-label="ROIs kept in this browser" style={{ flex: 'none' }}>
      <div className="panel" style={{ borderBottom: 0 }}>
        <h2>ROIs kept in this browser</h2>
        <p className="dim">Open the image again, under any name, and its ROI is offered.</p>
        {others.map((one) => (
          <div key={one.key} className="row">
            <strong>{one.imageName}</strong>
            <span className="dim">
              {formatVolume(one.volumeCm3)}, {formatVoxels(one.voxelCount)}, {formatAgo(now - one.savedAt)}
            </span>
            {one.progress && one.progress !== 'inProgress' && <StatusPill status={statusOf(one)} />}
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              aria-label={`Delete the kept ROI of ${one.imageName}`}
              onClick={() => void deleteKept(one.key)}
            >
              Delete
            </Button>
          </div>
        ))}
      </div>
    </section>
  )
}
