import type { TimeSource, VolumeTiming } from '../image/volumeTiming.ts'
import type { Message } from '../messages/message.ts'
import { median } from '../numeric/quantile.ts'
import { secondsBetween } from './clockTime.ts'
import { tell } from './messages.ts'
import { findUltrafast, gapsOf, readTimeSources, type SourceTimes } from './timeSources.ts'

/** Between phases whose files do not tell their times. */
const assumedGapS = 60
/** Of the paper's protocol: one before contrast, five after. */
const protocolPhases = 6

/** Two sources, each usable by itself, put the phases in different orders: a person decides. */
export interface OrderDecision {
  readonly code: 'ordersDiffer'
  /** The one that is proposed comes first. Orders are indices of the volumes given. */
  readonly options: readonly {
    readonly source: TimeSource
    readonly order: readonly number[]
    readonly timesS: readonly number[]
  }[]
}

export interface PhaseTimes {
  /** Indices of the volumes given, by time. */
  readonly order: readonly number[]
  /** Seconds from the first phase, one a phase in that order; they rise strictly. */
  readonly timesS: readonly number[]
  /** 'order': the files tell no times that can be believed, only an order at most. */
  readonly from: TimeSource | 'order'
  /** The times are those of the files, and nothing in the files speaks against them. */
  readonly proved: boolean
  /** Seconds from the first phase. Where the files do not tell it, it is assumed just before the second phase. */
  readonly injectionS: number
  readonly injectionProved: boolean
  readonly decision?: OrderDecision
  readonly warnings: readonly Message[]
}

/** What is known of a phase; names only decide where the file tells nothing else. */
export interface PhaseFacts {
  readonly timing?: VolumeTiming
  /** As the user knows it, with the folder. */
  readonly name: string
}

/**
 * The phases of a dynamic series in the order of time, with their times, whatever the order in which they are given.
 * @param phases of one grid and one visit
 * @param chosen the source that a person decided for, where usable ones disagree
 */
export function timePhases(phases: readonly PhaseFacts[], { chosen }: { readonly chosen?: TimeSource } = {}): PhaseTimes {
  const timings = phases.map(({ timing }) => timing ?? unknownTiming)
  const sources = phases.length > 1 ? readTimeSources(timings) : []
  const usable = sources.flatMap(({ source, timesS, unusable }) =>
    timesS && !unusable ? [{ source, order: orderOf(timesS), timesS }] : [],
  )
  const taken = usable.find(({ source }) => source === chosen) ?? usable[0]
  const other = usable.find(({ order }) => order.some((volume, i) => volume !== taken.order[i]))
  const order = taken?.order ?? lastResort(phases, sources)
  const timesS = taken ? order.map((volume) => taken.timesS[volume]) : order.map((_, i) => i * assumedGapS)
  const from = taken?.source ?? 'order'
  const injection = findInjection(
    order.map((volume) => timings[volume]),
    timesS,
    from,
  )
  return {
    order,
    timesS,
    from,
    proved: taken !== undefined && (other === undefined || taken.source === chosen),
    ...injection,
    ...(other && { decision: { code: 'ordersDiffer', options: [taken, other].map(inOrder) } }),
    warnings: [...(taken ? warnAboutGaps(timesS) : []), ...warnAboutCount(phases.length), ...warnAboutBaseline(injection)],
  }
}

const unknownTiming: VolumeTiming = { clocks: {} }

function inOrder({ source, order, timesS }: OrderDecision['options'][number]): OrderDecision['options'][number] {
  return { source, order, timesS: order.map((volume) => timesS[volume]) }
}

function orderOf(timesS: readonly number[]): number[] {
  return timesS.map((_, i) => i).sort((a, b) => timesS[a] - timesS[b])
}

/**
 * Of phases without times: temporal positions; then the scanner's clocks where they differ, though they are too far apart or too close to
 * be the times of phases; then acquisition, series and instance numbers, each where all volumes have it; at the end the UID, or the name.
 */
function lastResort(phases: readonly PhaseFacts[], sources: readonly SourceTimes[]): number[] {
  const clock = sources.find(({ source, timesS }) => clockSources.includes(source) && timesS?.some((time) => time !== timesS[0]))
  const timings = phases.map(({ timing }) => timing ?? unknownTiming)
  const keys = [
    timings.map(({ temporalPosition }) => temporalPosition),
    clock?.timesS ?? [],
    timings.map(({ acquisitionNumber }) => acquisitionNumber),
    timings.map(({ seriesNumber }) => seriesNumber),
    timings.map(({ instanceNumber }) => instanceNumber),
  ].filter((values): values is number[] => values.length > 0 && values.every((value) => value !== undefined))
  const uids = timings.every(({ uid }) => uid !== undefined)
  return phases
    .map((_, i) => i)
    .sort((a, b) => {
      const key = keys.find((values) => values[a] !== values[b])
      if (key) return key[a] - key[b]
      if (uids && timings[a].uid !== timings[b].uid) return timings[a].uid! < timings[b].uid! ? -1 : 1
      return compareNames(phases[a].name, phases[b].name)
    })
}

const clockSources: readonly TimeSource[] = ['frameReference', 'frameAcquisition', 'acquisitionDateTime', 'acquisition']

/** Names with numbers in their order; what is called before contrast comes first. */
export function compareNames(a: string, b: string): number {
  const isBefore = (name: string) => Number(/(^|[^a-z])(pre|native|before)([^a-z]|$)/i.test(name.split('/').at(-1)!))
  return isBefore(b) - isBefore(a) || a.localeCompare(b, 'en', { numeric: true })
}

/** A clock that says both when phases were acquired and when the agent was given can prove the time of injection. */
function findInjection(
  ordered: readonly VolumeTiming[],
  timesS: readonly number[],
  from: PhaseTimes['from'],
): Pick<PhaseTimes, 'injectionS' | 'injectionProved'> {
  const assumed = { injectionS: timesS[1] ?? 0, injectionProved: false }
  const told = ordered.flatMap(({ injection }) => injection ?? [])
  const start = from in ordered[0].clocks ? ordered[0].clocks[from as keyof VolumeTiming['clocks']] : undefined
  if (!start || told.length === 0) return assumed
  const candidates = told.map((injection) => secondsBetween(start, withoutDate(injection)))
  const injectionS = candidates[0]
  // Another time a file, or one far from the phases, was filled in by no scanner that knew it.
  const agree = candidates.every((other) => Math.abs(other - injectionS) < 1)
  const isNear = injectionS > -farthestInjectionS && injectionS < timesS[timesS.length - 1]
  return agree && isNear ? { injectionS, injectionProved: true } : assumed
}

const farthestInjectionS = 30 * 60

function withoutDate({ seconds }: NonNullable<VolumeTiming['injection']>) {
  return { seconds, hasDate: false }
}

/** The agent is given between the first phase and the second: that gap may be of any length. */
function warnAboutGaps(timesS: readonly number[]): Message[] {
  const gaps = gapsOf(timesS)
  if (findUltrafast(gaps) === 'part') return []
  const usualGapS = median(gaps)
  return gaps.flatMap((gapS, i) =>
    i > 0 && gapS > 1.8 * usualGapS ? [tell('phase-missing', { after: i + 1, gapS, usualGapS })] : [],
  )
}

function warnAboutCount(found: number): Message[] {
  return found < protocolPhases ? [tell('few-phases', { found, expected: protocolPhases })] : []
}

function warnAboutBaseline({ injectionS, injectionProved }: Pick<PhaseTimes, 'injectionS' | 'injectionProved'>): Message[] {
  return injectionProved && injectionS < 0 ? [tell('none-before-contrast', { injectionS })] : []
}
