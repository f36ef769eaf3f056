import type { ReportAnswers } from '../answers.ts'
import type { Question, ReportPart } from '../clauseMessages.ts'
import type { ChecklistFacts } from './facts.ts'

export type ChecklistName = 'clear' | 'metrics' | 'tripod' | 'rqs'

/** Who can answer: the program, the program with a person who confirms, a person alone. */
export type Answerer = 'program' | 'draft' | 'person'

export type ItemState = 'filled' | 'drafted' | 'open' | 'not applicable'

/** An item of a list of what a report must say. */
export interface ReportedItem {
  readonly id: string
  readonly who: Answerer
  /** The part of the report where it stands; null where it stands nowhere. */
  readonly at: (facts: ChecklistFacts) => ReportPart | null
  /** Of a person, whose answer fills it. */
  readonly question?: Question
  readonly applies?: (facts: ChecklistFacts) => boolean
}

export interface ReadItem {
  readonly id: string
  readonly who: Answerer
  readonly state: ItemState
  readonly at: ReportPart | null
  /** Of a list that is scored by yes and no; null where that is not known. */
  readonly value?: 'yes' | 'no' | null
  readonly weight?: number
}

export const itemKey = (list: ChecklistName, id: string) => `${list}/${id}`

/** What an item's words say of the report as it is now. */
export function readReported(list: ChecklistName, item: ReportedItem, facts: ChecklistFacts, answers: ReportAnswers): ReadItem {
  const { id, who, question } = item
  const mark = answers.items[itemKey(list, id)]
  const at = item.at(facts)
  const isAnswered = question !== undefined && answers.questions[question] !== undefined
  const stands = at ?? (isAnswered ? 'questions' : null)
  if (mark === 'not applicable') return { id, who, state: 'not applicable', at: null }
  if (mark === 'yes' || isAnswered) return { id, who, state: 'filled', at: stands }
  if (mark === 'no') return { id, who, state: 'open', at: null }
  if (item.applies?.(facts) === false) return { id, who, state: 'not applicable', at: null }
  return { id, who, state: at === null ? 'open' : who === 'program' ? 'filled' : 'drafted', at }
}

export interface ItemCounts {
  readonly filled: number
  readonly drafted: number
  readonly open: number
  readonly notApplicable: number
}

export function countItems(items: readonly ReadItem[]): ItemCounts {
  const of = (state: ItemState) => items.filter((item) => item.state === state).length
  return { filled: of('filled'), drafted: of('drafted'), open: of('open'), notApplicable: of('not applicable') }
}
