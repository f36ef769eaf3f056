import type { BoundingBox, Mask } from './mask.ts'
import { refuse } from './messages.ts'

/**
 * What a change did to a mask: runs of neighbouring voxels (in the order of `volume.ts`) that all went from one value to
 * another. Plain typed arrays of one length: it survives postMessage and IndexedDB.
 */
export interface MaskDifference {
  readonly starts: Uint32Array<ArrayBuffer>
  readonly lengths: Uint32Array<ArrayBuffer>
  readonly before: Uint8Array<ArrayBuffer>
  readonly after: Uint8Array<ArrayBuffer>
}

/** The difference between two masks on the same grid. @throws DataError if their lengths differ. */
export function compareMaskVoxels(before: Uint8Array, after: Uint8Array): MaskDifference {
  if (before.length !== after.length) {
    throw refuse('lengths-compared', { before: before.length, after: after.length })
  }
  const runs = collectRuns()
  const [wordsBefore, wordsAfter] = [asWords(before), asWords(after)]
  const words = Math.min(wordsBefore.length, wordsAfter.length)
  for (let at = 0; at < before.length;) {
    // Masks are equal nearly everywhere: four voxels at a time are passed over.
    if (at % 4 === 0) {
      let word = at / 4
      while (word < words && wordsBefore[word] === wordsAfter[word]) word++
      at = Math.max(at, 4 * word)
    }
    const [from, to] = [before[at], after[at]]
    let end = at + 1
    if (from !== to) {
      while (end < before.length && before[end] === from && after[end] === to) end++
      runs.extend(at, end - at, from, to)
    }
    at = end
  }
  return runs.pack()
}

/** Four bytes a number as far as that goes; nothing where the bytes do not begin at a whole number. */
function asWords({ buffer, byteOffset, length }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset % 4 === 0 ? byteOffset : 0, byteOffset % 4 === 0 ? Math.floor(length / 4) : 0)
}

/**
 * The difference made by giving the voxels at `positions` the value `after`, when each of them held `before`.
 * Positions may come in any order, each once.
 */
export function differenceOfPositions(positions: Iterable<number>, before: number, after: number): MaskDifference {
  const runs = collectRuns()
  for (const position of Uint32Array.from(positions).sort()) runs.extend(position, 1, before, after)
  return runs.pack()
}

/**
 * Gives the voxels of a box that are selected (not 0) another value, in place, row by row: millions take some milliseconds.
 * @param selected on the grid of the mask
 */
export function replaceSelected(
  { voxels, size: [nx, ny] }: Pick<Mask, 'voxels' | 'size'>,
  selected: Uint8Array,
  { lower, upper }: BoundingBox,
  value: number,
): MaskDifference {
  const starts: number[] = []
  const lengths: number[] = []
  const before: number[] = []
  for (let z = lower[2]; z <= upper[2]; z++) {
    for (let y = lower[1]; y <= upper[1]; y++) {
      const row = nx * (y + ny * z)
      const end = row + upper[0] + 1
      for (let at = row + lower[0]; at < end; at++) {
        const old = voxels[at]
        if (selected[at] === 0 || old === value) continue
        const start = at
        while (at + 1 < end && selected[at + 1] !== 0 && voxels[at + 1] === old) at++
        starts.push(start)
        lengths.push(at + 1 - start)
        before.push(old)
        voxels.fill(value, start, at + 1)
      }
    }
  }
  return {
    starts: Uint32Array.from(starts),
    lengths: Uint32Array.from(lengths),
    before: Uint8Array.from(before),
    after: new Uint8Array(starts.length).fill(value),
  }
}

/** Makes the change again. @throws DataError if the mask does not hold what the difference found: it belongs to another state or image. */
export function applyDifference(voxels: Uint8Array, difference: MaskDifference): void {
  replaceRuns(voxels, difference, difference.before, difference.after)
}

/** Takes the change back; gives the exact bytes from before. @throws DataError if the mask does not hold what the change had left. */
export function revertDifference(voxels: Uint8Array, difference: MaskDifference): void {
  replaceRuns(voxels, difference, difference.after, difference.before)
}

/** The same change in two parts, one of the voxels that are accepted and one of the others. */
export function splitDifference(
  { starts, lengths, before, after }: MaskDifference,
  accepts: (position: number) => boolean,
): { readonly accepted: MaskDifference; readonly refused: MaskDifference } {
  const [accepted, refused] = [collectRuns(), collectRuns()]
  starts.forEach((start, run) => {
    for (let at = start; at < start + lengths[run]; at++)
      (accepts(at) ? accepted : refused).extend(at, 1, before[run], after[run])
  })
  return { accepted: accepted.pack(), refused: refused.pack() }
}

/** Voxels that came to a region by a change, and those that left it. */
export function countAddedAndRemoved({ lengths, after }: MaskDifference): { readonly added: number; readonly removed: number } {
  const changedTo = (inside: boolean) =>
    lengths.reduce((sum, length, run) => sum + ((after[run] !== 0) === inside ? length : 0), 0)
  return { added: changedTo(true), removed: changedTo(false) }
}

/** How many voxels changed. */
export function changedVoxelCount({ lengths }: MaskDifference): number {
  return lengths.reduce((sum, length) => sum + length, 0)
}

export function differenceBytes({ starts, lengths, before, after }: MaskDifference): number {
  return starts.byteLength + lengths.byteLength + before.byteLength + after.byteLength
}

/** Voxels that a region gains by a change; less than 0 where it loses. */
export function countGained({ lengths, before, after }: MaskDifference): number {
  return lengths.reduce((sum, length, run) => sum + length * (Number(after[run] !== 0) - Number(before[run] !== 0)), 0)
}

/** Runs under way, one number a run and property: an object a run would take ten times as long. */
function collectRuns() {
  const [starts, lengths, from, to]: number[][] = [[], [], [], []]
  let last = -1
  return {
    /** @param start behind what came before */
    extend(start: number, length: number, before: number, after: number): void {
      if (last >= 0 && starts[last] + lengths[last] === start && from[last] === before && to[last] === after) {
        lengths[last] += length
      } else {
        starts.push(start)
        lengths.push(length)
        from.push(before)
        to.push(after)
        last++
      }
    },
    pack: (): MaskDifference => ({
      starts: Uint32Array.from(starts),
      lengths: Uint32Array.from(lengths),
      before: Uint8Array.from(from),
      after: Uint8Array.from(to),
    }),
  }
}

/** Checks all runs before it writes any, so that a refusal leaves the mask as it was. */
function replaceRuns(voxels: Uint8Array, { starts, lengths }: MaskDifference, expected: Uint8Array, wanted: Uint8Array): void {
  starts.forEach((start, run) => {
    for (let i = start; i < start + lengths[run]; i++) {
      if (voxels[i] !== expected[run]) {
        throw refuse('change-of-another-mask', { voxel: i, found: voxels[i], expected: expected[run] })
      }
    }
  })
  starts.forEach((start, run) => voxels.fill(wanted[run], start, start + lengths[run]))
}
