import { thresholdOf } from '../../../state/analysis/shownThreshold.ts'
import type { ThresholdStore } from '../../../state/analysis/threshold.ts'
import { useSession } from '../../shared/session.ts'

/** The threshold that everything on the screen follows. */
export const useThreshold = (): ThresholdStore => thresholdOf(useSession())
