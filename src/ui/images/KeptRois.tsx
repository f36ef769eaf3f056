import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import { roiStore } from '../../state/session.ts'
import { formatAgo, formatCount, formatVolume } from '../shared/formatNumber.ts'
import { useNow } from '../shared/useNow.ts'

/** ROIs of earlier sessions; they are offered when their image is opened again. */
export function KeptRois() {
  const { kept, open, removeKept } = useStore(roiStore)
  const now = useNow(30_000)
  const others = kept.filter(({ fingerprint, voxelCount }) => fingerprint !== open?.fingerprint && voxelCount > 0)
  if (others.length === 0) return null
  return (
    <section className="card" aria-label="ROIs kept in this browser" style={{ flex: 'none' }}>
      <div className="panel" style={{ borderBottom: 0 }}>
        <h2>ROIs kept in this browser</h2>
        <p className="dim">Open the image again, under any name, and its ROI is offered.</p>
        {others.map(({ fingerprint, imageName, savedAt, voxelCount, volumeCm3 }) => (
          <div key={fingerprint} className="row">
            <strong>{imageName}</strong>
            <span className="dim">
              {formatVolume(volumeCm3)}, {formatCount(voxelCount)} voxels, {formatAgo(now - savedAt)}
            </span>
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              aria-label={`Delete the kept ROI of ${imageName}`}
              onClick={() => void removeKept(fingerprint)}
            >
              Delete
            </Button>
          </div>
        ))}
      </div>
    </section>
  )
}
