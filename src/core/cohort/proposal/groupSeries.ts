import { compare } from '../../numeric/compare.ts'
import { groupBy } from '../../numeric/groupBy.ts'
import type { DceSet } from '../../study/study.ts'
import type { ProposedImage, ProposedStudy } from './proposeStudy.ts'
import type { RoleFacts, RoleReason } from './roles.ts'

/** Images that are called alike and come from one kind of scanner, of all patients or of one. */
export interface SeriesGroup {
  /** Unlike any other group's. */
  readonly key: string
  readonly description: string
  /** Model and field strength. */
  readonly scanner: string
  /** Labels. */
  readonly patients: readonly string[]
  readonly images: readonly ProposedImage[]
  /** Which roles they have, null for those without; the most frequent first. */
  readonly roles: readonly { readonly role: string | null; readonly images: readonly ProposedImage[] }[]
  /** Dynamic series that they are phases of. */
  readonly series: readonly DceSet[]
  /** One of the first role's. */
  readonly example: ProposedImage
}

/** @param by 'series': whoever's; the largest first. 'patient': each patient's by themselves, by label */
export function groupSeries({ images, patients }: ProposedStudy, by: 'series' | 'patient'): readonly SeriesGroup[] {
  const seriesOf = new Map(patients.flatMap(({ dce }) => (dce ? dce.phases.map(({ image }) => [image, dce] as const) : [])))
  const keyOf = ({ facts, label }: ProposedImage) =>
    JSON.stringify([by === 'patient' ? label : '', facts.description, scannerOf(facts)])
  const groups = [...groupBy(images, keyOf)].map(([key, own]): SeriesGroup => {
    const roles = [...groupBy(own, ({ role }) => role ?? '')]
      .map(([role, alike]) => ({ role: role === '' ? null : role, images: alike }))
      .sort((a, b) => Number(a.role === null) - Number(b.role === null) || b.images.length - a.images.length)
    const [{ facts }] = own
    return {
      key,
      description: String(facts.description ?? ''),
      scanner: scannerOf(facts),
      patients: [...new Set(own.map(({ label }) => label))],
      images: own,
      roles,
      series: [...new Set(own.flatMap(({ id }) => seriesOf.get(id) ?? []))],
      example: roles[0].images[0],
    }
  })
  if (by === 'series') return groups.sort((a, b) => b.images.length - a.images.length)
  return groups.sort((a, b) => compare(a.patients[0], b.patients[0]))
}

function scannerOf({ MagneticFieldStrength, ManufacturerModelName, Manufacturer }: RoleFacts): string {
  return [ManufacturerModelName ?? Manufacturer, MagneticFieldStrength && `${MagneticFieldStrength} T`].filter(Boolean).join(', ')
}

/** Why an image has its role, or how near it came to one. */
export interface RoleGrounds {
  readonly reasons: readonly RoleReason[]
  readonly score: number
  /** Points before the next image of its patient; null where there is none, or it is not the first. */
  readonly lead: number | null
}

/** Null for a phase of a dynamic series, and where a role is not told by points. */
export function groundsOf({ id, role, label, scores }: ProposedImage, { patients }: ProposedStudy): RoleGrounds | null {
  const [first] = Object.entries(scores)
  const [name, score] = role !== null && role in scores ? [role, scores[role]] : (first ?? [])
  if (name === undefined || score === undefined) return null
  const options = patients.find((patient) => patient.label === label)?.roles.find((one) => one.role === name)?.decision.options
  const others = (options ?? []).flatMap((option) => (option.id === id ? [] : (option.score ?? [])))
  const lead = score.score - Math.max(...others)
  return { ...score, lead: role === name && Number.isFinite(lead) && lead >= 0 ? lead : null }
}
