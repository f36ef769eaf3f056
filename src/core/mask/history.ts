import type { RoiStatus } from './progress.ts'
import { applyDifference, differenceBytes, revertDifference, type MaskDifference } from './difference.ts'

/** One change of one mask, with the words that undo shows for it. */
export interface MaskChange {
  /** What tells the masks apart: the caller's name for image and reader. */
  readonly key: string
  /** What was done, e.g. `Brush`, `Load mask`. */
  readonly action: string
  readonly difference: MaskDifference
  /** How far the region was before it, where undo brings that back too. */
  readonly statusBefore?: RoiStatus
}

/** The changes of all masks of a session, oldest first. */
export interface MaskHistory {
  readonly budgetBytes: number
  /** Adds a change that the mask already holds; what had been undone of that mask is forgotten. An empty one is not kept. */
  record(change: MaskChange): { readonly dropped: number }
  /** Takes the last change of that mask back, in place. Nothing to undo: undefined. */
  undo(key: string, voxels: Uint8Array): MaskChange | undefined
  redo(key: string, voxels: Uint8Array): MaskChange | undefined
  counts(key: string): { readonly undo: number; readonly redo: number }
  usedBytes(): number
  /** Forgets one mask (its image was closed), or all. */
  forget(key?: string): void
}

const defaultHistoryOptions = { budgetBytes: 256 * 1024 * 1024 }

/** Charged for a change beside its runs, so that a million tiny ones do not pass as free. */
const entryBytes = 256

/**
 * One history for every change of every mask, as voxel differences. Above the budget the oldest changes are dropped, of
 * whichever mask (undone ones last); `record` says how many, so that the user can be told. A change that alone is above the
 * budget takes all before it along: undo must not jump over it.
 * @throws DataError from `undo` and `redo` if the voxels are not those that the change left (see `difference.ts`); nothing is changed then.
 */
export function createMaskHistory({ budgetBytes } = defaultHistoryOptions): MaskHistory {
  let done: MaskChange[] = []
  let undone: MaskChange[] = []
  const bytesOf = ({ difference }: MaskChange) => entryBytes + differenceBytes(difference)
  let used = 0

  const dropOldest = (): number => {
    let dropped = 0
    while (used > budgetBytes) {
      used -= bytesOf((done.length > 0 ? done : undone).shift()!)
      dropped++
    }
    return dropped
  }
  const move = (from: MaskChange[], to: MaskChange[], key: string, act: (change: MaskChange) => void): MaskChange | undefined => {
    const at = from.findLastIndex((change) => change.key === key)
    if (at < 0) return undefined
    const change = from[at]
    act(change)
    from.splice(at, 1)
    to.push(change)
    return change
  }
  const without = (changes: MaskChange[], key: string | undefined) => {
    const goes = (change: MaskChange) => key === undefined || change.key === key
    for (const change of changes) if (goes(change)) used -= bytesOf(change)
    return changes.filter((change) => !goes(change))
  }

  return {
    budgetBytes,
    record(change) {
      if (change.difference.starts.length === 0) return { dropped: 0 }
      undone = without(undone, change.key)
      done.push(change)
      used += bytesOf(change)
      return { dropped: dropOldest() }
    },
    undo: (key, voxels) => move(done, undone, key, ({ difference }) => revertDifference(voxels, difference)),
    redo: (key, voxels) => move(undone, done, key, ({ difference }) => applyDifference(voxels, difference)),
    counts: (key) => ({ undo: done.filter((c) => c.key === key).length, redo: undone.filter((c) => c.key === key).length }),
    usedBytes: () => used,
    forget(key) {
      done = without(done, key)
      undone = without(undone, key)
    },
  }
}
