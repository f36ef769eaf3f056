import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { formatDateTime } from '../../state/formatDateTime.ts'
import type { FoundVolume } from '../../state/images.ts'
import { regionKey, statusOf } from '../../state/roi.ts'
import { readersStore, roiStore } from '../../state/session.ts'
import { keptKey } from '../../storage/database.ts'
import { fingerprintVolume } from '../../storage/fingerprint.ts'
import { StatusPill } from '../shared/StatusPill.tsx'

/** How far the reader in hand is with an image: in this session, or as it was kept by an earlier one. */
export function RoiOfImage({ found: { id, volume } }: { found: FoundVolume }) {
  const { reader } = useStore(readersStore)
  const own = useStore(roiStore, ({ statuses }) => statuses[regionKey({ imageId: id, reader })])
  const kept = useStore(roiStore, (state) => state.kept)
  const [fingerprint, setFingerprint] = useState<string>()
  useEffect(() => {
    // A turn of its own for each image, so that a long list does not hold the page.
    const turn = setTimeout(() => setFingerprint(fingerprintVolume(volume)))
    return () => clearTimeout(turn)
  }, [volume])
  const earlier = fingerprint === undefined ? undefined : kept.find((one) => one.fingerprint === keptKey(fingerprint, reader))
  const status = own ?? (earlier && statusOf(earlier)) ?? null
  return (
    <>
      <StatusPill status={status} />
      {status && status.progress !== 'empty' && (
        <div className="path ellipsis">
          {status.by}, {formatDateTime(status.at)}
        </div>
      )}
    </>
  )
}
