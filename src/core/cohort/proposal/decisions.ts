import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { least } from '../../numeric/compare.ts'

/** What a person is asked, or may say without being asked. */
export type DecisionKind =
  /** Whether the folders, institutions or scanners that images come from are one centre. */
  | 'centres'
  | 'sameIdOtherPerson'
  | 'sameIdOtherPlace'
  | 'equalNames'
  | 'untold'
  /** Several visits: which is the study's. */
  | 'visit'
  /** Equal identifiers and other pixels: which image is right. */
  | 'sameUids'
  /** Several dynamic series, nothing but which is later between them. */
  | 'dce'
  /** Two clocks put the phases in different orders. */
  | 'order'
  /** Which image has a role. */
  | 'role'

export interface DecisionOption {
  /** Within the decision. */
  readonly id: string
  /** Images that come together if it is taken: of each patient, of the visit, phases by time, or the one that has the role. */
  readonly groups: readonly (readonly string[])[]
  /** Of an image that may have a role. */
  readonly score?: number
}

/** A doubt that waits for a person. It names nobody: its subjects are images. */
export interface Decision {
  /** Stays the same when the study is imported again. */
  readonly id: string
  readonly kind: DecisionKind
  /** The role in question. */
  readonly role?: string
  /** One image of each patient, visit or image in question. */
  readonly subjects: readonly string[]
  readonly options: readonly DecisionOption[]
  /** What holds until it is decided; null where nothing does. */
  readonly proposed: string | null
  /** The answer that is taken; null while it waits. */
  readonly chosen: string | null
}

/** What a person said. It is told by images, so that it holds when more of them come, under whatever names. */
export interface Answer extends Pick<Decision, 'id' | 'kind' | 'role' | 'subjects'> {
  readonly option: string
  /** Those of the option. */
  readonly groups: readonly (readonly string[])[]
}

/** @throws Error if the decision has no such option */
export function answerTo({ id, kind, role, subjects, options }: Decision, option: string): Answer {
  const taken = options.find((one) => one.id === option)
  if (!taken) throw new Error(`no option ${option}`)
  return { id, kind, ...(role !== undefined && { role }), subjects, option, groups: taken.groups }
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
    chosen: chosen?.id ?? null,
  }
}

/** What is done now: what was chosen, else what is proposed. */
export function takenOption({ options, chosen, proposed }: Decision): DecisionOption | undefined {
  return options.find(({ id }) => id === (chosen ?? proposed))
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
