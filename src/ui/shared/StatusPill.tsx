import { IconLock } from '@tabler/icons-react'
import { formatDateTime } from '../../messages/formatDateTime.ts'
import type { RoiStatus } from '../../core/mask/progress.ts'
import { appWords } from '../../messages/words/appWords.ts'

/** How far an ROI is; who and when stand in its title. */
export function StatusPill({ status }: { status: RoiStatus | null }) {
  const progress = status?.progress ?? 'empty'
  const isDone = progress === 'complete' || progress === 'locked'
  return (
    <span
      className={isDone ? 'pill safe' : progress === 'empty' ? 'pill dim' : 'pill'}
      title={status ? `${status.by}, ${formatDateTime(status.at)}` : undefined}
    >
      {progress === 'locked' && <IconLock size={12} aria-hidden />}
      {appWords().progress[progress]}
    </span>
  )
}
