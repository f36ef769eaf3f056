import type { ProposedImage, ProposedPatient } from '../../core/cohort/proposal/proposeStudy.ts'
import type { TimeSource } from '../../core/image/volumeTiming.ts'
import type { DceSet, Decision, DecisionKind, DecisionOption } from '../../core/study/study.ts'
import { nameTimeSource } from './phases.ts'

const questions: Readonly<Record<DecisionKind, string>> = {
  centres: 'Are these one centre? Until you say so equal IDs of two are two patients.',
  sameIdOtherPerson: 'One ID with two birth dates or sexes: one patient, or two?',
  sameIdOtherPlace: 'One ID from two places: one patient, or two?',
  equalNames: 'Two IDs with equal name and birth date: one patient, or two?',
  untold: 'These files tell nothing of their patient: whose are they?',
  visit: 'Several visits: which one is the study’s?',
  sameUids: 'Equal identifiers and different pixels: which image is right?',
  dce: 'Several dynamic series alike: which one is the study’s?',
  order: 'Two clocks put the phases in different orders: which one is right?',
  role: 'Which image is it?',
}

/** What a person is asked. */
export function askDecision({ kind, role }: Pick<Decision, 'kind' | 'role'>): string {
  return role === undefined ? questions[kind] : `${role}: ${questions[kind]}`
}

const reasons: Readonly<Record<string, string>> = {
  'long-echo': 'long TE, spin echo',
  axial: 'axial',
  'fat-suppressed': 'fat suppressed',
  'called-t2': 'called T2',
  diffusion: 'diffusion',
  'after-contrast': 'after contrast',
  'set-aside': 'set aside',
}

/** A reason for a role, with its points; a study's own reason goes by its own name. */
export function nameReason({ why, points }: { readonly why: string; readonly points: number }): string {
  const words = why === 'axial' && points < 0 ? 'not axial' : (reasons[why] ?? why)
  return `${words} ${points > 0 ? '+' : '−'}${Math.abs(points)}`
}

const asides: Readonly<Record<NonNullable<ProposedImage['setAside']>, string>> = {
  fewSlices: 'fewer than 8 slices',
  localizer: 'a localizer',
  derived: 'computed from other images',
  described: 'called a subtraction, a map, a localizer or diffusion',
  otherVisit: 'of another visit',
  disputed: 'equal identifiers, different pixels',
}

export function nameSetAside(reason: NonNullable<ProposedImage['setAside']>): string {
  return asides[reason]
}

const visitReasons: Readonly<Record<ProposedPatient['visitReason'], string>> = {
  only: 'the only visit',
  'before-surgery': 'the last within 30 days before surgery',
  first: 'the first, as no date of surgery is known',
  person: 'as decided',
}

export function nameVisitReason(reason: ProposedPatient['visitReason']): string {
  return visitReasons[reason]
}

/** What an option of a decision says. @param nameImage of an image of the option @param dateOf when that was taken, '' where it is not told */
export function nameOption(
  { kind, options }: Pick<Decision, 'kind' | 'options'>,
  option: DecisionOption,
  { nameImage, dateOf }: { readonly nameImage: (id: string) => string; readonly dateOf: (id: string) => string },
): string {
  const { id, groups, score } = option
  const [first] = groups[0] ?? []
  switch (kind) {
    case 'centres':
      return id === 'one' ? 'One centre' : `${groups.length} centres`
    case 'visit':
      return [`Visit ${options.indexOf(option) + 1}`, dateOf(first), `${groups[0].length} images`].filter(Boolean).join(', ')
    case 'order':
      return nameTimeSource(id as TimeSource)
    case 'dce':
      return `${groups[0].length} phases: ${nameImage(first)}`
    case 'sameUids':
      return nameImage(first)
    case 'role':
      return id === 'none' ? 'None of them' : `${nameImage(first)}${score === undefined ? '' : `, ${score} points`}`
    case 'untold':
      return id === 'one' ? 'All are one patient' : id === 'byFolder' ? 'Each folder is a patient' : 'Each file is a patient'
    default:
      return id === 'one' ? 'One patient' : `${groups.length} patients`
  }
}

/** A dynamic series in a few words: its phases, their distance and where their times are from. @param gapS median of the distances */
export function describePhases(
  { phases, timesFrom, proved }: Pick<DceSet, 'phases' | 'timesFrom' | 'proved'>,
  gapS: number,
): string {
  const source = timesFrom === 'order' ? 'assumed' : nameTimeSource(timesFrom)
  return `${phases.length} phases, ${Math.round(gapS)} s apart, ${source}${proved ? '' : ', not proved'}`
}
