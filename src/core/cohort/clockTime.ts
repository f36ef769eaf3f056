import type { ClockTime } from '../image/volumeTiming.ts'

const secondsADay = 86400

/**
 * A moment from a date (YYYYMMDD, or with points as before 1993) and a time of day (HH, HHMM, HHMMSS and fractions, or with colons).
 * Undefined where the time is none. A date that is none counts as missing.
 */
export function clockTime(date: string | undefined, time: string | undefined): ClockTime | undefined {
  const parts = /^(\d{2})(\d{2})?(\d{2}(?:\.\d*)?)?$/.exec((time ?? '').trim().replaceAll(':', ''))
  if (!parts) return undefined
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0))
  // A leap second is 60.
  if (hours > 23 || minutes > 59 || seconds >= 61) return undefined
  const ofDay = 3600 * hours + 60 * minutes + seconds
  const day = dayNumber(date)
  return day === undefined ? { seconds: ofDay, hasDate: false } : { seconds: day * secondsADay + ofDay, hasDate: true }
}

/** A moment from DICOM's date and time in one, YYYYMMDDHHMMSS.FFFFFF&ZZXX. The offset is left out: one scanner has one clock. */
export function clockTimeOfDateTime(text: string | undefined): ClockTime | undefined {
  const parts = /^(\d{8})(\d{2}(?:\d{2}(?:\d{2}(?:\.\d*)?)?)?)(?:[+-]\d{4})?$/.exec((text ?? '').trim())
  return parts ? clockTime(parts[1], parts[2]) : undefined
}

/**
 * Moments of one examination on one line, in seconds from the earliest of them. Where a date is missing somewhere, or stayed what it was while
 * the clock fell by more than 12 h, only the time of day counts and midnight was passed.
 */
export function secondsFromEarliest(clocks: readonly ClockTime[]): number[] {
  const isDated = clocks.every(({ hasDate }) => hasDate)
  const days = new Set(clocks.map(({ seconds }) => Math.floor(seconds / secondsADay)))
  const line = isDated && days.size > 1 ? clocks.map(({ seconds }) => seconds) : unfoldMidnight(clocks.map(ofDay))
  const first = Math.min(...line)
  return line.map((seconds) => seconds - first)
}

/** The earliest of several moments of one examination. */
export function earliestClock(clocks: readonly ClockTime[]): ClockTime | undefined {
  return clocks[secondsFromEarliest(clocks).indexOf(0)]
}

/** Seconds from `start` to `moment`, between -12 h and 12 h where a date is missing. */
export function secondsBetween(start: ClockTime, moment: ClockTime): number {
  if (start.hasDate && moment.hasDate) return moment.seconds - start.seconds
  const difference = ofDay(moment) - ofDay(start)
  return difference > secondsADay / 2
    ? difference - secondsADay
    : difference < -secondsADay / 2
      ? difference + secondsADay
      : difference
}

function ofDay({ seconds }: ClockTime): number {
  return seconds - secondsADay * Math.floor(seconds / secondsADay)
}

/** Times of day that lie more than 12 h apart: those after midnight get a day on top. */
function unfoldMidnight(timesOfDay: readonly number[]): number[] {
  const sorted = [...timesOfDay].sort((a, b) => a - b)
  const falls = sorted.findIndex((time, i) => i > 0 && time - sorted[i - 1] > secondsADay / 2)
  return falls < 0 ? [...timesOfDay] : timesOfDay.map((time) => (time < sorted[falls] ? time + secondsADay : time))
}

/** Days since 1 January 1970 in the Gregorian calendar; undefined if the text is no day. */
function dayNumber(date: string | undefined): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec((date ?? '').trim().replaceAll('.', ''))
  if (!parts) return undefined
  const [year, month, day] = parts.slice(1).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  // Years begin in March, so that the leap day is their last: no table of months is needed.
  const shifted = month > 2 ? year : year - 1
  const monthFromMarch = (month + 9) % 12
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400)
  return 365 * shifted + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1 - 719468
}
