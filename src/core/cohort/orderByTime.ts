import { compare } from '../numeric/compare.ts'
import type { ClockTime } from '../image/volumeTiming.ts'
import { clusterPhases, setAside, type ListedVolume } from './clusterPhases.ts'
import { earliestClock, secondsFromEarliest } from './clockTime.ts'
import { compareNames, timePhases, type PhaseFacts } from './timePhases.ts'

/**
 * Images of one visit in the order of time, whatever the order in which they came: the one order of lists, menus and keys. Phases of a
 * dynamic series stay together, by their times; series follow each other by when they began; what has no time comes last.
 * @param volumeOf what is known of an item; voxels are not looked at
 */
export function orderByTime<T>(items: readonly T[], volumeOf: (item: T) => ListedVolume): T[] {
  const volumes = items.map(volumeOf)
  const reasons = setAside(volumes)
  const facts = volumes.map(factsOf)
  const groups = clusterPhases(volumes, reasons).map((cluster) => {
    const ordered = timePhases(cluster.map((at) => facts[at])).order.map((i) => cluster[i])
    const start = earliestClock(ordered.flatMap((at) => clockOf(facts[at]) ?? []))
    return { ordered, start, first: facts[ordered[0]], isSetAside: reasons[ordered[0]] !== undefined }
  })
  const timesS = secondsFromEarliest(groups.flatMap(({ start }) => start ?? []))
  const timed = groups.filter(({ start }) => start).map((group, i) => [group, timesS[i]] as const)
  const beganS = new Map(timed)
  return groups
    .sort(
      (a, b) =>
        compare(beganS.get(a) ?? Infinity, beganS.get(b) ?? Infinity) ||
        Number(a.isSetAside) - Number(b.isSetAside) ||
        compare(a.first.timing?.seriesNumber ?? Infinity, b.first.timing?.seriesNumber ?? Infinity) ||
        compare(a.first.timing?.uid ?? '', b.first.timing?.uid ?? '') ||
        compareNames(a.first.name, b.first.name),
    )
    .flatMap(({ ordered }) => ordered.map((at) => items[at]))
}

/** What `timePhases` takes, of a volume. */
export function factsOf({ source: { timing, path, phase } }: ListedVolume): PhaseFacts {
  return { ...(timing && { timing }), name: [path, phase].filter(Boolean).join(' ') }
}

/** When it began, by the best of its clocks. */
export function clockOf({ timing }: Pick<PhaseFacts, 'timing'>): ClockTime | undefined {
  const { frameReference, frameAcquisition, acquisitionDateTime, acquisition, content, series } = timing?.clocks ?? {}
  return frameReference ?? frameAcquisition ?? acquisitionDateTime ?? acquisition ?? content ?? series
}
