import type { ListedVolume } from '../core/cohort/clusterPhases.ts'
import type { VolumeIdentity } from '../core/image/volume.ts'
import { lesionSuffix } from '../core/study/lesions.ts'
import type { LesionId, ReaderId } from '../core/study/study.ts'
import type { RegionName } from './extraction.ts'
import type { FoundVolume } from './images.ts'
import { findPatient, type PatientImage, type PatientsState } from './patients.ts'
import { phaseId } from './phases.ts'

type Patients = Pick<PatientsState, 'patients'>

/**
 * What a reader's region is called in files and tables: never by a patient's name or ID, nor by a path, which often holds them.
 * `stem` is `<patient>_<sequence>_<reader>`, with the lesion from the second on.
 */
export function nameRegion(
  patients: Patients,
  { imageId, reader, lesion }: { readonly imageId: string; readonly reader: ReaderId; readonly lesion: LesionId },
): RegionName {
  const patient = findPatient(patients, imageId)
  const image = patient?.images.find(({ found }) => found.id === imageId)
  // An image that the user calls a mask while it is open is no patient's.
  const label = patient?.label ?? 'P0000'
  return { label, stem: `${label}_${image?.sequence ?? 'image'}_reader-${reader}${lesionSuffix(lesion)}` }
}

/** By which an image's patient is found: its own, or that of the image which it was made of. */
export const patientIdentity = ({ source: { identity, derived } }: ListedVolume): VolumeIdentity | undefined =>
  identity ?? derived?.from

/** The images of an image's patient, visit by visit in the order of time, with the names that tell them apart; it is among them. */
export function listImagesOfPatient(patients: Patients, imageId: string | undefined): readonly PatientImage[] {
  return findPatient(patients, imageId)?.images ?? []
}

/**
 * Those of an image's visit by their content, as what was chosen of phases goes: the same image opened twice is one. What was made of phases
 * is none of them.
 */
export function listPhasesOfVisit(patients: Patients, imageId: string | undefined): readonly FoundVolume[] {
  const visits = findPatient(patients, imageId)?.visits ?? []
  const images = visits.find((visit) => visit.images.some(({ found }) => found.id === imageId))?.images ?? []
  const phases = images
    .filter(({ found }) => !found.volume.source.derived)
    .map(({ found, name }) => ({ ...found, name, id: phaseId(found.volume) }))
  return phases.filter(({ id }, i) => phases.findIndex((other) => other.id === id) === i)
}
