import { IconCircle, IconCircleCheckFilled, IconCircleFilled, IconCircleHalf2, IconMinus } from '@tabler/icons-react'
import type { RoleProgress } from '../../../core/study/patientState.ts'

const marks = {
  noImage: [IconMinus, 'no image'],
  empty: [IconCircle, 'to do'],
  inProgress: [IconCircleHalf2, 'in progress'],
  complete: [IconCircleFilled, 'complete'],
  locked: [IconCircleCheckFilled, 'locked'],
} as const

/** How far the ROI of a role is, by shape and word. */
export function ProgressMark({ progress }: { progress: RoleProgress }) {
  const [Icon, word] = marks[progress]
  return (
    <span className={`progressMark ${progress}`}>
      <Icon size={12} aria-hidden />
      {word}
    </span>
  )
}
