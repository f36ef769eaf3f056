/** The acts of the ROI screen that may be its one primary button. */
export type PrimaryAct = 'useMask' | 'evolve' | 'accept' | 'addGrown' | 'restore' | 'findRegion' | 'features'

export interface RoiSituation {
  /** A mask waits for a decision. */
  readonly isReviewing: boolean
  /** What a tool would make is shown; a contour that may evolve before it is accepted. */
  readonly preview: 'none' | 'operation' | 'contourAtStart' | 'contourEvolving' | 'contour'
  readonly hasGrown: boolean
  readonly hasRecovery: boolean
  /** The panel of the semi-automatic tools is open. */
  readonly isFinding: boolean
}

/** What lies nearest: a decision that waits comes before what may be begun, and that before going on. */
export function choosePrimary({ isReviewing, preview, hasGrown, hasRecovery, isFinding }: RoiSituation): PrimaryAct {
  if (isReviewing) return 'useMask'
  if (preview === 'contourAtStart' || preview === 'contourEvolving') return 'evolve'
  if (preview !== 'none') return 'accept'
  if (hasGrown) return 'addGrown'
  if (hasRecovery) return 'restore'
  return isFinding ? 'findRegion' : 'features'
}
