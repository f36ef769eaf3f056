/** A moment on the scanner's clock, of no time zone. */
export interface ClockTime {
  /** Seconds since midnight; with a date since the start of 1 January 1970. */
  readonly seconds: number
  /** Without a date it is known only up to whole days. */
  readonly hasDate: boolean
}

/** The clocks that a header may have. */
export type ClockName = 'frameReference' | 'frameAcquisition' | 'acquisitionDateTime' | 'acquisition' | 'content' | 'series'

/**
 * What a header tells of when a frame or a volume was acquired: plain data, nothing that names a patient. Of a volume each value is the
 * smallest of its frames and is missing where a frame does not have it.
 */
export interface VolumeTiming {
  readonly clocks: Readonly<Partial<Record<ClockName, ClockTime>>>
  /** TriggerTime: from the start of the dynamic series. */
  readonly triggerTimeMs?: number
  /** Philips' own start of the dynamic scan, from the start of the series. */
  readonly dynamicScanBeginS?: number
  /** TemporalPositionIdentifier or TemporalPositionIndex, counted from 1. */
  readonly temporalPosition?: number
  readonly temporalResolutionMs?: number
  /** From the first volume of a 4D file that tells the distance of its volumes in time. */
  readonly offsetS?: number
  readonly acquisitionNumber?: number
  readonly seriesNumber?: number
  /** The smallest of the volume's frames; those of a file of several frames follow its own number as fractions. */
  readonly instanceNumber?: number
  /** The smallest SOPInstanceUID and frame as text: the last resort to put volumes in an order that does not depend on names. */
  readonly uid?: string
  /** ContrastBolusStartTime. */
  readonly injection?: ClockTime
}

/** From what the times of phases can be taken, the best first; only the first usable one is taken. */
export const timeSources = [
  'frameReference',
  'frameAcquisition',
  'acquisitionDateTime',
  'acquisition',
  'triggerTime',
  'dynamicScanBegin',
  'temporalPosition',
  'fileSteps',
  'content',
  'series',
] as const
export type TimeSource = (typeof timeSources)[number]
