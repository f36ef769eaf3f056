import { namingWords, textsThatMayLeave } from '../../study/freeText.ts'
import type { RoleSpec } from '../../study/roles.ts'
import type { DceSet, Decision, Patient, ReaderId, StudyImage } from '../../study/study.ts'
import { technicalOf } from '../../study/technical.ts'
import { firstLesion, nothingTold } from '../../study/unnamedStudy.ts'
import { clinicIdOf, clinicKey } from '../clinical/knownPatients.ts'
import type { ListedImage } from './listedImage.ts'
import type { ProposedPatient, ProposedStudy } from './proposeStudy.ts'
import { imagesOfRoles } from './proposeVisit.ts'

/** A patient as an import puts her into the study. */
export interface ImportedPatient {
  readonly patient: Patient
  readonly images: readonly StudyImage[]
  /** What her images are known by; they name her and stay where names are kept. */
  readonly keys: readonly string[]
}

export interface ImportedStudy {
  readonly patients: readonly ImportedPatient[]
  /** Each is taken as it was proposed, where something was; the others wait. */
  readonly decisions: readonly Decision[]
}

export interface RecordsOptions {
  readonly roles: readonly RoleSpec[]
  /** What the study has of an earlier import: what a person said of patients and images stays. */
  readonly before: { readonly patients: readonly Patient[]; readonly images: readonly StudyImage[] }
  readonly newId: () => string
  /** Who takes the proposal, and when in milliseconds since 1970. */
  readonly by: ReaderId
  readonly at: number
}

/** A proposal that a person takes, as records of the study, in which nothing but `keys` tells who a patient is. */
export function studyRecords(
  study: ProposedStudy,
  listed: readonly ListedImage[],
  { roles, before, newId, by, at }: RecordsOptions,
): ImportedStudy {
  const volumes = new Map(listed.map(({ id, volume }) => [id, volume]))
  const idOf = new Map(listed.map((image) => [image.id, clinicIdOf(image)]))
  const clinicKeys = (label: string) => {
    const ids = study.images.flatMap((image) => (image.label === label ? [idOf.get(image.id) ?? ''] : []))
    return [...new Set(ids)].filter((id) => id !== '').map((id) => clinicKey(id, label))
  }
  const technicalOfImage = pickTechnical(study, listed)
  const knownPatients = new Map(before.patients.map((patient) => [patient.label, patient]))
  const knownImages = new Map(before.images.map((image) => [image.id, image]))

  const describeImages = (patient: Patient, proposed: ProposedPatient): StudyImage[] => {
    const own = study.images.filter(({ label }) => label === patient.label)
    const said = new Map(
      own.flatMap(({ id }) => {
        const known = knownImages.get(id)
        return known?.roleFrom === 'person' ? [[id, known.role] as const] : []
      }),
    )
    const taken = new Set(said.values())
    const byImage = imagesOfRoles({ roles: proposed.roles, dce: patient.dce }, roles)
    return own.map(({ id, roleFrom }): StudyImage => {
      const { size, spacingMm, originMm, direction } = volumes.get(id)!
      const proposedRole = byImage.get(id) ?? null
      const role = said.has(id) ? said.get(id)! : taken.has(proposedRole) ? null : proposedRole
      return {
        id,
        patient: patient.id,
        role,
        roleFrom: said.has(id) ? 'person' : (roleFrom ?? 'score'),
        grid: { size, spacingMm, originMm, direction },
        technical: technicalOfImage(id),
        content: knownImages.get(id)?.content ?? null,
      }
    })
  }

  return {
    patients: study.patients.map((proposed): ImportedPatient => {
      const { label, centre, batch, keys } = proposed
      const known = knownPatients.get(label)
      const dce = proposed.dce && withPeak(proposed.dce, known?.dce ?? null)
      const patient = { ...(known ?? { id: newId(), lesions: [{ id: firstLesion }], ...nothingTold }), label, centre, batch, dce }
      return { patient, images: describeImages(patient, proposed), keys: [...keys, ...clinicKeys(label)] }
    }),
    decisions: study.decisions.map((decision) => ({
      ...decision,
      chosen: decision.chosen ?? (decision.proposed === null ? null : { option: decision.proposed, by, at }),
    })),
  }
}

/** Phases may have come: the one of the highest uptake is the image that it was. */
function withPeak(dce: DceSet, before: DceSet | null): DceSet {
  if (typeof before?.peak !== 'number') return dce
  const peak = dce.phases.findIndex(({ image }) => image === before.phases[before.peak!].image)
  return peak > 0 ? { ...dce, peak, curve: before.curve } : dce
}

/** Texts are kept where several patients share them and no word of them names somebody. */
function pickTechnical({ images }: ProposedStudy, listed: readonly ListedImage[]): (id: string) => StudyImage['technical'] {
  const headers = new Map(listed.map(({ id, volume }) => [id, volume.source.dicom ?? {}]))
  const naming = namingWords([...headers.values()])
  const shared = new Map(
    technicalOf('text', 'free').map((key) => {
      const told = images.map(({ id, label }) => ({ text: headers.get(id)?.[key] ?? '', patient: label }))
      return [key, textsThatMayLeave(told, naming)] as const
    }),
  )
  const plain = technicalOf('number', 'grid')
  return (id) => {
    const header = headers.get(id) ?? {}
    const isNumber = (text: string) => /^[\d\s.\\eE+-]*$/.test(text)
    return Object.fromEntries([
      ...plain.flatMap((key) => (header[key] && isNumber(header[key]) ? [[key, header[key]]] : [])),
      ...[...shared].flatMap(([key, texts]) => (header[key] && texts.has(header[key]) ? [[key, header[key]]] : [])),
    ])
  }
}
