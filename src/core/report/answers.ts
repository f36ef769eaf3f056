import type { Question } from './clauseMessages.ts'

/** What a person says of an item of a checklist: it overrules what the program says. */
export type ItemMark = 'yes' | 'no' | 'not applicable'

/** What persons added to a report: kept with the analysis, printed as it was written. */
export interface ReportAnswers {
  /** By question; one that is not answered is not there. */
  readonly questions: Readonly<Partial<Record<Question, string>>>
  /** By `itemKey` of a checklist. */
  readonly items: Readonly<Record<string, ItemMark>>
}

export const noAnswers: ReportAnswers = { questions: {}, items: {} }

/** @param text as it was typed; an empty one opens the question again */
export function answerQuestion({ questions, ...others }: ReportAnswers, question: Question, text: string): ReportAnswers {
  const kept = Object.entries(questions).filter(([of]) => of !== question)
  const answer = text.trim()
  return { ...others, questions: Object.fromEntries(answer === '' ? kept : [...kept, [question, answer]]) }
}

/** @param mark null takes back what was said of the item */
export function markItem({ items, ...others }: ReportAnswers, key: string, mark: ItemMark | null): ReportAnswers {
  const kept = Object.entries(items).filter(([of]) => of !== key)
  return { ...others, items: Object.fromEntries(mark === null ? kept : [...kept, [key, mark]]) }
}
