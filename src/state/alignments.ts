import { createStore, type StoreApi } from 'zustand/vanilla'
import { invertMove, type RigidMove } from '../core/image/rigidMove.ts'
import type { Direction, Volume } from '../core/image/volume.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import { imageKey, oldImageKey } from '../storage/imageKey.ts'
import { axisVector, gridPlanes, type Plane } from '../viewer/index.ts'

export interface AlignmentState {
  /** By `pairKey`: how the first image of the pair is moved onto the second. */
  readonly moves: Readonly<Record<string, RigidMove>>
  /** @param move null puts the image back where its scanner says it stands */
  set(moved: string, onto: string, move: RigidMove | null): void
}

export type AlignmentStore = StoreApi<AlignmentState>

type Moves = AlignmentState['moves']

const pairKey = (moved: string, onto: string) => `${moved} ${onto}`

/** How images are moved onto each other, by pairs of fingerprints; kept with the study. Nothing stored of an image is changed by it. */
export function createAlignmentStore(moves: Moves, keep: (change: (before: Moves) => Moves) => void): AlignmentStore {
  return createStore<AlignmentState>()((set, get) => ({
    moves,
    set(moved, onto, move) {
      const change = (before: Moves) => withMove(before, moved, onto, move)
      set({ moves: change(get().moves) })
      // Of what is kept: another tab may have aligned other images meanwhile.
      keep(change)
    },
  }))
}

function withMove(moves: Moves, moved: string, onto: string, move: RigidMove | null): Moves {
  // One entry a pair: the way back is its inverse.
  const pair = [pairKey(moved, onto), pairKey(onto, moved)]
  const others = Object.entries(moves).filter(([key]) => !pair.includes(key))
  return Object.fromEntries(move ? [...others, [pair[0], move] as const] : others)
}

/** How an image is moved onto another one; null where nobody aligned the two. */
export function findMove({ moves }: Pick<AlignmentState, 'moves'>, moved: string, onto: string): RigidMove | null {
  const back = moves[pairKey(onto, moved)]
  return moves[pairKey(moved, onto)] ?? (back ? invertMove(back) : null)
}

/** Whether an earlier version kept moves: by fingerprints of images, which take long to make and have no dot in them. */
export function hasOldMoves({ moves }: Pick<AlignmentState, 'moves'>): boolean {
  return Object.keys(moves).some((key) => !key.includes('.'))
}

/** How an image is moved onto another one; null where the two are shown as their scanner placed them. */
export function moveBetween(moves: AlignmentState['moves'], moved: Volume, onto: Volume): RigidMove | null {
  const found = findMove({ moves }, imageKey(moved), imageKey(onto))
  return found ?? (hasOldMoves({ moves }) ? findMove({ moves }, oldImageKey(moved), oldImageKey(onto)) : null)
}

/** Ways as seen in a view; `deeper` is towards its next slice. */
const ways = {
  left: ['across', -1],
  right: ['across', 1],
  up: ['down', -1],
  down: ['down', 1],
  deeper: ['through', 1],
  nearer: ['through', -1],
} as const

/** The way (LPS) of so many mm as seen in a view of an image. */
export function wayInView(direction: Direction, plane: Plane, way: keyof typeof ways, mm: number): Triple {
  const [along, sign] = ways[way]
  const [x, y, z] = axisVector(direction, gridPlanes(direction)[plane][along])
  // + 0 makes 0 of -0.
  return [x * sign * mm + 0, y * sign * mm + 0, z * sign * mm + 0]
}
