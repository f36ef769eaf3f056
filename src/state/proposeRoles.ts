import { chooseBaseline } from '../core/cohort/chooseBaseline.ts'
import { setAside } from '../core/cohort/clusterPhases.ts'
import { findPhases } from '../core/cohort/findPhases.ts'
import { technicalKeys, type DceSet, type RoleId, type RoleSpec, type StudyImage } from '../core/study/study.ts'
import type { FoundPatient } from '../storage/patientRecordStore.ts'
import type { FoundVolume } from './images.ts'
import type { OpenPatient } from './patients.ts'

/**
 * The open images of a patient as records of the study: of her first visit, the images that are known by their files. Roles go by the
 * names of files without a header, else by the dynamic series and by the echo time; a person may say otherwise.
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
  const { byImage, dce } = proposeRoles(
    images.map(({ found }) => found),
    roles,
  )
  return {
    label,
    dce: dce && { ...dce, phases: dce.phases.map(({ at, timeS }) => ({ image: images[at].identity.image, timeS })) },
    images: images.map(({ found: { volume }, name, identity }, i) => ({
      id: identity.image,
      role: byImage[i] ?? null,
      roleFrom: 'score',
      grid: { size: volume.size, spacingMm: volume.spacingMm, originMm: volume.originMm, direction: volume.direction },
      technical: pickTechnical(volume.source.dicom),
      content: identity.content,
      name,
    })),
  }
}

function pickTechnical(dicom: FoundVolume['volume']['source']['dicom']): StudyImage['technical'] {
  return Object.fromEntries(technicalKeys.flatMap((key) => (dicom?.[key] ? [[key, dicom[key]]] : [])))
}

type ProposedDce = Omit<DceSet, 'phases'> & { readonly phases: readonly { readonly at: number; readonly timeS: number }[] }

function proposeRoles(
  images: readonly FoundVolume[],
  roles: readonly RoleSpec[],
): { readonly byImage: readonly (RoleId | undefined)[]; readonly dce: ProposedDce | null } {
  const byImage: (RoleId | undefined)[] = images.map(() => undefined)
  const give = (role: RoleId, at: number | undefined) => {
    if (at !== undefined && at >= 0 && byImage[at] === undefined && !byImage.includes(role)) byImage[at] = role
  }
  // The longest first: T1WI stands in T1WI+C too.
  for (const { id } of [...roles].sort((a, b) => b.id.length - a.id.length)) {
    const named = images.flatMap(({ volume }, at) =>
      !volume.source.dicom && hasWord(volume.source.path, id) && byImage[at] === undefined ? [at] : [],
    )
    if (named.length === 1) give(id, named[0])
  }
  const volumes = images.map(({ volume }) => volume)
  const series = findPhases(volumes).find(({ isDce }) => isDce)
  const baseline = series && chooseBaseline(series, undefined)
  const phaseRole = (phase: RoleSpec['phase']) => roles.find((role) => role.phase === phase)?.id
  const [first, peak] = [phaseRole('first'), phaseRole('peak')]
  if (first !== undefined) give(first, baseline?.before)
  if (peak !== undefined) give(peak, baseline?.after)
  const reasons = setAside(volumes)
  const slow = images.flatMap(({ volume: { source } }, at) =>
    Number(source.dicom?.EchoTime ?? NaN) >= 60 && reasons[at] === undefined && !source.dicom?.DiffusionBValue ? [at] : [],
  )
  const other = roles.find(({ phase }) => phase === undefined)?.id
  // Of several a person chooses.
  if (other !== undefined && slow.length === 1) give(other, slow[0])
  return {
    byImage,
    dce: series
      ? { phases: series.phases.map((at, i) => ({ at, timeS: series.times.timesS[i] })), peak: null, curve: null }
      : null,
  }
}

/** As a word of its own in the last part of a path, whatever its case. */
function hasWord(path: string, word: string): boolean {
  const name = path.split('/').at(-1)!.toLowerCase()
  const at = name.indexOf(word.toLowerCase())
  const isLetter = (char: string | undefined) => char !== undefined && /[a-z0-9+]/.test(char)
  return at >= 0 && !isLetter(name[at - 1]) && !isLetter(name[at + word.length])
}
