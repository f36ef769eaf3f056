import type { ClockTime } from '../image/volumeTiming.ts'
import { agree, clusterPhases, gridsAgree, setAside, type ListedVolume } from './clusterPhases.ts'
import { dixonImage } from './dixonImage.ts'
import { earliestClock, secondsBetween } from './clockTime.ts'
import { factsOf } from './orderByTime.ts'
import { timePhases, type PhaseTimes } from './timePhases.ts'
import type { TimeSource } from '../image/volumeTiming.ts'

/** Volumes that are phases of one dynamic series, by time. */
export interface DynamicSeries {
  /** Indices of the volumes given, by time; the first is the baseline. */
  readonly phases: readonly number[]
  /** Its `order` counts those in `phases` and is therefore rising. */
  readonly times: PhaseTimes
  /** At least 3 volumes whose headers tell a TE of at most 10 ms and a TR of at most 50 ms, as dynamic series after contrast have. */
  readonly isDce: boolean
}

/**
 * The groups of at least two volumes that were scanned alike, those of dynamic series with contrast first and the best of them foremost. A volume
 * before contrast with a grid within 1 mm, but scanned a little differently (other shim, other TE), belongs to the series that follows it.
 * @param volumes of one visit
 */
export function findPhases(volumes: readonly ListedVolume[], { chosen }: { readonly chosen?: TimeSource } = {}): DynamicSeries[] {
  const reasons = setAside(volumes)
  const clusters = clusterPhases(volumes, reasons).filter(([first]) => reasons[first] === undefined)
  const time = (cluster: readonly number[]) => {
    const times = timePhases(
      cluster.map((at) => factsOf(volumes[at])),
      { ...(chosen && { chosen }) },
    )
    return { times, phases: times.order.map((i) => cluster[i]) }
  }
  const single = clusters.filter(({ length }) => length === 1).map(([at]) => at)
  const series = clusters
    .filter(({ length }) => length > 1)
    .map((cluster): DynamicSeries => {
      const isDce = cluster.length >= 3 && cluster.every((at) => isFastGradientEcho(volumes[at]))
      const before = isDce
        ? single.filter((at) =>
            precedes(
              volumes[at],
              cluster.map((member) => volumes[member]),
            ),
          )
        : []
      const timed = time(before.length === 1 ? [...before, ...cluster] : cluster)
      // Its times must show that it lies before, or it is left where it was.
      const joined = before.length === 1 && timed.times.proved && timed.phases[0] === before[0]
      return { ...(joined || before.length === 0 ? timed : time(cluster)), isDce }
    })
  return series.sort((a, b) => compareSeries(a, b, volumes))
}

/** Which of two dynamic series is the study's: water rather than fat, axial, of 4 to 12 phases, covering more, finer in the plane, later. */
function compareSeries(a: DynamicSeries, b: DynamicSeries, volumes: readonly ListedVolume[]): number {
  const [one, other] = [volumes[a.phases[0]], volumes[b.phases[0]]]
  const yes = (condition: boolean) => Number(condition)
  const usual = ({ phases: { length } }: DynamicSeries) => yes(length >= 4 && length <= 12)
  return (
    yes(b.isDce) - yes(a.isDce) ||
    yes(isWaterOrNoDixon(other)) - yes(isWaterOrNoDixon(one)) ||
    yes(isAxial(other)) - yes(isAxial(one)) ||
    usual(b) - usual(a) ||
    clearly(coverageMm(other), coverageMm(one)) ||
    clearly(one.spacingMm[0], other.spacingMm[0]) ||
    laterFirst(startOf(one), startOf(other)) ||
    ((one.source.timing?.uid ?? one.source.path) < (other.source.timing?.uid ?? other.source.path) ? -1 : 1)
  )
}

/** Whether nothing but which is later speaks for the first of the series found: a person should look. */
export function isChoiceClose([first, second]: readonly DynamicSeries[], volumes: readonly ListedVolume[]): boolean {
  if (!first?.isDce || !second?.isDce) return false
  const [one, other] = [volumes[first.phases[0]], volumes[second.phases[0]]]
  const usual = ({ phases: { length } }: DynamicSeries) => length >= 4 && length <= 12
  return (
    isWaterOrNoDixon(one) === isWaterOrNoDixon(other) &&
    isAxial(one) === isAxial(other) &&
    usual(first) === usual(second) &&
    clearly(coverageMm(one), coverageMm(other)) === 0 &&
    clearly(one.spacingMm[0], other.spacingMm[0]) === 0
  )
}

/** After contrast the water image is read: fat is suppressed in it, and is all that the fat image shows. */
function isWaterOrNoDixon({ source }: ListedVolume): boolean {
  return [undefined, 'water'].includes(dixonImage(source.dicom ?? {}))
}

/** The difference where it is more than 10 %, else 0. */
function clearly(a: number, b: number): number {
  return Math.abs(a - b) > 0.1 * Math.max(a, b) ? a - b : 0
}

function isFastGradientEcho({ source: { dicom } }: ListedVolume): boolean {
  const [echoMs, repetitionMs] = [Number(dicom?.EchoTime ?? NaN), Number(dicom?.RepetitionTime ?? NaN)]
  return echoMs <= 10 && repetitionMs <= 50
}

function precedes(volume: ListedVolume, series: readonly ListedVolume[]): boolean {
  return (
    isFastGradientEcho(volume) &&
    gridsAgree(volume, series[0]) &&
    agree(volume.source.dicom?.FrameOfReferenceUID, series[0].source.dicom?.FrameOfReferenceUID)
  )
}

function isAxial({ direction }: ListedVolume): boolean {
  return Math.abs(direction[8]) >= Math.max(Math.abs(direction[2]), Math.abs(direction[5]))
}

function coverageMm({ size, spacingMm }: ListedVolume): number {
  return size[2] * spacingMm[2]
}

function startOf({ source: { timing } }: ListedVolume): ClockTime | undefined {
  return earliestClock(Object.values(timing?.clocks ?? {}).slice(0, 1))
}

function laterFirst(a: ClockTime | undefined, b: ClockTime | undefined): number {
  return a && b ? secondsBetween(a, b) : 0
}
