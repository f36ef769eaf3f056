import { timeSources, type ClockName, type TimeSource, type VolumeTiming } from '../image/volumeTiming.ts'
import { median } from '../numeric/quantile.ts'
import { secondsFromEarliest } from './clockTime.ts'

/** Why a source gives no times. */
export type Unusable =
  /** A volume does not have it. */
  | 'missing'
  /** Two volumes less than a second apart. */
  | 'equal'
  /** All of it shorter than a minute or longer than 45. */
  | 'span'
  /** A gap below a third of the median: times of storing, not of scanning. */
  | 'uneven'
  /** Neither with the temporal positions nor with the instance numbers. */
  | 'notRising'

/** Times of volumes as one source has them, in the order of the volumes. */
export interface SourceTimes {
  readonly source: TimeSource
  /** Seconds from the earliest; undefined if the source is missing somewhere. */
  readonly timesS?: readonly number[]
  readonly unusable?: Unusable
}

const smallestDistanceS = 1
const [shortestSpanS, longestSpanS] = [60, 45 * 60]
/** A dynamic series with phases as close as this is ultrafast. */
const ultrafastGapS = 20
const smallestUltrafastRun = 3

/** What each source says of the volumes, and whether it may be believed. Volumes of one grid and one visit; at least two. */
export function readTimeSources(volumes: readonly VolumeTiming[]): SourceTimes[] {
  return timeSources.map((source) => {
    const timesS = readTimes(source, volumes)
    const unusable = timesS ? findFault(source, timesS, volumes) : 'missing'
    return { source, ...(timesS && { timesS }), ...(unusable && { unusable }) }
  })
}

/** Whether phases follow each other too fast for breath-hold scans: all of them, or a run of at least 4 within slower ones. */
export function findUltrafast(gapsS: readonly number[]): 'whole' | 'part' | undefined {
  if (gapsS.length === 0) return undefined
  if (median(gapsS) <= ultrafastGapS) return 'whole'
  const short = gapsS.map((gap) => gap <= ultrafastGapS)
  const [first, last] = [short.indexOf(true), short.lastIndexOf(true)]
  const isRun = first >= 0 && short.slice(first, last + 1).every(Boolean) && last - first + 1 >= smallestUltrafastRun
  return isRun ? 'part' : undefined
}

export function gapsOf(ascending: readonly number[]): number[] {
  return ascending.slice(1).map((time, i) => time - ascending[i])
}

function readTimes(source: TimeSource, volumes: readonly VolumeTiming[]): number[] | undefined {
  switch (source) {
    case 'triggerTime':
      return fromEarliest(volumes.map(({ triggerTimeMs }) => triggerTimeMs && triggerTimeMs / 1000))
    case 'dynamicScanBegin':
      return fromEarliest(volumes.map(({ dynamicScanBeginS }) => dynamicScanBeginS))
    case 'fileSteps':
      return fromEarliest(volumes.map(({ offsetS }) => offsetS))
    case 'temporalPosition':
      return fromEarliest(
        volumes.map(({ temporalPosition, temporalResolutionMs }) =>
          temporalPosition === undefined || temporalResolutionMs === undefined
            ? undefined
            : (temporalPosition * temporalResolutionMs) / 1000,
        ),
      )
    default:
      return readClocks(source, volumes)
  }
}

function readClocks(name: ClockName, volumes: readonly VolumeTiming[]): number[] | undefined {
  const clocks = volumes.flatMap((volume) => volume.clocks[name] ?? [])
  return clocks.length === volumes.length ? secondsFromEarliest(clocks) : undefined
}

function fromEarliest(timesS: readonly (number | undefined)[]): number[] | undefined {
  const known = timesS.filter((time) => time !== undefined)
  if (known.length < timesS.length) return undefined
  const first = Math.min(...known)
  return known.map((time) => time - first)
}

const relativeSources: readonly TimeSource[] = ['triggerTime', 'dynamicScanBegin', 'temporalPosition']

function findFault(source: TimeSource, timesS: readonly number[], volumes: readonly VolumeTiming[]): Unusable | undefined {
  const ascending = [...timesS].sort((a, b) => a - b)
  const gaps = gapsOf(ascending)
  if (gaps.some((gap) => gap < smallestDistanceS)) return 'equal'
  const span = ascending[ascending.length - 1]
  if (span < shortestSpanS || span > longestSpanS) return 'span'
  const typical = median(gaps)
  if (gaps.some((gap) => gap < typical / 3) && !findUltrafast(gaps)) return 'uneven'
  const rises = (values: readonly (number | undefined)[]) => risesWith(timesS, values)
  const isInOrder =
    !relativeSources.includes(source) ||
    rises(volumes.map(({ temporalPosition }) => temporalPosition)) ||
    rises(volumes.map(({ instanceNumber }) => instanceNumber))
  return isInOrder ? undefined : 'notRising'
}

/** Whether values that all volumes have rise strictly where the times do. */
function risesWith(timesS: readonly number[], values: readonly (number | undefined)[]): boolean {
  const order = timesS.map((_, i) => i).sort((a, b) => timesS[a] - timesS[b])
  return order.every((at, i) => {
    const [before, now] = [values[order[i - 1]], values[at]]
    return now !== undefined && (i === 0 || (before !== undefined && now > before))
  })
}
