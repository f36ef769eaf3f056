import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TimeSource } from '../core/image/volumeTiming.ts'
import type { Volume } from '../core/image/volume.ts'
import type { AnswerStore } from '../storage/answerStore.ts'
import { imageKey } from '../storage/imageKey.ts'

/** An image and its seconds from the first phase. */
export interface TimedImage {
  /** By its content, see `phaseId`. */
  readonly id: string
  readonly timeS: number
}

/** What a person decided of the phases of a dynamic series; what is missing is as the files tell it. */
export interface PhaseChoices {
  /** Images that are no phases, though they could be. */
  readonly left?: readonly string[]
  /** Which of the times in the files are right. */
  readonly source?: TimeSource
  /** The order that comes of `source`, images by time. */
  readonly bySource?: readonly string[]
  /** Phases in an order, and at times, of their own. */
  readonly byHand?: readonly TimedImage[]
  /** Seconds from the first phase. */
  readonly injectionS?: number
  /** The phase that stands for T1WI+C where the curve leaves two. */
  readonly afterContrast?: string
}

/** As the files tell all of it. */
export const noChoices: PhaseChoices = {}

export interface PhasesState {
  /** By the images that may be phases, see `seriesKey`. */
  readonly choices: Readonly<Record<string, PhaseChoices>>
  /** Changes what is given; undefined takes a choice back. */
  choose(key: string, changes: { readonly [Name in keyof PhaseChoices]?: PhaseChoices[Name] | undefined }): void
}

export type PhasesStore = StoreApi<PhasesState>

/** Among the answers. */
const answerKey = 'phases'

/** Decisions about phases outlast the page, whatever panel is shown. @param onNotKept why they go with it after all */
export function createPhasesStore({
  answers,
  onNotKept,
}: {
  readonly answers: AnswerStore
  readonly onNotKept: (reason: unknown) => void
}): PhasesStore {
  const store = createStore<PhasesState>()((set, get) => ({
    choices: {},
    choose(key, changes) {
      const all = { ...get().choices[key], ...changes }
      const told = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as PhaseChoices
      set({ choices: { ...get().choices, [key]: told } })
      answers.change(answerKey, (before) => ({ ...(before as PhasesState['choices']), [key]: told })).catch(onNotKept)
    },
  }))
  answers
    .get(answerKey)
    .then((kept) => store.setState(({ choices }) => ({ choices: { ...(kept as PhasesState['choices']), ...choices } })))
    .catch(onNotKept)
  return store
}

/** A phase by its content: what was decided of it holds when it is opened again, under whatever name. */
export const phaseId = (volume: Volume): string => imageKey(volume)

/** Of a series, whatever the order of its images. */
export function seriesKey(ids: readonly string[]): string {
  return [...ids].sort().join()
}

/** Images in the order of lists, menus and keys: phases that a person put in order stand so, at the places that they had. */
export function applyChosenOrder<T extends object>(
  images: readonly T[],
  choices: PhasesState['choices'],
  idOf: (image: T) => string,
): readonly T[] {
  return Object.values(choices).reduce<readonly T[]>((ordered, { byHand, bySource }) => {
    const wanted = byHand ? [...byHand].sort((a, b) => a.timeS - b.timeS).map(({ id }) => id) : (bySource ?? [])
    if (wanted.length === 0) return ordered
    const byId = new Map(ordered.map((image) => [idOf(image), image]))
    const own = wanted.filter((id) => byId.has(id)).map((id) => byId.get(id)!)
    const members = new Set(own)
    let next = 0
    return ordered.map((image) => (members.has(image) ? own[next++] : image))
  }, images)
}
