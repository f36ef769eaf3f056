import type { Volume } from '../core/image/volume.ts'
import { imageIdOf } from '../core/study/study.ts'
import type { FoundVolume } from './images.ts'
import { findOpenSeries, takePhases } from './openSeries.ts'
import { noChoices, phaseId, type PhasesState } from './phases.ts'
import type { Readable } from './readable.ts'
import type { WorkListState } from './workList.ts'

/** The phases that can be gone through with an image. */
export interface SeriesInHand {
  /** By time, with the names that tell them apart; the first is what the others are compared with. */
  readonly phases: readonly FoundVolume[]
  /** Which of them it is. */
  readonly at: number
  /** Whether the study, a person or the files say so; else they are images of one grid, as T1 and T2 may be. */
  readonly isTold: boolean
}

export interface SeriesServices {
  /** Of the open image's visit; see `listPhasesOfVisit`. */
  readonly listPhases: () => readonly FoundVolume[]
  readonly phases: Readable<Pick<PhasesState, 'choices'>>
  readonly workList: Readable<Pick<WorkListState, 'records'>>
}

/**
 * The series that an image is a phase of, as the study says, else as a person chose or the files tell; null where it is none, or its only one.
 * @param image of the visit in hand
 */
export function findSeries({ listPhases, phases, workList }: SeriesServices, image: Volume): SeriesInHand | null {
  const id = phaseId(image)
  const images = listPhases()
  const { own: told, candidates, ownIds, key } = findOpenSeries(images, id)
  if (candidates.length < 2) return null
  const ofStudy = workList
    .getState()
    .records?.patients.find(({ dce }) => dce?.phases.some((phase) => phase.image === imageIdOf(id)))
  const isOfStudy = (one: FoundVolume) => ofStudy?.dce?.phases.some((phase) => phase.image === imageIdOf(one.id)) ?? false
  const own = ofStudy ? candidates.filter(isOfStudy).map((one) => one.id) : ownIds
  const chosen = phases.getState().choices[key]
  const taken = takePhases(candidates, own, chosen ?? noChoices).phases
  const at = taken.findIndex((phase) => phase.id === id)
  const isTold = ofStudy !== undefined || chosen !== undefined || (told !== undefined && (told.isDce || told.times.proved))
  return at >= 0 && taken.length > 1 ? { phases: taken, at, isTold } : null
}
