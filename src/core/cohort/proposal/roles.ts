import type { ListedVolume } from '../clusterPhases.ts'
import { dixonImage } from '../dixonImage.ts'

/** What an image tells of what it is for: attributes by keyword, and those of `describeForRoles`. */
export type RoleFacts = Readonly<Record<string, string | number | undefined>>

/** On one field. `is` and `contains` do not tell capitals from small letters. */
export type Condition =
  | { readonly field: string; readonly is: string }
  /** Part of the text. */
  | { readonly field: string; readonly contains: string }
  /** One of these words, or rows of words, parted in the text by what is no letter and no digit. */
  | { readonly field: string; readonly words: readonly string[] }
  /** Ends count. */
  | { readonly field: string; readonly between: readonly [number, number] }

export interface RolePoints {
  /** Names the reason. */
  readonly why: string
  readonly points: number
  /** They count where all conditions of one of these hold. */
  readonly any: readonly (readonly Condition[])[]
  /** Where none does. */
  readonly otherwise?: number
}

/** What tells the images of a role. */
export interface RoleSpec {
  readonly role: string
  readonly points: readonly RolePoints[]
  /** What files without headers call it, in small letters without other characters. */
  readonly names: readonly string[]
  /** Of a patient with a dynamic series it is the phase before contrast, or the one of the highest uptake, which voxels tell. */
  readonly phase?: 'first' | 'highest'
}

/** The role of phases of the dynamic series; which of them is T1WI and T1WI+C goes by time and by uptake. */
export const dceRole = 'DCE'
/** An image has a role by its points from here on ... */
export const fewestPoints = 5
/** ... and if it leads by so many. */
export const smallestLead = 2

const cosineOf30Degrees = 0.866025

/** Fat-suppressed T2, by the points of the study's design. */
const fst2wi: RoleSpec = {
  role: 'FST2WI',
  names: ['fst2wi', 'fst2', 't2fs', 't2wifs', 't2', 't2w', 't2wi', 'stir', 'tirm'],
  points: [
    {
      why: 'long-echo',
      points: 3,
      any: [
        [
          { field: 'EchoTime', between: [60, Infinity] },
          { field: 'ScanningSequence', words: ['se', 'spin'] },
        ],
      ],
    },
    { why: 'axial', points: 3, any: [[{ field: 'axialCosine', between: [cosineOf30Degrees, 1.01] }]], otherwise: -4 },
    {
      why: 'fat-suppressed',
      points: 3,
      any: [
        [{ field: 'ScanOptions', words: ['fs', 'sfs'] }],
        [{ field: 'SpectrallySelectedSuppression', words: ['fat'] }],
        [{ field: 'InversionTime', between: [120, 260] }],
        [{ field: 'words', words: ['fs', 'fatsat', 'spair', 'spir', 'stir', 'tirm', 'ideal water', 'dixon w'] }],
        [{ field: 'dixon', is: 'water' }],
      ],
    },
    {
      why: 'called-t2',
      points: 2,
      any: [[{ field: 'words', words: ['t2', 't2w', 'et2w', 't2wi', 't2fs', 'fst2', 'tse', 'fse', 'frfse'] }]],
    },
    {
      why: 'diffusion',
      points: -6,
      any: [[{ field: 'DiffusionBValue', between: [0, Infinity] }], [{ field: 'words', words: ['dwi', 'adc'] }]],
    },
    { why: 'after-contrast', points: -2, any: [[{ field: 'afterContrast', is: 'yes' }]] },
    { why: 'set-aside', points: -6, any: [[{ field: 'setAside', is: 'yes' }]] },
  ],
}

/** The roles of the study, in the order of its tables. */
export const studyRoles: readonly RoleSpec[] = [
  fst2wi,
  { role: 'T1WI', names: ['t1wi', 't1', 't1w', 'pre', 't1pre'], points: [], phase: 'first' },
  { role: 'T1WI+C', names: ['t1wic', 't1c', 't1ce', 't1post', 'post', 't1gd'], points: [], phase: 'highest' },
]

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

/** What a person corrected, for all images alike. Of several that hold, the latest counts. */
export interface RoleRule {
  /** All must hold. */
  readonly when: readonly Condition[]
  /** A role, `DCE`, or null: none of them. */
  readonly role: string | null
  /** Who gave it. */
  readonly by: string
  /** Milliseconds since 1970. */
  readonly at: number
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
