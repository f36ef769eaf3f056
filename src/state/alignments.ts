import { createStore, type StoreApi } from 'zustand/vanilla'
import { invertMove, type RigidMove } from '../core/image/rigidMove.ts'

export interface AlignmentState {
  /** By `pairKey`: how the first image of the pair is moved onto the second. */
  readonly moves: Readonly<Record<string, RigidMove>>
  /** @param move null puts the image back where its scanner says it stands */
  set(moved: string, onto: string, move: RigidMove | null): void
}

export type AlignmentStore = StoreApi<AlignmentState>

const storageKey = 'texel.alignments'
const pairKey = (moved: string, onto: string) => `${moved} ${onto}`

/** How images are moved onto each other, by pairs of fingerprints; kept in the browser. Nothing stored of an image is changed by it. */
export function createAlignmentStore(storage: Pick<Storage, 'getItem' | 'setItem'>): AlignmentStore {
  return createStore<AlignmentState>()((set, get) => ({
    moves: (JSON.parse(storage.getItem(storageKey) ?? '{}') as AlignmentState['moves'] | null) ?? {},
    set(moved, onto, move) {
      // One entry a pair: the way back is its inverse.
      const pair = [pairKey(moved, onto), pairKey(onto, moved)]
      const others = Object.entries(get().moves).filter(([key]) => !pair.includes(key))
      const moves = Object.fromEntries(move ? [...others, [pair[0], move] as const] : others)
      set({ moves })
      storage.setItem(storageKey, JSON.stringify(moves))
    },
  }))
}

/** How an image is moved onto another one; null where nobody aligned the two. */
export function findMove({ moves }: Pick<AlignmentState, 'moves'>, moved: string, onto: string): RigidMove | null {
  const back = moves[pairKey(onto, moved)]
  return moves[pairKey(moved, onto)] ?? (back ? invertMove(back) : null)
}
