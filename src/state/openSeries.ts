import { findPhases, type DynamicSeries } from '../core/cohort/findPhases.ts'
import { factsOf } from '../core/cohort/orderByTime.ts'
import { timePhases, type PhaseTimes } from '../core/cohort/timePhases.ts'
import { compareGeometry } from '../core/mask/compareGeometry.ts'
import type { FoundVolume } from './images.ts'
import { seriesKey, type PhaseChoices, type TimedImage } from './phases.ts'

/** An image that may be a phase; `id` is its `phaseId`, by which a person's choices go. */
export type PhaseImage = Pick<FoundVolume, 'id' | 'volume'>

/** The series that the open image may be a phase of. */
export interface OpenSeries<T> {
  /** Every series of the visit; phases are indices of its images. */
  readonly found: readonly DynamicSeries[]
  /** That of the open image, as the files tell it. */
  readonly own: DynamicSeries | undefined
  /** Images that may be its phases: those of `own`, and what lies on the grid of the open image. */
  readonly candidates: readonly T[]
  /** Of the candidates, those of `own`; where there is none, all. */
  readonly ownIds: readonly string[]
  /** By which its choices are kept, see `seriesKey`. */
  readonly key: string
}

/** @param images of one visit */
export function findOpenSeries<T extends PhaseImage>(images: readonly T[], openId: string): OpenSeries<T> {
  const at = images.findIndex(({ id }) => id === openId)
  const found = findPhases(images.map(({ volume }) => volume))
  const own = found.find(({ phases }) => phases.includes(at))
  // A volume before contrast that was scanned a little differently belongs to the series too.
  const candidates = images.filter(
    ({ volume }, i) => own?.phases.includes(i) || (at >= 0 && compareGeometry(images[at].volume, volume).length === 0),
  )
  const ids = candidates.map(({ id }) => id)
  return { found, own, candidates, ownIds: own ? own.phases.map((at) => images[at].id) : ids, key: seriesKey(ids) }
}

/** Phases as a person ordered them, or else the files. */
export interface TakenPhases<T> {
  /** Candidates that are no phases. */
  readonly left: readonly string[]
  /** Candidates that are, in the order of the candidates. */
  readonly taken: readonly T[]
  /** Of `taken`, as the files tell them. */
  readonly times: PhaseTimes
  /** By time. */
  readonly phases: readonly T[]
  /** Of `phases`, in the order in which a person may still be typing them. */
  readonly rows: readonly TimedImage[]
}

/** @param own of the candidates, those that the files count among the series */
export function takePhases<T extends PhaseImage>(
  candidates: readonly T[],
  own: readonly string[],
  { left: chosen, source, byHand }: PhaseChoices,
): TakenPhases<T> {
  const left = chosen ?? candidates.map(({ id }) => id).filter((id) => !own.includes(id))
  const taken = candidates.filter(({ id }) => !left.includes(id))
  const times = timePhases(
    taken.map(({ volume }) => factsOf(volume)),
    { ...(source && { chosen: source }) },
  )
  const rows =
    byHand?.filter(({ id }) => !left.includes(id)) ?? times.order.map((at, i) => ({ id: taken[at].id, timeS: times.timesS[i] }))
  const byId = new Map(taken.map((image) => [image.id, image]))
  const phases = [...rows].sort((a, b) => a.timeS - b.timeS).map(({ id }) => byId.get(id)!)
  return { left, taken, times, phases, rows }
}
