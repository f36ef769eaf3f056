import { useStore } from 'zustand'
import { formatDateTime } from '../../messages/formatDateTime.ts'
import type { FoundVolume } from '../../state/images.ts'
import { statusOf, type RoiStatus } from '../../core/mask/progress.ts'
import { regionKey } from '../../state/region.ts'
import { imageKey } from '../../storage/imageKey.ts'
import { joinProgress } from '../../core/study/lesions.ts'
import { keptKey } from '../../storage/regionKey.ts'
import { StatusPill } from '../shared/StatusPill.tsx'
import { useSession } from '../shared/session.ts'

/** How far the reader in hand is with an image, all lesions taken together: in this session, or as it was kept by an earlier one. */
export function RoiOfImage({ found: { id, volume } }: { found: FoundVolume }) {
  const { lesionsStore, readersStore, roiStore } = useSession()
  const { reader } = useStore(readersStore)
  const statuses = useStore(roiStore, (state) => state.statuses)
  const kept = useStore(roiStore, (state) => state.kept)
  const lesions = useStore(lesionsStore).listOf(id)
  const image = imageKey(volume)
  const drawn = lesions.flatMap(({ id: lesion }): RoiStatus | readonly [] => {
    const earlier = kept.find(({ key }) => key === keptKey({ image, reader, lesion }))
    return statuses[regionKey({ imageId: id, reader, lesion })] ?? (earlier ? statusOf(earlier) : [])
  })
  const progress = joinProgress(drawn.map((one) => one.progress))
  const status = drawn.find((one) => one.progress === progress) ?? null
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
