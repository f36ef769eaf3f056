import type { ClockName, VolumeTiming } from '../image/volumeTiming.ts'
import { earliestClock } from './clockTime.ts'

const clockNames: readonly ClockName[] = [
  'frameReference',
  'frameAcquisition',
  'acquisitionDateTime',
  'acquisition',
  'content',
  'series',
]
const numberNames = [
  'triggerTimeMs',
  'dynamicScanBeginS',
  'temporalPosition',
  'temporalResolutionMs',
  'offsetS',
  'acquisitionNumber',
  'seriesNumber',
  'instanceNumber',
] as const

/**
 * When a volume was acquired, of its frames: the smallest of each value, whatever their order. What a frame does not tell, its volume does not
 * either: the smallest might be that frame's.
 */
export function mergeTimings(frames: readonly VolumeTiming[]): VolumeTiming {
  const clocks = clockNames.flatMap((name) => {
    const earliest = earliestClock(inAll(frames.map((frame) => frame.clocks[name])))
    return earliest ? [[name, earliest] as const] : []
  })
  const numbers = numberNames.flatMap((name) => {
    const values = inAll(frames.map((frame) => frame[name]))
    return values.length > 0 ? [[name, values.reduce((least, value) => Math.min(least, value))] as const] : []
  })
  const uids = inAll(frames.map(({ uid }) => uid))
  // The contrast agent has one start, which need not stand in every file.
  const injection = earliestClock(frames.flatMap((frame) => frame.injection ?? []))
  return {
    clocks: Object.fromEntries(clocks),
    ...Object.fromEntries(numbers),
    ...(uids.length > 0 && { uid: uids.reduce((least, uid) => (uid < least ? uid : least)) }),
    ...(injection && { injection }),
  }
}

/** All the values, or none where one is missing. */
function inAll<T>(values: readonly (T | undefined)[]): T[] {
  const known = values.filter((value): value is T => value !== undefined)
  return known.length === values.length ? known : []
}
