/** How far a region is: nothing drawn, being drawn, done, or done for good, until it is unlocked. */
export type RoiProgress = 'empty' | 'inProgress' | 'complete' | 'locked'

/** How far a region is, who brought it there and when (milliseconds since 1970). */
export interface RoiStatus {
  readonly progress: RoiProgress
  readonly by: string
  readonly at: number
}

/** What is known of a region that was kept. */
export interface KeptStatus {
  readonly progress: RoiProgress
  readonly readerName: string
  readonly changedAt: number
}

/** Of a region that is kept. */
export const statusOf = ({ progress, readerName, changedAt }: KeptStatus): RoiStatus => ({
  progress,
  by: readerName,
  at: changedAt,
})

/** A region that is changed is in progress again, whatever it was before. */
export const progressOnceChanged = (voxelCount: number): RoiProgress => (voxelCount === 0 ? 'empty' : 'inProgress')

/**
 * How far the other reader is. A region that was locked in another session stays so, since this one cannot unlock it.
 * @param here in this session, if the region is in it @param kept as it was kept, if it is
 */
export function otherReadersProgress(here: RoiProgress | undefined, kept: KeptStatus | undefined): RoiProgress {
  const keptProgress = kept && statusOf(kept).progress
  return keptProgress === 'locked' ? 'locked' : (here ?? keptProgress ?? 'empty')
}
