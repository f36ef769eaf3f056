import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnswerStore } from '../../storage/answerStore.ts'

/** The lessons, each with its cards in their order. */
export const lessonCards = {
  roc: ['steps', 'pairs', 'ties', 'reversed', 'spread'],
  cutoffs: ['screening', 'surgery', 'youden', 'rechosen', 'predictive'],
  decisions: ['exchange', 'allOrNone', 'model', 'beyond', 'lung'],
  calibration: ['boasting', 'otherWard', 'twoNumbers', 'sameArea', 'apparent'],
  leakage: ['chosenOnAll', 'insideFolds', 'anotherSeed', 'fourNumbers'],
} as const

export type LessonName = keyof typeof lessonCards

export const lessonNames = Object.keys(lessonCards) as LessonName[]

/** By card what was guessed there, once its move was made. */
export type LessonProgress = Readonly<Record<string, string>>

export interface LessonsState {
  readonly progress: Readonly<Partial<Record<LessonName, LessonProgress>>>
  /** A card's move was made. */
  finish(lesson: LessonName, card: string, guess: string): void
  /** Begins a lesson anew. */
  forget(lesson: LessonName): void
  /** What earlier sessions kept. */
  resume(): Promise<void>
}

export type LessonsStore = StoreApi<LessonsState>

const key = 'lessons'

/** How far each lesson is; kept for the next session. */
export function createLessonsStore(
  answers: Pick<AnswerStore, 'get' | 'change'>,
  onNotKept: (reason: unknown) => void,
): LessonsStore {
  type Kept = LessonsState['progress']
  return createStore<LessonsState>()((set, get) => {
    // Another tab may do another lesson: each change is made to what is kept by then.
    const keep = (lesson: LessonName, change: (before: LessonProgress) => LessonProgress) => {
      const changed = (kept: Kept): Kept => ({ ...kept, [lesson]: change(kept[lesson] ?? {}) })
      set({ progress: changed(get().progress) })
      answers.change(key, (before) => changed((before ?? {}) as Kept)).catch(onNotKept)
    }
    return {
      progress: {},
      finish: (lesson, card, guess) => keep(lesson, (before) => ({ ...before, [card]: guess })),
      forget: (lesson) => keep(lesson, () => ({})),
      async resume() {
        try {
          set({ progress: { ...((await answers.get(key)) as Kept | undefined), ...get().progress } })
        } catch (reason) {
          onNotKept(reason)
        }
      },
    }
  })
}

/** How many of its cards are done. */
export function countDone(lesson: LessonName, progress: LessonsState['progress']): number {
  return lessonCards[lesson].filter((card) => progress[lesson]?.[card] !== undefined).length
}

export const isLessonDone = (lesson: LessonName, progress: LessonsState['progress']): boolean =>
  countDone(lesson, progress) === lessonCards[lesson].length
