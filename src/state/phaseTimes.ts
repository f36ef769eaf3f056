import type { VolumeSource } from '../core/image/volume.ts'

/** Between phases whose files do not tell their times. */
export const defaultPhaseGapS = 60

/**
 * Seconds from the first phase, from DICOM's acquisition or content times; phases 60 s apart where a time is missing or they do not rise
 * in the order given.
 */
export function guessPhaseTimes(sources: readonly Pick<VolumeSource, 'dicom'>[]): {
  readonly timesS: readonly number[]
  readonly fromFiles: boolean
} {
  for (const keyword of ['AcquisitionTime', 'ContentTime'] as const) {
    const clock = sources.map(({ dicom }) => secondsOfDay(dicom?.[keyword]))
    const timesS = clock.map((time) => time - clock[0])
    if (timesS.every((time, i) => Number.isFinite(time) && (i === 0 || time > timesS[i - 1]))) {
      if (sources.length > 0) return { timesS, fromFiles: true }
    }
  }
  return { timesS: sources.map((_, i) => i * defaultPhaseGapS), fromFiles: false }
}

/** Of a DICOM time, HHMMSS.FFFFFF; NaN if it is none. */
function secondsOfDay(time: string | undefined): number {
  const parts = /^(\d{2})(\d{2})(\d{2}(?:\.\d+)?)/.exec(time?.trim() ?? '')
  return parts ? 3600 * Number(parts[1]) + 60 * Number(parts[2]) + Number(parts[3]) : NaN
}
