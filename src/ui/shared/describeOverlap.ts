import type { LesionId } from '../../core/study/study.ts'
import type { LesionOverlap } from '../../state/otherLesions.ts'
import { formatVoxels } from './formatNumber.ts'

/** What the lesion in hand shares with another one, where that is, and what comes of it. */
export const describeOverlap = (inHand: LesionId, { lesion, voxelCount, at }: LesionOverlap): string =>
  `${inHand} and ${lesion} share ${formatVoxels(voxelCount)}, most of them in slice ${at[2] + 1}. Both keep them and are measured with them.`
