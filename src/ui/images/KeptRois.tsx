import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import { readersStore, roiStore } from '../../state/session.ts'
import { isKeptFor, keptKey } from '../../storage/database.ts'
import { formatAgo, formatVolume, formatVoxels } from '../shared/formatNumber.ts'
import { useNow } from '../shared/useNow.ts'

/** ROIs of earlier sessions; they are offered when their image is opened again. */
export function KeptRois() {
  const { kept, open, removeKept } = useStore(roiStore)
  const now = useNow(30_000)
  const { reader } = useStore(readersStore)
  const openKey = open && keptKey(open.fingerprint, open.reader)
  // One reader is not told the other's volumes.
  const others = kept.filter((one) => !(openKey && isKeptFor(openKey, one)) && one.voxelCount > 0 && (one.reader ?? 1) === reader)
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
              {formatVolume(volumeCm3)}, {formatVoxels(voxelCount)}, {formatAgo(now - savedAt)}
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
