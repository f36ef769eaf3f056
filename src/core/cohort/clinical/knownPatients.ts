import { groupBy } from '../../numeric/groupBy.ts'
import type { ListedImage } from '../proposal/listedImage.ts'
import type { KnownPatient } from './clinicalStudy.ts'

/** The clinic's ID of a listed image's patient, as its header or its name has it; '' where neither does. */
export const clinicIdOf = ({ volume, named }: Pick<ListedImage, 'volume' | 'named'>): string =>
  (volume.source.dicom?.PatientID ?? named?.id ?? '').trim()

/** Under what an ID of the clinic is kept among what names a patient. Two patients of two centres may have the same. */
export const clinicKey = (id: string, label: string): string => JSON.stringify(['clinic', id, label])

/** The ID of the clinic in a key of a patient, see also `patientKey`; null where it has none. */
export function clinicIdIn(key: string): string | null {
  if (!/^\["(clinic|id)",/.test(key)) return null
  return (JSON.parse(key) as [string, string])[1].trim()
}

/** Patients who have one ID, which is nobody else's: a row of a table can be theirs. @param told all IDs of each, as often as they were told */
export function knownPatients(told: readonly { readonly label: string; readonly ids: readonly string[] }[]): KnownPatient[] {
  const pairs = told.flatMap(({ label, ids }) => {
    const own = new Set(ids.filter((id) => id !== ''))
    return own.size === 1 ? [{ label, id: [...own][0] }] : []
  })
  return [...groupBy(pairs, ({ id }) => id).values()].flatMap((same) => (same.length === 1 ? same : []))
}
