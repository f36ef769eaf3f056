import type { RoiProgress } from '../mask/progress.ts'

/** What is done to a region: each has one way through its states. */
export type RegionAct = 'draw' | 'done' | 'reopen' | 'lock' | 'unlock' | 'clear'

const ways: Readonly<Record<RegionAct, Readonly<Partial<Record<RoiProgress, RoiProgress>>>>> = {
  draw: { empty: 'inProgress', inProgress: 'inProgress', complete: 'inProgress' },
  done: { inProgress: 'complete' },
  reopen: { complete: 'inProgress' },
  lock: { complete: 'locked' },
  unlock: { locked: 'complete' },
  clear: { empty: 'empty', inProgress: 'empty', complete: 'empty' },
}

/** A region, and what is around it. */
export interface RegionSituation {
  readonly progress: RoiProgress
  readonly otherProgress: RoiProgress
  readonly voxelCount: number
  /** A region of an earlier session waits for a decision. */
  readonly isRecoveryWaiting: boolean
  /** Another tab has its image, and keeps its own region. */
  readonly isOpenElsewhere: boolean
  readonly isExcluded: boolean
  /** How far the first reading is, for a second one by the same person. */
  readonly firstReading?: RoiProgress | undefined
}

export type RegionRefusal =
  'bothLocked' | 'nothingDrawn' | 'recoveryWaiting' | 'openElsewhere' | 'locked' | 'excluded' | 'firstNotLocked'

/** What comes of an act: the state after it, or why it is not done. A state that an act does not concern stays. */
export function actOnRegion(
  situation: RegionSituation,
  act: RegionAct,
): { readonly to: RoiProgress } | { readonly refused: RegionRefusal } {
  const refused = whyNot(situation, act)
  return refused ? { refused } : { to: ways[act][situation.progress] ?? situation.progress }
}

function whyNot(
  { progress, otherProgress, voxelCount, isRecoveryWaiting, isOpenElsewhere, isExcluded, firstReading }: RegionSituation,
  act: RegionAct,
): RegionRefusal | null {
  if (act === 'unlock') return progress === 'locked' && otherProgress === 'locked' ? 'bothLocked' : null
  if (progress === 'locked') return act === 'draw' || act === 'clear' ? 'locked' : null
  if (act === 'draw')
    return isExcluded ? 'excluded' : firstReading !== undefined && firstReading !== 'locked' ? 'firstNotLocked' : null
  if (act !== 'done' && act !== 'lock') return null
  if (voxelCount === 0) return 'nothingDrawn'
  if (isRecoveryWaiting) return 'recoveryWaiting'
  return act === 'lock' && isOpenElsewhere ? 'openElsewhere' : null
}

const pathTo: Readonly<Record<Exclude<RoiProgress, 'empty'>, readonly RegionAct[]>> = {
  inProgress: ['unlock', 'reopen'],
  complete: ['unlock', 'done'],
  locked: ['done', 'lock'],
}

/** Why a region cannot be brought there by a person, be it by several acts; null where it can. */
export function refuseProgress(situation: RegionSituation, wanted: Exclude<RoiProgress, 'empty'>): RegionRefusal | null {
  let { progress } = situation
  for (const act of pathTo[wanted]) {
    if (progress === wanted) break
    const done = actOnRegion({ ...situation, progress }, act)
    if ('refused' in done) return done.refused
    progress = done.to
  }
  return progress === wanted ? null : 'nothingDrawn'
}
