import type { Question } from './clauseMessages.ts'

/** What persons added to a report: kept with the analysis, printed as it was written. */
export interface ReportAnswers {
  /** By question; one that is not answered is not there. */
  readonly questions: Readonly<Partial<Record<Question, string>>>
}

export const noAnswers: ReportAnswers = { questions: {} }

/** @param text as it was typed; an empty one opens the question again */
export function answerQuestion({ questions, ...others }: ReportAnswers, question: Question, text: string): ReportAnswers {
  const kept = Object.entries(questions).filter(([of]) => of !== question)
  const answer = text.trim()
  return { ...others, questions: Object.fromEntries(answer === '' ? kept : [...kept, [question, answer]]) }
}
