import { useStore } from 'zustand'
import { formatDateTime } from '../../messages/formatDateTime.ts'
import type { FoundVolume } from '../../state/images.ts'
import { statusOf } from '../../core/mask/progress.ts'
import { regionKey } from '../../state/region.ts'
import { imageKey } from '../../storage/imageKey.ts'
import { firstLesion } from '../../core/study/unnamedStudy.ts'
import { keptKey } from '../../storage/regionKey.ts'
import { StatusPill } from '../shared/StatusPill.tsx'
import { useSession } from '../shared/session.ts'

/** How far the reader in hand is with an image: in this session, or as it was kept by an earlier one. */
export function RoiOfImage({ found: { id, volume } }: { found: FoundVolume }) {
  const { readersStore, roiStore } = useSession()
  const { reader } = useStore(readersStore)
  const own = useStore(roiStore, ({ statuses }) => statuses[regionKey({ imageId: id, reader })])
  const kept = useStore(roiStore, (state) => state.kept)
  const earlier = kept.find(({ key }) => key === keptKey({ image: imageKey(volume), reader, lesion: firstLesion }))
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
