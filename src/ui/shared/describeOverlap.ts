import type { LesionId } from '../../core/study/study.ts'
import type { LesionOverlap } from '../../state/otherLesions.ts'
import { formatVoxels } from './formatNumber.ts'
import { appWords } from '../../messages/words/appWords.ts'

/** What the lesion in hand shares with another one, where that is, and what comes of it. */
export const describeOverlap = (inHand: LesionId, { lesion, voxelCount, at }: LesionOverlap): string =>
  appWords().overlap(inHand, lesion, formatVoxels(voxelCount), at[2] + 1)
