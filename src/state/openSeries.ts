import { findPhases, type DynamicSeries } from '../core/cohort/findPhases.ts'
import { factsOf } from '../core/cohort/orderByTime.ts'
import { timePhases, type PhaseTimes } from '../core/cohort/timePhases.ts'
import { compareGeometry } from '../core/mask/compareGeometry.ts'
import type { FoundVolume } from './images.ts'
import { seriesKey, type PhaseChoices } from './phases.ts'

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
  return { found, own, candidates, key: seriesKey(candidates.map(({ id }) => id)) }
}

/** Candidates that are no phases: those that a person left out, else those that the files do not count among the series. */
export function leftOut(
  candidates: readonly PhaseImage[],
  own: readonly string[],
  chosen: PhaseChoices['left'] | undefined,
): readonly string[] {
  return chosen ?? candidates.map(({ id }) => id).filter((id) => !own.includes(id))
}

/** The candidates that are phases, and their times as the files tell them; an order set by hand is not looked at. */
export function timeTaken<T extends PhaseImage>(
  candidates: readonly T[],
  left: readonly string[],
  source: PhaseChoices['source'] | undefined,
): { readonly taken: readonly T[]; readonly times: PhaseTimes } {
  const taken = candidates.filter(({ id }) => !left.includes(id))
  const facts = taken.map(({ volume }) => factsOf(volume))
  return { taken, times: timePhases(facts, { ...(source && { chosen: source }) }) }
}
