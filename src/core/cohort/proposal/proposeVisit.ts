import { secondsBetween } from '../clockTime.ts'
import { setAside, type SetAside } from '../clusterPhases.ts'
import { clockOf } from '../orderByTime.ts'
import type { RoleRule, RoleSpec } from '../../study/roles.ts'
import type { DceSet, Decision, RoleFrom } from '../../study/study.ts'
import type { Answer } from './decisions.ts'
import type { ListedImage } from './listedImage.ts'
import { proposeDce, setOfChosen } from './proposeDce.ts'
import { proposeRole, scoreRoles, type Candidate, type ProposedRole } from './proposeRoles.ts'
import { dceRole, describeForRoles, findRule, type RoleFacts, type RoleScore } from './roles.ts'

/** What is proposed for the images of one visit. */
export interface ProposedVisit {
  readonly dce: DceSet | null
  /** In the order of the study's roles. */
  readonly roles: readonly ProposedRole[]
  /** In the order given. */
  readonly images: readonly VisitImage[]
  readonly decisions: readonly Decision[]
}

export interface VisitImage {
  readonly id: string
  /** A role, `DCE`, or null. */
  readonly role: string | null
  readonly roleFrom: RoleFrom | null
  /** Of the dynamic series, from 0. */
  readonly phase?: number
  /** By role, where the image is of the chosen visit. */
  readonly scores: Readonly<Record<string, RoleScore>>
  /** Why it has no role unless a person gives it one. */
  readonly setAside: SetAside | 'otherVisit' | 'disputed' | null
  readonly facts: RoleFacts
}

export interface VisitContext {
  readonly centre: string
  readonly rules: readonly RoleRule[]
  readonly answers: readonly Answer[]
  readonly roles: readonly RoleSpec[]
  /** Images that are disputed and were not chosen. */
  readonly rejected: ReadonlySet<string>
}

/** The dynamic series of a visit and its roles, each with reasons. @param own its images by time */
export function proposeVisit(own: readonly ListedImage[], context: VisitContext): ProposedVisit {
  const { centre, rules, answers, roles, rejected } = context
  const byId = new Map(own.map((image) => [image.id, image]))
  const visit = own.map(({ id }) => id)
  const reasons = setAside(own.map(({ volume }) => volume))
  const setAsideOf = new Map<string, VisitImage['setAside']>(
    own.map(({ id }, i) => [id, rejected.has(id) ? 'disputed' : (reasons[i] ?? null)]),
  )
  const describe = (image: ListedImage, afterContrast = false) =>
    describeForRoles(image.volume, { centre, afterContrast, isSetAside: Boolean(setAsideOf.get(image.id)) })

  const byPerson = new Map(
    answers
      .filter(({ kind, role, subjects }) => kind === 'role' && role !== dceRole && subjects.some((id) => byId.has(id)))
      .flatMap(({ role, groups }) => groups.flat().map((id) => [id, role!] as const)),
  )
  const said = new Map(own.map((image) => [image.id, whatIsSaid(image, byPerson.get(image.id), rules, roles, describe(image))]))
  const usable = own.filter(({ id }) => !rejected.has(id))
  const { dce, decisions: timing, chosenBy } = findDce(usable, said, roles, visit, answers)
  const phases = new Map(dce?.phases.map(({ image }, i) => [image, i]))
  const baseline = dce && clockOf(byId.get(dce.phases[0].image)!.volume.source)
  const candidates = usable
    .filter(({ id }) => !phases.has(id))
    .map((image): Candidate => {
      const start = clockOf(image.volume.source)
      const isAfter = Boolean(baseline && start && secondsBetween(baseline, start) > 0)
      const words = said.get(image.id)
      return { image, facts: describe(image, isAfter), ...(words && { said: words.role }) }
    })
  const factsOfImage = new Map(candidates.map(({ image, facts }) => [image.id, facts]))
  const proposedRoles = roles.map((spec): ProposedRole => {
    const role = proposeRole(spec, candidates, visit, answers)
    if (!dce || !spec.phase || role.decision.chosen !== null || role.image !== null) return role
    // A phase that a person, a rule or its name calls so, else the one that it is by time.
    const called = dce.phases.map(({ image }) => image).filter((id) => said.get(id)?.role === spec.id)
    const byHand = called.filter((id) => said.get(id)!.from === 'person')
    const [own] = byHand.length > 0 ? byHand : called.length === 1 ? called : []
    return { ...role, image: own ?? (spec.phase === 'first' ? dce.phases[0].image : null), isAsked: false }
  })
  const roleOf = new Map(proposedRoles.flatMap((one) => (one.image !== null && !phases.has(one.image) ? [[one.image, one] as const] : []))) // prettier-ignore
  return {
    dce,
    roles: proposedRoles,
    images: own.map((image): VisitImage => {
      const { id } = image
      const facts = factsOfImage.get(id) ?? describe(image)
      const phase = phases.get(id)
      const role = roleOf.get(id)
      // Of an image without a role it is told who said so.
      const saidBy = said.get(id)?.from ?? null
      const from = phase !== undefined ? chosenBy : role?.decision.chosen ? 'person' : (saidBy ?? (role ? 'score' : null))
      return {
        id,
        role: phase !== undefined ? dceRole : (role?.role ?? null),
        roleFrom: from,
        ...(phase !== undefined && { phase }),
        scores: phase === undefined ? scoreRoles(roles, facts) : {},
        setAside: phase !== undefined ? null : (setAsideOf.get(id) ?? null),
        facts,
      }
    }),
    decisions: [
      ...timing,
      ...proposedRoles.filter(({ isAsked, decision }) => isAsked || decision.chosen !== null).map(({ decision }) => decision),
    ],
  }
}

/**
 * Which image stands for which role: those that have one, and of the dynamic series the phase before contrast and that of the highest
 * uptake; as long as voxels have not told which that is, the first after contrast.
 */
export function imagesOfRoles(
  { roles: proposed, dce }: Pick<ProposedVisit, 'roles' | 'dce'>,
  roles: readonly RoleSpec[],
): ReadonlyMap<string, string> {
  const byImage = new Map<string, string>()
  for (const { role, image, decision } of proposed) {
    const isPeak = roles.find(({ id }) => id === role)?.phase === 'peak'
    const own = image ?? (isPeak && dce && decision.chosen === null ? dce.phases[findPeak(dce)].image : null)
    if (own !== null && !byImage.has(own)) byImage.set(own, role)
  }
  return byImage
}

function findPeak({ phases, peak, injectionS, injectionProved }: DceSet): number {
  if (peak !== null) return peak
  const after = phases.findIndex(({ timeS }, i) => i > 0 && (!injectionProved || timeS >= injectionS))
  return after < 0 ? 1 : after
}

interface Said {
  readonly role: string | null
  readonly from: 'person' | 'rule' | 'name'
}

/** A person counts more than a rule, and that more than a name. @param byPerson the role that a person gave it */
function whatIsSaid(
  { named }: ListedImage,
  byPerson: string | undefined,
  rules: readonly RoleRule[],
  roles: readonly RoleSpec[],
  facts: RoleFacts,
): Said | undefined {
  if (byPerson !== undefined) return { role: byPerson, from: 'person' }
  const rule = findRule(rules, facts)
  if (rule) return { role: rule.role, from: 'rule' }
  if (!named) return undefined
  if (named.phase !== undefined) return { role: dceRole, from: 'name' }
  const spec = roles.find(({ names }) => names.includes(named.role.toLowerCase().replace(/[^a-z0-9]/g, '')))
  return { role: spec?.id ?? null, from: 'name' }
}

function findDce(
  images: readonly ListedImage[],
  said: ReadonlyMap<string, Said | undefined>,
  roles: readonly RoleSpec[],
  visit: readonly string[],
  answers: readonly Answer[],
): { dce: DceSet | null; decisions: readonly Decision[]; chosenBy: 'dce' | 'name' | 'person' | 'rule' } {
  const answer = answers.findLast(
    ({ kind, role, subjects }) => kind === 'role' && role === dceRole && subjects.some((subject) => visit.includes(subject)),
  )
  if (answer) {
    const phases = new Set(answer.groups.flat())
    return { ...setOfChosen(images.filter(({ id }) => phases.has(id)), answers), chosenBy: 'person' } // prettier-ignore
  }
  const named = images.filter(({ id }) => said.get(id)?.role === dceRole)
  if (named.length > 1) return { ...setOfChosen(named, answers), chosenBy: said.get(named[0].id)!.from }
  // What a person or a rule calls T1WI is a phase of the series still; of names it is known that they tell phases by a number.
  const mayBePhase = ({ id }: ListedImage) => {
    const words = said.get(id)
    return words === undefined || (words.from !== 'name' && roles.some(({ id: role, phase }) => role === words.role && phase))
  }
  return { ...proposeDce(images.filter(mayBePhase), answers), chosenBy: 'dce' }
}
