import type { ComponentType } from 'react'
import type { LessonName } from '../../../../state/learn/lessons.ts'

/** What a card asks before it lets anybody see. */
export type Guess =
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'number'; readonly label: string; readonly least: number; readonly most: number; readonly step: number }

/** What the move has shown: the answer to the question, and one sentence of what to take along. */
export interface Told {
  readonly answer: string
  readonly sentence: string
}

export interface StageProps {
  readonly seed: number
  /** The move was made. It may be made again. */
  readonly onMoved: (told: Told) => void
}

export interface Card {
  readonly id: string
  readonly question: string
  readonly guess: Guess
  /** The one thing that the student does. */
  readonly move: string
  readonly Stage: ComponentType<StageProps>
}

export interface Lesson {
  readonly name: LessonName
  readonly title: string
  readonly about: string
  readonly minutes: number
  readonly cards: readonly Card[]
}
