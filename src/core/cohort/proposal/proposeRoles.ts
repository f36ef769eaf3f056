import { compareImages } from './compareImages.ts'
import type { RoleSpec } from '../../study/roles.ts'
import type { Decision } from '../../study/study.ts'
import { decide, takenOption, type Answer } from './decisions.ts'
import type { ListedImage } from './listedImage.ts'
import { fewestPoints, scoreRole, smallestLead, type RoleFacts, type RoleScore } from './roles.ts'

/** An image that may have a role. */
export interface Candidate {
  readonly image: ListedImage
  readonly facts: RoleFacts
  /** What a rule or its name says of it: a role, or null for none; undefined where they say nothing. */
  readonly said?: string | null
}

/** Which image has a role. */
export interface ProposedRole {
  readonly role: string
  /** Null where there is none, or a person is to say which. */
  readonly image: string | null
  /** Always there, so that a person can choose another; asked only where `isAsked`. */
  readonly decision: Decision
  readonly isAsked: boolean
}

/** By what rules and names say, else to the image of the most points, if there are enough and it leads. @param candidates of one visit */
export function proposeRole(
  spec: RoleSpec,
  candidates: readonly Candidate[],
  visit: readonly string[],
  answers: readonly Answer[],
): ProposedRole {
  const said = candidates.filter((one) => one.said === spec.id)
  const pool = said.length > 0 ? said : spec.points.length > 0 ? candidates.filter((one) => one.said === undefined) : []
  const scored = candidates
    .map((one) => ({ image: one.image, score: scoreRole(spec, one.facts).score, isInPool: pool.includes(one) }))
    .sort((a, b) => Number(b.isInPool) - Number(a.isInPool) || b.score - a.score || compareImages(a.image, b.image))
  const [first, second] = scored.filter(({ isInPool }) => isInPool)
  const isEnough = said.length > 0 || (first !== undefined && first.score >= fewestPoints)
  const leads = second === undefined || (said.length === 0 && first.score - second.score >= smallestLead)
  const proposed = first !== undefined && isEnough ? first.image.id : null
  const decision = decide(
    {
      kind: 'role',
      role: spec.id,
      about: [visit],
      options: [...scored.map(({ image, score }) => ({ id: image.id, groups: [[image.id]], score })), { id: 'none', groups: [] }],
      proposed,
    },
    answers,
  )
  const isClear = proposed !== null && leads
  const couldBe = first !== undefined && (isEnough || first.score > 0)
  const taken = decision.chosen === null && !isClear ? undefined : takenOption(decision)
  return {
    role: spec.id,
    image: taken?.groups[0]?.[0] ?? null,
    decision,
    isAsked: !isClear && couldBe,
  }
}

export function scoreRoles(specs: readonly RoleSpec[], facts: RoleFacts): Readonly<Record<string, RoleScore>> {
  return Object.fromEntries(specs.filter(({ points }) => points.length > 0).map((spec) => [spec.id, scoreRole(spec, facts)]))
}
