import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { statusOf } from '../../core/mask/progress.ts'
import { firstLesion } from '../../core/study/unnamedStudy.ts'
import type { KeptRegion } from '../../storage/schema.ts'
import { isKeptFor } from '../../storage/regionKey.ts'
import { formatAgo, formatBytes, formatVolume, formatVoxels } from '../shared/formatNumber.ts'
import { StatusPill } from '../shared/StatusPill.tsx'
import { useNow } from '../shared/useNow.ts'
import { ForgetDialog } from './ForgetDialog.tsx'
import { SaveAllRois, SavedAllRois } from './SaveAllRois.tsx'
import { useSession } from '../shared/session.ts'
import { appWords } from '../../messages/words/appWords.ts'

/** What stays in this browser when the page closes: for how long, how to take it along, how to get rid of it. */
export function KeptRois() {
  const { browserKeepingStore, imagesStore, readersStore, roiStore } = useSession()
  const { kept: all, keeping, listKept } = useStore(roiStore)
  const { promise, usedBytes, look, ask } = useStore(browserKeepingStore)
  const { reader, names, other } = useStore(readersStore)
  const hasImages = useStore(imagesStore, ({ volumes }) => volumes.length > 0)
  const [isForgetting, setForgetting] = useState(false)
  const isKeeping = keeping.status === 'keeping'
  useEffect(() => {
    if (isKeeping) return
    void listKept()
    void look()
  }, [isKeeping, listKept, look])
  const kept = all.filter(({ voxelCount }) => voxelCount > 0)
  // One reader is not told the other's volumes.
  const own = kept.filter((one) => one.reader === reader)
  const othersCount = kept.length - own.length
  if (kept.length === 0 && !hasImages) return null
  const askToForget = () => {
    // With what other tabs kept since.
    void listKept()
    setForgetting(true)
  }
  return (
    <section className="card" aria-label="Kept on this computer" style={{ flex: 'none' }}>
      <div className="panel" style={{ borderBottom: 0 }}>
        <header>
          <h2>Kept on this computer</h2>
          <span className="dim number">
            {kept.length === 1 ? '1 ROI' : `${kept.length} ROIs`}
            {usedBytes !== null && `, ${formatBytes(usedBytes)}`}
          </span>
        </header>
        <div className="row">
          <p className="dim">
            {appWords().keeping[promise]} {own.length > 0 && 'Open an image again, under any name, and its ROI is offered.'}
          </p>
          {promise === 'mayDelete' && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              title="Asks the browser to keep them; some browsers then ask you"
              onClick={() => void ask({ again: true })}
            >
              Ask the browser to keep them
            </Button>
          )}
        </div>
        {own.length > 0 && (
          <ul className="keptList">
            {own.map((one) => (
              <KeptRoi key={one.key} kept={one} />
            ))}
          </ul>
        )}
        {othersCount > 0 && (
          <p className="dim">
            {othersCount === 1 ? '1 ROI' : `${othersCount} ROIs`} of {names[other(reader)]} {othersCount === 1 ? 'is' : 'are'}{' '}
            kept too.
          </p>
        )}
        {!isForgetting && <SavedAllRois />}
        <div className="row">
          <SaveAllRois label="Save all ROIs" disabled={kept.length === 0} />
          <Button variant="subtle" color="gray" onClick={askToForget}>
            Forget everything on this computer …
          </Button>
        </div>
      </div>
      <ForgetDialog kept={kept} opened={isForgetting} onClose={() => setForgetting(false)} />
    </section>
  )
}

/** Whose it is before the image's own name, which is the same for all patients of a scanner; and the lesion, where it is not the only one. */
const nameOf = ({ called, imageName, lesion }: KeptRegion) =>
  [called?.label, imageName, lesion === firstLesion ? null : lesion].filter(Boolean).join(' / ')

function KeptRoi({ kept }: { kept: KeptRegion }) {
  const { roiStore } = useSession()
  const { open, status, deleteKept } = useStore(roiStore)
  const now = useNow(30_000)
  // What lies beside the open region is offered with it, unless that is locked.
  const isInHand = open && (status?.progress === 'locked' ? kept.key === open.key : isKeptFor(open.key, kept))
  const name = nameOf(kept)
  return (
    <li>
      <strong className="ellipsis" title={name}>
        {name}
      </strong>
      <span className="dim number">{formatVolume(kept.volumeCm3)}</span>
      <span className="dim number">{formatVoxels(kept.voxelCount)}</span>
      <span className="dim">{formatAgo(now - kept.savedAt)}</span>
      <StatusPill status={statusOf(kept)} />
      {isInHand ? (
        <span className="dim">Open now</span>
      ) : (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-label={`Delete the kept ROI of ${name}`}
          onClick={() => void deleteKept(kept.key)}
        >
          Delete
        </Button>
      )}
    </li>
  )
}
