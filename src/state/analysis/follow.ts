import { createStore } from 'zustand/vanilla'
import type { ScoresState, ScoresStore } from './scores.ts'
import type { StudyState } from './studyState.ts'

export type FollowedCell = 'tp' | 'fp' | 'fn' | 'tn'

/** Something on a screen that is followed to the rows of the table behind it. */
export type Followed =
  /** The patients that a model puts into a cell of the confusion matrix, at a vertex of its ROC curve. */
  | {
      readonly kind: 'cell'
      readonly cell: FollowedCell
      readonly cohort: string
      readonly model: string
      readonly index: number
    }
  /** Of whose scores a model's AUC is. */
  | { readonly kind: 'auc'; readonly cohort: string; readonly model: string }
  /** Whom a step learnt from, by its place in the leak guard. */
  | { readonly kind: 'step'; readonly at: number }
  /** Who was held out in a fold. */
  | { readonly kind: 'fold'; readonly repeat: number; readonly fold: number }
  | { readonly kind: 'cohort'; readonly cohort: string }
  | { readonly kind: 'feature'; readonly name: string }
  /** By place in the table: an address that is copied names nobody. */
  | { readonly kind: 'patient'; readonly at: number }

export interface FollowState {
  /** From where it began to what is looked at; empty where nothing is followed. */
  readonly trail: readonly Followed[]
  /** Of what stands on a screen. */
  begin(followed: Followed): void
  /** On from what is looked at. */
  go(followed: Followed): void
  /** To an earlier place of the trail; without one by one step. */
  back(to?: number): void
}

const createFollowStore = () =>
  createStore<FollowState>()((set, get) => ({
    trail: [],
    begin: (followed) => set({ trail: [followed] }),
    go: (followed) => set({ trail: [...get().trail, followed] }),
    back: (to = get().trail.length - 2) => set({ trail: get().trail.slice(0, to + 1) }),
  }))

export type FollowStore = ReturnType<typeof createFollowStore>

const made = new WeakMap<ScoresStore, FollowStore>()

/** Of a page there is one. */
export function followOf({ scoresStore }: { readonly scoresStore: ScoresStore }): FollowStore {
  const known = made.get(scoresStore) ?? createFollowStore()
  made.set(scoresStore, known)
  return known
}

/** The patients of the study, or the rows of the table of scores, in the order in which they are counted. */
export function followedIds({ record }: Pick<ScoresState, 'record'>, { study }: Pick<StudyState, 'study'>): readonly string[] {
  return study?.features.ids ?? record?.result.patients.flatMap(({ ids }) => ids) ?? []
}

const prefix = '#follow='

/** For the address of the page; '' where nothing is followed. */
export const writeTrail = (trail: readonly Followed[]) =>
  trail.length === 0 ? '' : prefix + encodeURIComponent(JSON.stringify(trail))

const keysOf: Readonly<Record<Followed['kind'], readonly (readonly [string, 'string' | 'number'])[]>> = {
  cell: [['cell', 'string'], ['cohort', 'string'], ['model', 'string'], ['index', 'number']],
  auc: [['cohort', 'string'], ['model', 'string']],
  step: [['at', 'number']],
  fold: [['repeat', 'number'], ['fold', 'number']],
  cohort: [['cohort', 'string']],
  feature: [['name', 'string']],
  patient: [['at', 'number']],
} // prettier-ignore

/** What `writeTrail` wrote; an address that somebody else wrote says nothing. */
export function readTrail(hash: string): readonly Followed[] {
  if (!hash.startsWith(prefix)) return []
  try {
    const found: unknown = JSON.parse(decodeURIComponent(hash.slice(prefix.length)))
    return Array.isArray(found) && found.every(isFollowed) ? found : []
  } catch {
    // An address may be cut off by the program that it was sent with.
    return []
  }
}

function isFollowed(value: unknown): value is Followed {
  const found = value as Readonly<Record<string, unknown>> | null
  const keys =
    typeof found?.kind === 'string' && Object.hasOwn(keysOf, found.kind) ? keysOf[found.kind as Followed['kind']] : null
  return keys !== null && keys.every(([key, type]) => typeof found![key] === type)
}
