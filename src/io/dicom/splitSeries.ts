import { groupBy } from '../../core/numeric/groupBy.ts'
import { mergeTimings } from '../../core/cohort/mergeTimings.ts'
import { timePhases } from '../../core/cohort/timePhases.ts'
import { splitKeys, type SplitKey, type DicomFrame } from './dicomFrame.ts'
import { normalOf, positionAlong } from './sliceGeometry.ts'
import { nameBValue, nameImageType, nameMapping, nameNumbered } from '../../core/image/volumeNames.ts'

/** Frames of one volume, and what tells it from the others of its series. */
export interface VolumeFrames {
  readonly frames: readonly DicomFrame[]
  /** '' if the series is one volume. */
  readonly label: string
}

/**
 * Splits the frames of one series into volumes.
 *
 * Size, pixel spacing and orientation always split. The other keys (image type, quantity of a map, echo, b-value, temporal position,
 * acquisition, trigger and content time) split only where several frames lie at the same place, since many of them change
 * from slice to slice within one volume. A key that numbers the volumes splits by its value; a time that differs in every
 * frame splits by its rank at each place (dynamic 2D series). Frames that no key tells apart stay together: two slices at
 * the same place, which `arrangeSlices` refuses.
 *
 * Phases are numbered in the order of time (`timePhases`), and nothing depends on the order of the frames.
 */
export function splitSeries(frames: readonly DicomFrame[]): VolumeFrames[] {
  const shapes = [...groupBy(inOwnOrder(frames), shapeOf).values()]
  return shapes.flatMap((group, i) =>
    splitByKeys({
      frames: group,
      label: shapes.length > 1 ? nameNumbered('part', i + 1, shapes.length, describeShape(group[0])) : '',
    }),
  )
}

function splitByKeys(volume: VolumeFrames): VolumeFrames[] {
  const multiplicity = maximum(countAtPlaces(volume.frames))
  if (multiplicity === 1) return [volume]
  for (const key of splitKeys) {
    const groups = groupBy(volume.frames, ({ split }) => split[key] ?? '')
    if (groups.size > 1 && groups.size <= multiplicity) return splitInto(volume, key, groups)
  }
  const times = (['triggerTime', 'acquisitionTime', 'contentTime'] as const).find((key) => isRankable(volume.frames, key))
  return times ? splitInto(volume, times, groupByRank(volume.frames, times)) : [volume]
}

function splitInto(volume: VolumeFrames, key: SplitKey, groups: Map<string, DicomFrame[]>): VolumeFrames[] {
  const byValue = [...groups].sort(([a], [b]) => compareValues(a, b))
  const ordered = isPhaseKey(key) ? inOrderOfTime(byValue) : byValue
  return ordered.flatMap(([value, frames], i) =>
    splitByKeys({ frames, label: [volume.label, describePart(key, value, i + 1, ordered.length)].filter(Boolean).join(', ') }),
  )
}

function isPhaseKey(key: SplitKey): boolean {
  return key !== 'imageType' && key !== 'mapping' && key !== 'echo' && key !== 'bValue'
}

function inOrderOfTime(groups: readonly [string, DicomFrame[]][]): [string, DicomFrame[]][] {
  const facts = groups.map(([name, frames]) => ({ name, timing: mergeTimings(frames.map(({ timing }) => timing)) }))
  return timePhases(facts).order.map((at) => groups[at])
}

/** By instance number, then by identifier: the same however the files are named and found. */
function inOwnOrder(frames: readonly DicomFrame[]): DicomFrame[] {
  return [...frames].sort(
    (a, b) =>
      (a.timing.instanceNumber ?? 0) - (b.timing.instanceNumber ?? 0) ||
      compareValues(a.timing.uid ?? '', b.timing.uid ?? '') ||
      a.frame - b.frame,
  )
}

/** The times differ among the frames of each place, and each place has as many frames as any other. */
function isRankable(frames: readonly DicomFrame[], key: SplitKey): boolean {
  const counts = countAtPlaces(frames)
  if (Math.min(...counts) !== maximum(counts)) return false
  return [...groupBy(frames, placeOf).values()].every(
    (atPlace) =>
      new Set(atPlace.map(({ split }) => split[key])).size === atPlace.length &&
      atPlace.every(({ split }) => split[key] !== undefined),
  )
}

function groupByRank(frames: readonly DicomFrame[], key: SplitKey): Map<string, DicomFrame[]> {
  const ranks = new Map<string, DicomFrame[]>()
  for (const atPlace of groupBy(frames, placeOf).values()) {
    const ordered = [...atPlace].sort((a, b) => compareValues(a.split[key] ?? '', b.split[key] ?? ''))
    ordered.forEach((frame, rank) => ranks.set(String(rank + 1), [...(ranks.get(String(rank + 1)) ?? []), frame]))
  }
  return ranks
}

function describePart(key: SplitKey, value: string, number: number, count: number): string {
  switch (key) {
    case 'imageType':
      return nameImageType(value)
    case 'mapping':
      return nameMapping(value)
    case 'echo':
      return nameNumbered('echo', number, count, value)
    case 'bValue':
      return nameBValue(value)
    default:
      return nameNumbered('phase', number, count)
  }
}

function shapeOf({ columns, rows, spacingMm = [0, 0], orientation = [] }: DicomFrame): string {
  return [
    columns,
    rows,
    ...spacingMm.map((mm) => mm.toFixed(4)),
    ...orientation.map((cosine) => (Math.round(cosine * 1000) / 1000 + 0).toFixed(3)),
  ].join(' ')
}

function describeShape({ columns, rows, orientation }: DicomFrame): string {
  const normal = orientation ? normalOf(orientation) : [0, 0, 0]
  const largest = normal.map(Math.abs).indexOf(Math.max(...normal.map(Math.abs)))
  return `${orientation ? `${['sagittal', 'coronal', 'axial'][largest]}, ` : ''}${columns} x ${rows}`
}

/** Frames of one place have the same text; without positions they count as different places, which is told later. */
function placeOf(frame: DicomFrame): string {
  if (!frame.positionMm || !frame.orientation) return `${frame.file} ${frame.frame}`
  return (Math.round(positionAlong(frame.positionMm, normalOf(frame.orientation)) * 100) / 100 + 0).toFixed(2)
}

function countAtPlaces(frames: readonly DicomFrame[]): number[] {
  return [...groupBy(frames, placeOf).values()].map(({ length }) => length)
}

function maximum(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0)
}

/** Made once: `localeCompare` looks for it at every pair. */
const compareValues = new Intl.Collator('en', { numeric: true }).compare
