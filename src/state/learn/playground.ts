import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Belief, Binormal } from '../../core/evaluate/binormal.ts'
import { messageOf, type Message } from '../../core/messages/message.ts'
import {
  drawScores,
  drawStudies,
  tooFewOf,
  type DrawnScores,
  type DrawnStudy,
  type StudyDraw,
} from '../../core/simulate/drawStudies.ts'
import type { ScreenStore } from '../screen.ts'
import { readNumber } from './learnAddress.ts'
import type { OpenTeacher, Teacher } from './teacher.ts'

export interface PlaySettings {
  readonly positiveMean: number
  readonly positiveSd: number
  readonly negativeMean: number
  readonly negativeSd: number
  readonly patients: number
  readonly prevalence: number
  readonly threshold: number
  /** Studies of so many patients: 1, 20 or 100. */
  readonly samples: number
  /** Of the model's belief, see `Belief`. */
  readonly intercept: number
  readonly slope: number
  readonly seed: number
}

export interface PlayRange {
  readonly least: number
  readonly most: number
  readonly step: number
}

export const playRanges: { readonly [Name in keyof PlaySettings]: PlayRange } = {
  positiveMean: { least: -2, most: 4, step: 0.02 },
  positiveSd: { least: 0.3, most: 3, step: 0.05 },
  negativeMean: { least: -2, most: 4, step: 0.02 },
  negativeSd: { least: 0.3, most: 3, step: 0.05 },
  patients: { least: 10, most: 2000, step: 1 },
  prevalence: { least: 0.01, most: 0.9, step: 0.01 },
  threshold: { least: -4, most: 6, step: 0.01 },
  samples: { least: 1, most: 100, step: 1 },
  intercept: { least: -3, most: 3, step: 0.1 },
  slope: { least: 0.2, most: 3, step: 0.05 },
  seed: { least: 0, most: 999_999, step: 1 },
}

const names = Object.keys(playRanges) as (keyof PlaySettings)[]

export const defaultPlay: PlaySettings = {
  positiveMean: 0.74,
  positiveSd: 1,
  negativeMean: 0,
  negativeSd: 1,
  patients: 40,
  prevalence: 0.3,
  threshold: 0.55,
  samples: 100,
  intercept: 0,
  slope: 1,
  seed: 40,
}

export const sampleCounts = [1, 20, 100] as const

/** More scores than this are drawn by a worker. */
const mostHere = 20_000

export const truthOf = ({ positiveMean, positiveSd, negativeMean, negativeSd, prevalence }: PlaySettings): Binormal => ({
  positive: { mean: positiveMean, sd: positiveSd },
  negative: { mean: negativeMean, sd: negativeSd },
  prevalence,
})

export const beliefOf = ({ intercept, slope }: PlaySettings): Belief => ({ intercept, slope })

const drawOf = (settings: PlaySettings): StudyDraw => ({
  truth: truthOf(settings),
  patients: settings.patients,
  seed: settings.seed,
})

/** What the studies do not depend on. */
const isMoved = (change: Partial<PlaySettings>) => Object.keys(change).every((name) => name === 'threshold')

export interface Drawn {
  readonly studies: readonly DrawnStudy[]
  /** Of the first study, patient by patient. */
  readonly first: DrawnScores
  /** With which they were drawn: while others are on their way they are those of before. */
  readonly of: PlaySettings
}

/** What is looked at; each begins with settings of its own. */
const playTopics = {
  roc: { samples: 1 },
  cutoffs: { samples: 1, positiveMean: 1.2 },
  sampling: {},
  calibration: { samples: 20, patients: 200, positiveMean: 1.2, slope: 2 },
  spreads: { samples: 1, patients: 200, positiveMean: 0.6, positiveSd: 2 },
} as const satisfies Readonly<Record<string, Partial<PlaySettings>>>

export type PlayTopic = keyof typeof playTopics

export const playTopicNames = Object.keys(playTopics) as PlayTopic[]

export interface PlayState {
  readonly topic: PlayTopic
  readonly settings: PlaySettings
  /** Null where a class has too few patients, or before the first is drawn. */
  readonly drawn: Drawn | null
  readonly isDrawing: boolean
  readonly problem: Message | null
  change(change: Partial<PlaySettings>): void
  /** Begins it, with the seed that a class was told. */
  begin(topic: PlayTopic): void
  /** The next seed: other patients of the same truth. */
  drawAgain(): void
  /** As an address says; what it does not say is as at the start. */
  open(values: Readonly<Record<string, string>>): void
}

export type PlayStore = StoreApi<PlayState>

/** @param drawInWorker what is too much for the page's own thread */
export function createPlayStore(drawInWorker: Teacher['draw']): PlayStore {
  let control = new AbortController()
  return createStore<PlayState>()((set, get) => {
    const draw = () => {
      control.abort()
      control = new AbortController()
      const { signal } = control
      const { settings } = get()
      if (tooFewOf(settings.patients, settings.prevalence)) return set({ drawn: null, isDrawing: false, problem: null })
      const job = { draw: drawOf(settings), belief: beliefOf(settings), samples: settings.samples }
      const show = (studies: readonly DrawnStudy[]) =>
        set({ drawn: { studies, first: drawScores(job.draw, 0), of: settings }, isDrawing: false, problem: null })
      if (settings.patients * settings.samples <= mostHere) return show(drawStudies(job))
      set({ isDrawing: true })
      drawInWorker(job, signal).then(
        (studies) => !signal.aborted && show(studies),
        (error: unknown) => !signal.aborted && set({ isDrawing: false, problem: messageOf(error) }),
      )
    }
    const put = (settings: PlaySettings) => {
      set({ settings })
      draw()
    }
    return {
      topic: 'sampling',
      settings: defaultPlay,
      drawn: null,
      isDrawing: false,
      problem: null,
      change(change) {
        const settings = { ...get().settings, ...change }
        if (isMoved(change)) set({ settings })
        else put(settings)
      },
      begin(topic) {
        set({ topic })
        put({ ...defaultPlay, ...playTopics[topic], seed: get().settings.seed })
      },
      drawAgain: () => get().change({ seed: (get().settings.seed + 1) % (playRanges.seed.most + 1) }),
      open(values) {
        set({ topic: playTopicNames.find((name) => name === values.topic) ?? 'sampling' })
        put(readPlay(values))
      },
    }
  })
}

const made = new WeakMap<ScreenStore, PlayStore>()

/** Of a page there is one: another screen in between loses nothing. */
export function playStoreOf({
  screenStore,
  openTeacher,
}: {
  readonly screenStore: ScreenStore
  readonly openTeacher: OpenTeacher
}): PlayStore {
  const store = made.get(screenStore) ?? createPlayStore(async (job, signal) => (await openTeacher()).draw(job, signal))
  made.set(screenStore, store)
  return store
}

/** Settings of an address; `writePlay` turned round. */
export function readPlay(values: Readonly<Record<string, string>>): PlaySettings {
  const read = (name: keyof PlaySettings) => readNumber(values[name], playRanges[name]) ?? defaultPlay[name]
  const settings = Object.fromEntries(names.map((name) => [name, read(name)])) as unknown as PlaySettings
  const samples = sampleCounts.find((count) => count === settings.samples) ?? defaultPlay.samples
  return { ...settings, samples, patients: Math.round(settings.patients), seed: Math.round(settings.seed) }
}

/** Only what is not as at the start, and the seed, which a class is told. */
export function writePlay({ settings, topic }: Pick<PlayState, 'settings' | 'topic'>): Record<string, string> {
  const said = names.filter((name) => name === 'seed' || settings[name] !== defaultPlay[name])
  return { ...(topic !== 'sampling' && { topic }), ...Object.fromEntries(said.map((name) => [name, String(settings[name])])) }
}
