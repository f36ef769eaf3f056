import { least } from '../../numeric/compare.ts'
import type { RoleRule, RoleSpec } from '../../study/roles.ts'
import type { Choice } from '../../study/study.ts'
import type { Answer } from './decisions.ts'
import type { ProposedImage, ProposedStudy } from './proposeStudy.ts'
import { dceRole, ruleForAllLike } from './roles.ts'

type Who = Pick<Choice, 'by' | 'at'>

/**
 * What a person says of images of one patient: they have the role, or none.
 * @param images of one patient and of her chosen visit
 * @returns answers that a proposal takes; none where nothing is other than it was
 */
export function correctRole(
  study: ProposedStudy,
  images: readonly ProposedImage[],
  role: string | null,
  { roles, ...who }: Who & { readonly roles: readonly RoleSpec[] },
): Answer[] {
  const patient = study.patients.find(({ label }) => label === images[0]?.label)
  if (!patient) return []
  const ids = images.map(({ id }) => id)
  const phases = patient.dce?.phases.map(({ image }) => image) ?? []
  // Roles that phases have are those of phases still.
  const isOfPhases = roles.some(({ id, phase }) => id === role && phase)
  const others = isOfPhases ? phases : phases.filter((id) => !ids.includes(id))
  const isPhase = role === dceRole
  const isDceOther = isPhase ? others.length + ids.length > phases.length : others.length < phases.length
  const visit = patient.visits[patient.visit].images
  const dce = isPhase ? [...others, ...ids].sort() : others
  const answers: Answer[] = isDceOther
    ? [{ id: `${dceRole} ${least(visit)}`, kind: 'role', role: dceRole, subjects: [least(visit)], option: 'chosen', groups: [dce], ...who }]
    : [] // prettier-ignore
  const given = role !== null && !isPhase ? ids[0] : undefined
  for (const { role: own, image, decision } of patient.roles) {
    const isGiven = own === role && given !== undefined && image !== given
    const isLost = own !== role && image !== null && ids.includes(image) && !phases.includes(image)
    if (!isGiven && !isLost) continue
    // A phase is no option yet: it becomes one once it is none of the series.
    const taken = isGiven ? { option: given, groups: [[given]] } : { option: 'none', groups: [] }
    answers.push({ id: decision.id, kind: 'role', role: own, subjects: decision.subjects, ...taken, ...who })
  }
  return answers
}

/** The rules that say the same of all images like these: one for each centre, description and model among them. */
export function rulesForAllLike(images: readonly ProposedImage[], role: string | null, who: Who): readonly RoleRule[] {
  const rules = images.map(({ facts }) => ruleForAllLike(facts, { role, ...who }))
  return [...new Map(rules.map((rule) => [JSON.stringify(rule.when), rule])).values()]
}
