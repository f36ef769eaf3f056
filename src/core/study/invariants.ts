import { hashCohorts } from './cohorts.ts'
import { replay, type JournalLine } from './journal.ts'
import { imageIdOf, type ImageRecord, type Patient, type Region, type Study, type StudyImage } from './study.ts'

/** What can be wrong with the records of a study, whatever was done to it. */
export type Broken =
  | { readonly code: 'reader-unknown' | 'finished-and-empty' | 'box-outside' | 'box-of-nothing'; readonly key: string }
  | { readonly code: 'journal-gap'; readonly seq: number }
  | { readonly code: 'journal-differs'; readonly key: string }
  /** Of cohorts: the key is a label, or the hash that is not theirs. */
  | { readonly code: 'cohort-not-frozen' | 'freeze-differs' | 'thaws-differ'; readonly key: string }
  | {
      readonly code:
        | 'patient-unknown'
        | 'role-twice'
        | 'role-unknown'
        | 'grid-differs'
        | 'excluded-in-cohort'
        | 'excluded-without-reason'
        | 'not-text'
        | 'label-twice'
        | 'times-not-rising'
        | 'peak-before-contrast'
        | 'phase-unknown'
      /** ID of the patient or image. */
      readonly key: string
    }

/** A region with the key that it is kept under, and its image. */
export type KeyedRegion = Region & ImageRecord & { readonly key: string }

/** What must hold after each act. @returns what does not, none where all is well */
export function findBroken(study: Study, regions: readonly KeyedRegion[], journal: readonly JournalLine[]): readonly Broken[] {
  return [...regions.flatMap((region) => findBrokenIn(study, region)), ...findGaps(journal), ...compare(regions, journal)]
}

/** What must hold of a region alone. */
export function findBrokenIn(
  { readers }: Pick<Study, 'readers'>,
  {
    key,
    reader,
    progress,
    voxelCount,
    box,
    size,
  }: Pick<KeyedRegion, 'key' | 'reader' | 'progress' | 'voxelCount' | 'box' | 'size'>,
): Broken[] {
  const isOutside = box !== null && [0, 1, 2].some((axis) => box.lower[axis] < 0 || box.upper[axis] >= size[axis])
  return [
    ...(readers.some(({ id }) => id === reader) ? [] : [{ code: 'reader-unknown', key } as const]),
    ...(voxelCount === 0 && (progress === 'complete' || progress === 'locked')
      ? [{ code: 'finished-and-empty', key } as const]
      : []),
    ...(isOutside ? [{ code: 'box-outside', key } as const] : []),
    ...(box === null && voxelCount > 0 ? [{ code: 'box-of-nothing', key } as const] : []),
  ]
}

function findGaps(journal: readonly JournalLine[]): Broken[] {
  return journal.flatMap(({ seq }, i) => (seq === i + 1 ? [] : [{ code: 'journal-gap', seq } as const])).slice(0, 1)
}

function compare(regions: readonly KeyedRegion[], journal: readonly JournalLine[]): Broken[] {
  const told = replay(journal)
  const there = new Map(regions.map(({ key, progress }) => [key, progress]))
  return [...new Set([...told.keys(), ...there.keys()])]
    .filter((key) => told.get(key) !== there.get(key))
    .map((key) => ({ code: 'journal-differs', key }))
}

/**
 * What must hold of cohorts: a patient is in one if and only if it was fixed so, and excluded, in a cohort or neither, never two of it; a hash
 * is that of what was fixed.
 * @returns what does not, none where all is well
 */
export function findBrokenCohorts(
  { freeze, thaws }: Pick<Study, 'freeze' | 'thaws'>,
  patients: readonly Pick<Patient, 'label' | 'cohort' | 'exclusion'>[],
  journal: readonly JournalLine[],
): readonly Broken[] {
  const frozen = new Map<string, string>(freeze?.members)
  const now = new Map(patients.map((patient) => [patient.label, patient]))
  const told = journal.filter(({ act }) => act === 'thaw-cohorts').length
  // A hash stays that of those who were fixed, also of one who withdrew since.
  const erased = new Set(journal.flatMap(({ act, subject }) => (act === 'erase-patient' ? [subject] : [])))
  return [
    ...[...new Set([...frozen.keys(), ...now.keys()])].flatMap((label) => {
      const patient = now.get(label)
      if (!patient && erased.has(label)) return []
      const isSo = (frozen.get(label) ?? null) === (patient?.cohort ?? null) && !(frozen.has(label) && patient?.exclusion)
      return isSo ? [] : [{ code: 'cohort-not-frozen', key: label } as const]
    }),
    ...(freeze && hashCohorts(freeze.plan, freeze.members) !== freeze.hash
      ? [{ code: 'freeze-differs', key: freeze.hash } as const]
      : []),
    // Another copy of the study may have been thawed more often.
    ...(thaws < told ? [{ code: 'thaws-differ', key: String(told) } as const] : []),
  ]
}

/** What must hold of patients and images, and of the regions that lie on those. @returns what does not, none where all is well */
export function findBrokenRecords(
  { roles }: Pick<Study, 'roles'>,
  patients: readonly Patient[],
  images: readonly StudyImage[],
  regions: readonly Pick<KeyedRegion, 'key' | 'image' | 'size'>[],
): readonly Broken[] {
  const known = new Set(patients.map(({ id }) => id))
  const imageIds = new Map(images.map((image) => [image.id, image]))
  const taken = new Set<string>()
  const isTaken = (key: string) => taken.size === taken.add(key).size
  const broken = (code: Extract<Broken, { key: string }>['code'], key: string, isSo: boolean) =>
    isSo ? [{ code, key } as Broken] : []
  return [
    ...patients.flatMap(({ id, label, exclusion, cohort, dce }) => [
      ...broken('not-text', id, ![id, label].every((text: unknown) => typeof text === 'string')),
      ...broken('label-twice', id, isTaken(`label ${label}`)),
      ...broken('excluded-in-cohort', id, exclusion !== null && cohort !== null),
      ...broken('excluded-without-reason', id, exclusion?.reason.trim() === ''),
      ...broken('times-not-rising', id, dce?.phases.some(({ timeS }, i, all) => i > 0 && timeS <= all[i - 1].timeS) ?? false),
      ...broken('peak-before-contrast', id, dce?.peak === 0),
      ...broken('phase-unknown', id, dce?.phases.some(({ image }) => imageIds.get(image)?.patient !== id) ?? false),
    ]),
    ...images.flatMap(({ id, patient, role }) => [
      ...broken('not-text', id, typeof (id as unknown) !== 'string'),
      ...broken('patient-unknown', id, !known.has(patient)),
      ...broken('role-unknown', id, role !== null && !roles.some((spec) => spec.id === role)),
      ...broken('role-twice', id, role !== null && isTaken(`role ${patient} ${role}`)),
    ]),
    ...regions.flatMap(({ key, image, size }) => {
      const lies = imageIds.get(imageIdOf(image))
      return broken('grid-differs', key, lies !== undefined && lies.grid.size.join() !== size.join())
    }),
  ]
}
