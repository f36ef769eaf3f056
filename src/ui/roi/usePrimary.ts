import { useStore } from 'zustand'
import type { OperationRun } from '../../state/maskOperation.ts'
import { choosePrimary, type PrimaryAct, type RoiSituation } from './choosePrimary.ts'
import { useSession } from '../shared/session.ts'

/** How the button of an act looks now: one at a time is filled, so that the eye finds what comes next. */
export function usePrimary(act: PrimaryAct): 'filled' | 'default' {
  const { growthStore, maskOperationStore, maskReviewStore, roiStore, screenStore } = useSession()
  const isReviewing = useStore(maskReviewStore, ({ proposal }) => proposal !== null)
  const preview = useStore(maskOperationStore, ({ run }) => previewOf(run))
  const hasGrown = useStore(growthStore, ({ growth, isGrowing }) => growth !== null || isGrowing)
  const hasRecovery = useStore(roiStore, ({ recovery }) => recovery !== null)
  const isFinding = useStore(screenStore, ({ semiAutomaticOpen }) => semiAutomaticOpen)
  return choosePrimary({ isReviewing, preview, hasGrown, hasRecovery, isFinding }) === act ? 'filled' : 'default'
}

function previewOf(run: OperationRun): RoiSituation['preview'] {
  if (run.status !== 'preview') return 'none'
  if (!run.contour) return 'operation'
  return run.contour.isEvolving ? 'contourEvolving' : run.contour.rounds === 0 ? 'contourAtStart' : 'contour'
}
