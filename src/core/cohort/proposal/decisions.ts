import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { least } from '../../numeric/compare.ts'
import type { Choice, Decision, DecisionKind, DecisionOption } from '../../study/study.ts'

/** What a person said. It is told by images, so that it holds when more of them come, under whatever names. */
export interface Answer extends Pick<Decision, 'id' | 'kind' | 'role' | 'subjects'>, Choice {
  /** Those of the option. */
  readonly groups: readonly (readonly string[])[]
}

/** @throws Error if the decision has no such option */
export function answerTo({ id, kind, role, subjects, options }: Decision, { option, by, at }: Choice): Answer {
  const taken = options.find((one) => one.id === option)
  if (!taken) throw new Error(`no option ${option}`)
  return { id, kind, ...(role !== undefined && { role }), subjects, option, by, at, groups: taken.groups }
}

type Question = Pick<Decision, 'kind' | 'role' | 'options' | 'proposed'> & {
  /** The images of each patient, visit or image in question. */
  readonly about: readonly (readonly string[])[]
}

/** A decision, with the latest answer to it if there is one: an answer counts while all that is in question was in question then. */
export function decide({ kind, role, options, proposed, about }: Question, answers: readonly Answer[]): Decision {
  const subjects = about.map(least).sort()
  const answer = answers.findLast(
    (one) =>
      one.kind === kind && one.role === role && about.every((images) => one.subjects.some((subject) => images.includes(subject))),
  )
  const chosen = answer && options.find((option) => isOption(option, answer))
  return {
    id: answer?.id ?? decisionId(kind, role, subjects),
    kind,
    ...(role !== undefined && { role }),
    subjects,
    options,
    proposed,
    chosen: answer && chosen ? { option: chosen.id, by: answer.by, at: answer.at } : null,
  }
}

/** What is done now: what was chosen, else what is proposed. */
export function takenOption({ options, chosen, proposed }: Decision): DecisionOption | undefined {
  return options.find(({ id }) => id === (chosen?.option ?? proposed))
}

/** An option goes by its name, or by the images that it was: the visit, series or image, which may have grown. */
function isOption(option: DecisionOption, { kind, option: id, groups }: Answer): boolean {
  if (!byImages.includes(kind) || groups.length === 0) return option.id === id
  return groups.every((group) => group.some((image) => option.groups.some((images) => images.includes(image))))
}

const byImages: readonly DecisionKind[] = ['visit', 'sameUids', 'dce', 'role']

function decisionId(kind: DecisionKind, role: string | undefined, subjects: readonly string[]): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([kind, role ?? '', ...subjects])))).slice(0, 32)
}
