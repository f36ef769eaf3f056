import { IconLock } from '@tabler/icons-react'
import { formatDateTime } from '../../messages/formatDateTime.ts'
import type { RoiProgress, RoiStatus } from '../../core/mask/progress.ts'

const progressNames: Readonly<Record<RoiProgress, string>> = {
  empty: 'Empty',
  inProgress: 'In progress',
  complete: 'Complete',
  locked: 'Locked',
}

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
      {progressNames[progress]}
    </span>
  )
}
