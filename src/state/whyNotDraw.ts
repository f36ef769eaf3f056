import type { RoiProgress } from '../core/mask/progress.ts'
import { actOnRegion, type RegionRefusal } from '../core/study/regionActs.ts'
import type { Study } from '../core/study/study.ts'
import { patientIdentity } from './patientImages.ts'
import type { OpenRoi } from './region.ts'
import type { WorkListState } from './workList.ts'

/**
 * Why a reader may not draw on an image: its patient is excluded, or it is read a second time before the first reading is locked.
 * @param otherProgress of the reader with whom this one is compared, who for a second reading is the first
 */
export function whyNotDraw(
  { rows }: Pick<WorkListState, 'rows'>,
  { readers }: Pick<Study, 'readers'>,
  { image, reader }: Pick<OpenRoi, 'image' | 'reader'>,
  otherProgress: RoiProgress,
): RegionRefusal | null {
  const id = patientIdentity(image)?.image
  const row = rows.find(({ cells }) => cells.some((cell) => cell.image !== null && cell.image === id))
  const isSecondReading = readers.find((one) => one.id === reader)?.rereads !== undefined
  const done = actOnRegion(
    {
      progress: 'empty',
      otherProgress,
      voxelCount: 0,
      isRecoveryWaiting: false,
      isOpenElsewhere: false,
      isExcluded: row?.state === 'excluded',
      firstReading: isSecondReading ? otherProgress : undefined,
    },
    'draw',
  )
  return 'refused' in done ? done.refused : null
}
