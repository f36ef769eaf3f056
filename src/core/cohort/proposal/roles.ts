import type { ListedVolume } from '../clusterPhases.ts'
import type { Condition, RoleRule, RoleSpec } from '../../study/roles.ts'
import { dixonImage } from '../dixonImage.ts'

/** What an image tells of what it is for: attributes by keyword, and those of `describeForRoles`. */
export type RoleFacts = Readonly<Record<string, string | number | undefined>>

/** The role of phases of the dynamic series; which of them is T1WI and T1WI+C goes by time and by uptake. */
export const dceRole = 'DCE'
/** An image has a role by its points from here on ... */
export const fewestPoints = 5
/** ... and if it leads by so many. */
export const smallestLead = 2

export interface RoleReason {
  readonly why: string
  readonly points: number
}

export interface RoleScore {
  readonly score: number
  readonly reasons: readonly RoleReason[]
}

export function scoreRole({ points }: RoleSpec, facts: RoleFacts): RoleScore {
  const reasons = points.flatMap(({ why, points: gained, any, otherwise = 0 }) => {
    const holds = any.some((all) => all.every((condition) => fulfils(condition, facts)))
    const counted = holds ? gained : otherwise
    return counted === 0 ? [] : [{ why, points: counted }]
  })
  return { score: reasons.reduce((sum, reason) => sum + reason.points, 0), reasons }
}

export function findRule(rules: readonly RoleRule[], facts: RoleFacts): RoleRule | undefined {
  return rules
    .filter(({ when }) => when.every((condition) => fulfils(condition, facts)))
    .sort((a, b) => a.at - b.at)
    .at(-1)
}

/** "All like it": of the same centre, description and model. */
export function ruleForAllLike(facts: RoleFacts, given: Pick<RoleRule, 'role' | 'by' | 'at'>): RoleRule {
  const fields = ['centre', 'description', 'ManufacturerModelName']
  return { when: fields.map((field) => ({ field, is: textOf(facts[field]) })), ...given }
}

/** What roles and rules look at. @param about what the study tells of the image */
export function describeForRoles(
  volume: ListedVolume,
  about: { readonly centre: string; readonly afterContrast: boolean; readonly isSetAside: boolean },
): RoleFacts {
  const { source, direction, size } = volume
  const dicom = source.dicom ?? {}
  const description = dicom.SeriesDescription ?? dicom.ProtocolName ?? source.series ?? ''
  return {
    ...dicom,
    description,
    words: [dicom.SeriesDescription, dicom.ProtocolName, dicom.SequenceName].filter(Boolean).join(' '),
    axialCosine: Math.abs(direction[8]),
    slices: size[2],
    centre: about.centre,
    afterContrast: about.afterContrast ? 'yes' : 'no',
    setAside: about.isSetAside ? 'yes' : 'no',
    ...(dixonImage(dicom) && { dixon: dixonImage(dicom) }),
  }
}

function fulfils(condition: Condition, facts: RoleFacts): boolean {
  const fact = facts[condition.field]
  if ('between' in condition) {
    const text = textOf(fact)
    const [least, most] = condition.between
    return text !== '' && Number(text) >= least && Number(text) <= most
  }
  if ('is' in condition) return textOf(fact) === textOf(condition.is)
  if ('contains' in condition) return textOf(fact).includes(textOf(condition.contains))
  const text = asWords(textOf(fact))
  return condition.words.some((words) => text.includes(asWords(words)))
}

function textOf(fact: string | number | undefined): string {
  return String(fact ?? '')
    .trim()
    .toLowerCase()
}

function asWords(text: string): string {
  return ` ${text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? ''} `
}
