import type { LesionId } from '../core/study/study.ts'
import type { DeletedMask } from '../storage/deletedMasks.ts'

/** Whether a deleted region went with a deleted lesion, and comes back with it. */
export const wentWith = ({ lesion, called }: DeletedMask, label: string, id: LesionId) => lesion === id && called?.label === label
