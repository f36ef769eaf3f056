import { replay, type JournalLine } from './journal.ts'
import type { ImageRecord, Region, Study } from './study.ts'

/** What can be wrong with the records of a study, whatever was done to it. */
export type Broken =
  | { readonly code: 'reader-unknown' | 'finished-and-empty' | 'box-outside' | 'box-of-nothing'; readonly key: string }
  | { readonly code: 'journal-gap'; readonly seq: number }
  | { readonly code: 'journal-differs'; readonly key: string }

/** A region with the key that it is kept under, and its image. */
export type KeyedRegion = Region & ImageRecord & { readonly key: string }

/** What must hold after each act. @returns what does not, none where all is well */
export function findBroken(study: Study, regions: readonly KeyedRegion[], journal: readonly JournalLine[]): readonly Broken[] {
  return [...regions.flatMap((region) => findBrokenIn(study, region)), ...findGaps(journal), ...compare(regions, journal)]
}

function findBrokenIn({ readers }: Study, { key, reader, progress, voxelCount, box, size }: KeyedRegion): Broken[] {
  const isOutside = box !== null && [0, 1, 2].some((axis) => box.lower[axis] < 0 || box.upper[axis] >= size[axis])
  return [
    ...(readers.some(({ id }) => id === reader) ? [] : [{ code: 'reader-unknown', key } as const]),
    ...(voxelCount === 0 && (progress === 'complete' || progress === 'locked')
      ? [{ code: 'finished-and-empty', key } as const]
      : []),
    ...(isOutside ? [{ code: 'box-outside', key } as const] : []),
    ...(box === null && voxelCount > 0 ? [{ code: 'box-of-nothing', key } as const] : []),
  ]
}

function findGaps(journal: readonly JournalLine[]): Broken[] {
  return journal.flatMap(({ seq }, i) => (seq === i + 1 ? [] : [{ code: 'journal-gap', seq } as const])).slice(0, 1)
}

function compare(regions: readonly KeyedRegion[], journal: readonly JournalLine[]): Broken[] {
  const told = replay(journal)
  const there = new Map(regions.map(({ key, progress }) => [key, progress]))
  return [...new Set([...told.keys(), ...there.keys()])]
    .filter((key) => told.get(key) !== there.get(key))
    .map((key) => ({ code: 'journal-differs', key }))
}
