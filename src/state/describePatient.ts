import type { ListedImage } from '../core/cohort/proposal/listedImage.ts'
import { imagesOfRoles, proposeVisit } from '../core/cohort/proposal/proposeVisit.ts'
import type { RoleSpec } from '../core/study/roles.ts'
import { technicalOf } from '../core/study/technical.ts'
import type { StudyImage } from '../core/study/study.ts'
import type { FoundPatient } from '../storage/patientRecordStore.ts'
import type { FoundVolume } from './images.ts'
import type { OpenPatient } from './patients.ts'

/**
 * The open images of a patient as records of the study: of her first visit, the images that are known by their files. Roles are proposed
 * as those of a study that is imported are; a person may say otherwise.
 */
export function describePatient(
  { label, visits }: Pick<OpenPatient, 'label' | 'visits'>,
  roles: readonly RoleSpec[],
): FoundPatient {
  const listed = (visits[0]?.images ?? []).flatMap(({ found, name }) => {
    const { identity } = found.volume.source
    return identity ? [{ found, name, identity }] : []
  })
  // The same image opened twice is one.
  const images = listed.filter(({ identity }, i) => listed.findIndex((one) => one.identity.image === identity.image) === i)
  const visit = proposeVisit(
    images.map(({ found, identity }) => asListed(found, identity.image, label, roles)),
    { centre: '', rules: [], answers: [], roles, rejected: new Set() },
  )
  const byImage = imagesOfRoles(visit, roles)
  return {
    label,
    dce: visit.dce,
    images: images.map(({ found: { volume }, name, identity }, i) => ({
      id: identity.image,
      role: byImage.get(identity.image) ?? null,
      roleFrom: visit.images[i].roleFrom ?? 'score',
      grid: { size: volume.size, spacingMm: volume.spacingMm, originMm: volume.originMm, direction: volume.direction },
      technical: pickTechnical(volume.source.dicom),
      content: identity.content,
      name,
    })),
  }
}

/** A file without a header is called by its role where that is a word of its name; of several the longest: T1WI stands in T1WI+C too. */
function asListed({ volume }: FoundVolume, id: string, patient: string, roles: readonly RoleSpec[]): ListedImage {
  const { dicom, path } = volume.source
  if (dicom) return { id, volume }
  const called = roles.filter((role) => hasWord(path, role.id)).sort((a, b) => b.id.length - a.id.length)[0] as
    RoleSpec | undefined
  return { id, volume, ...(called && { named: { id: patient, role: called.id } }) }
}

/** What no person wrote: that may name a patient, who may be the only one here. */
function pickTechnical(dicom: FoundVolume['volume']['source']['dicom']): StudyImage['technical'] {
  const keys = technicalOf('number', 'text', 'grid')
  return Object.fromEntries(keys.flatMap((key) => (dicom?.[key] ? [[key, dicom[key]]] : [])))
}

/** As a word of its own in the last part of a path, whatever its case. */
function hasWord(path: string, word: string): boolean {
  const name = path.split('/').at(-1)!.toLowerCase()
  const at = name.indexOf(word.toLowerCase())
  const isLetter = (char: string | undefined) => char !== undefined && /[a-z0-9+]/.test(char)
  return at >= 0 && !isLetter(name[at - 1]) && !isLetter(name[at + word.length])
}
