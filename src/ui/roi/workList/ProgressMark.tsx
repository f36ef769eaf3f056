import { IconCircle, IconCircleCheckFilled, IconCircleFilled, IconCircleHalf2, IconMinus } from '@tabler/icons-react'
import type { RoleProgress } from '../../../core/study/patientState.ts'

const marks = {
  noImage: [IconMinus, 'no image'],
  empty: [IconCircle, 'to do'],
  inProgress: [IconCircleHalf2, 'in progress'],
  complete: [IconCircleFilled, 'complete'],
  locked: [IconCircleCheckFilled, 'locked'],
} as const

/** How far the ROI of a role is, by shape and word. @param props.brief by shape, with the word in its title */
export function ProgressMark({ progress, brief = false }: { progress: RoleProgress; brief?: boolean }) {
  const [Icon, word] = marks[progress]
  return (
    <span className={`progressMark ${progress}`} title={brief ? word : undefined}>
      {brief ? <Icon size={12} role="img" aria-label={word} /> : <Icon size={12} aria-hidden />}
      {!brief && word}
    </span>
  )
}
