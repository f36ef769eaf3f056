import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClockName, VolumeTiming } from '../image/volumeTiming.ts'
import { clockTime, clockTimeOfDateTime } from './clockTime.ts'
import { tell } from './messages.ts'
import { mergeTimings } from './mergeTimings.ts'
import { timePhases } from './timePhases.ts'
import type { TimeSource } from '../image/volumeTiming.ts'

type Facts = Omit<VolumeTiming, 'clocks'> & Partial<Record<ClockName, string>>

/** A header's facts; clocks as HHMMSS on 1 March 2024, or YYYYMMDD HHMMSS. */
function facts({
  frameReference,
  frameAcquisition,
  acquisitionDateTime,
  acquisition,
  content,
  series,
  ...rest
}: Facts): VolumeTiming {
  const clocks = Object.entries({ frameReference, frameAcquisition, acquisitionDateTime, acquisition, content, series }).flatMap(
    ([name, text]) => {
      const [time, date] = (text ?? '').split(' ').reverse()
      const clock = clockTime(date ?? '20240301', time)
      return clock ? [[name, clock] as const] : []
    },
  )
  return { clocks: Object.fromEntries(clocks), ...rest }
}

const phases = (given: readonly VolumeTiming[]) => given.map((timing, i) => ({ timing, name: `phase ${i + 1}` }))
const sixClocks = ['102000', '102048', '102136', '102224', '102312', '102400']
const sixTimes = [0, 48, 96, 144, 192, 240]
const six = (of: (i: number) => Facts) => sixTimes.map((_, i) => facts(of(i)))
const minutes = [0, 60, 120, 180, 240, 300]

/** Volumes in the order of time, with what is to come out. */
const table: readonly [name: string, volumes: VolumeTiming[], from: TimeSource | 'order', proved: boolean, timesS: number[]][] = [
  ['the reference time of frames comes first', six((i) => ({ frameReference: sixClocks[i], acquisition: `1${i}0000` })), 'frameReference', true, sixTimes],
  ['then the acquisition time of frames', six((i) => ({ frameAcquisition: sixClocks[i], acquisition: '100000' })), 'frameAcquisition', true, sixTimes],
  ['then the acquisition date and time', six((i) => ({ acquisitionDateTime: sixClocks[i], acquisition: '100000' })), 'acquisitionDateTime', true, sixTimes],
  ['the usual acquisition time', six((i) => ({ acquisition: sixClocks[i], content: '120000' })), 'acquisition', true, sixTimes],
  ['acquisition time without a date', sixClocks.map((time) => ({ clocks: { acquisition: clockTime(undefined, time)! } })), 'acquisition', true, sixTimes],
  ['GE: one acquisition time for all, trigger times', six((i) => ({ acquisition: '102000', triggerTimeMs: 48000 * i, temporalPosition: i + 1 })), 'triggerTime', true, sixTimes],
  ['GE: one acquisition time for all, trigger times with instance numbers only', six((i) => ({ acquisition: '102000', triggerTimeMs: 48000 * i, instanceNumber: 100 * i + 1 })), 'triggerTime', true, sixTimes],
  ['GE: one acquisition time for all, content times', six((i) => ({ acquisition: '102000', content: sixClocks[i] })), 'content', true, sixTimes],
  ['GE: all clocks equal, positions and no resolution', six((i) => ({ acquisition: '102000', content: '102000', series: '101900', temporalPosition: i + 1 })), 'order', false, minutes],
  ['Philips: trigger times', six((i) => ({ triggerTimeMs: 1000 + 48000 * i, temporalPosition: i + 1 })), 'triggerTime', true, sixTimes],
  ['Philips: trigger times all 0, start of the dynamic scan', six((i) => ({ triggerTimeMs: 0, dynamicScanBeginS: 3 + 48 * i, temporalPosition: i + 1 })), 'dynamicScanBegin', true, sixTimes],
  ['trigger times that fall with position and instance number are not believed', six((i) => ({ triggerTimeMs: 48000 * (6 - i), temporalPosition: i + 1, instanceNumber: i })), 'order', false, minutes],
  ['trigger times that nothing confirms are not believed', six((i) => ({ triggerTimeMs: 48000 * i, seriesNumber: 9 - i })).reverse(), 'order', false, minutes],
  ['positions and resolution', six((i) => ({ temporalPosition: i + 1, temporalResolutionMs: 48000 })), 'temporalPosition', true, sixTimes],
  ['positions and a resolution that is missing in one', six((i) => ({ temporalPosition: i + 1, ...(i !== 3 && { temporalResolutionMs: 48000 }) })), 'order', false, minutes],
  ['steps of a 4D file', six((i) => ({ offsetS: 48 * i })), 'fileSteps', true, sixTimes],
  ['content times', six((i) => ({ content: sixClocks[i] })), 'content', true, sixTimes],
  ['series times of separate series', six((i) => ({ series: sixClocks[i] })), 'series', true, sixTimes],
  ['series times where content times were written in one burst', six((i) => ({ content: `10500${i}`, series: sixClocks[i] })), 'series', true, sixTimes],
  ['a source that one volume lacks is left', six((i) => ({ ...(i !== 2 && { acquisition: sixClocks[i] }), content: sixClocks[i] })), 'content', true, sixTimes],
  ['less than a second apart is equal', six((i) => ({ acquisition: i === 1 ? '102000.9' : sixClocks[i], content: sixClocks[i] })), 'content', true, sixTimes],
  ['midnight with the date', [facts({ acquisition: '20240301 235900' }), facts({ acquisition: '20240302 000000' }), facts({ acquisition: '20240302 000100' })], 'acquisition', true, [0, 60, 120]],
  ['midnight, the date not moved on', [facts({ acquisition: '235900' }), facts({ acquisition: '000000' }), facts({ acquisition: '000100' })], 'acquisition', true, [0, 60, 120]],
  ['midnight without a date', ['235900', '000000', '000100'].map((time) => ({ clocks: { acquisition: clockTime(undefined, time)! } })), 'acquisition', true, [0, 60, 120]],
  ['a leap day', [facts({ acquisition: '20240228 235930' }), facts({ acquisition: '20240229 000030' })], 'acquisition', true, [0, 60]],
  ['a turn of the year', [facts({ acquisition: '20231231 235930' }), facts({ acquisition: '20240101 000030' })], 'acquisition', true, [0, 60]],
  ['days apart are no phases, but still an order', [facts({ acquisition: '20240301 100000' }), facts({ acquisition: '20240308 095900' })], 'order', false, [0, 60]],
  ['shorter than a minute', [facts({ acquisition: '100000' }), facts({ acquisition: '100059' })], 'order', false, [0, 60]],
  ['just a minute', [facts({ acquisition: '100000' }), facts({ acquisition: '100100' })], 'acquisition', true, [0, 60]],
  ['just 45 minutes', [facts({ acquisition: '100000' }), facts({ acquisition: '104500' })], 'acquisition', true, [0, 2700]],
  ['longer than 45 minutes', [facts({ acquisition: '100000' }), facts({ acquisition: '104501' })], 'order', false, [0, 60]],
  ['a gap below a third of the median', [0, 1, 2, 3, 4].map((i) => facts({ content: ['100000', '100100', '100110', '100210', '100310'][i], temporalPosition: i + 1 })), 'order', false, [0, 60, 120, 180, 240]],
  ['an ultrafast series, the first gap long', ['100000', '100200', '100203', '100206', '100207', '100211'].map((acquisition) => facts({ acquisition })), 'acquisition', true, [0, 120, 123, 126, 127, 131]],
  ['ultrafast phases within slower ones', ['100000', '100100', '100105', '100110', '100115', '100215', '100315', '100415', '100515'].map((acquisition) => facts({ acquisition })), 'acquisition', true, [0, 60, 65, 70, 75, 135, 195, 255, 315]],
  ['order by position before acquisition number', six((i) => ({ temporalPosition: i + 1, acquisitionNumber: 9 - i })), 'order', false, minutes],
  ['order by acquisition number before series number', six((i) => ({ acquisitionNumber: i + 1, seriesNumber: 9 - i })), 'order', false, minutes],
  ['order by series number before instance number', six((i) => ({ acquisitionNumber: 1, seriesNumber: 100 + i, instanceNumber: 9 - i })), 'order', false, minutes],
  ['order by the smallest instance number before the UID', six((i) => ({ seriesNumber: 4, instanceNumber: 20 * i + 1, uid: `1.${9 - i}` })), 'order', false, minutes],
  ['order by UID', six((i) => ({ instanceNumber: 1, uid: `1.${i}` })), 'order', false, minutes],
  ['reversed instance numbers do not matter where clocks tell', six((i) => ({ acquisition: sixClocks[i], instanceNumber: 600 - 100 * i })), 'acquisition', true, sixTimes],
  ['reversed instance numbers do not matter where positions confirm', six((i) => ({ triggerTimeMs: 48000 * i, temporalPosition: i + 1, instanceNumber: 600 - 100 * i })), 'triggerTime', true, sixTimes],
  ['reversed series numbers do not matter where clocks tell', six((i) => ({ acquisition: sixClocks[i], seriesNumber: 9 - i })), 'acquisition', true, sixTimes],
  ['clocks with fractions', [facts({ acquisition: '100000.250000' }), facts({ acquisition: '100130.750000' })], 'acquisition', true, [0, 90.5]],
  ['clocks of hours and minutes', [facts({ acquisition: '1000' }), facts({ acquisition: '1003' })], 'acquisition', true, [0, 180]],
  ['one phase', [facts({ acquisition: '100000' })], 'order', false, [0]],
] // prettier-ignore

describe('times and order of phases, whatever the order in which they are given', () => {
  test.each(table)('%s', (_, volumes, from, proved, timesS) => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...volumes.keys()], { minLength: volumes.length }), (shuffled) => {
        const result = timePhases(phases(shuffled.map((at) => volumes[at])))
        expect(result.order.map((at) => shuffled[at])).toEqual([...volumes.keys()])
        expect({ from: result.from, proved: result.proved }).toEqual({ from, proved })
        result.timesS.forEach((time, i) => expect(time).toBeCloseTo(timesS[i], 6))
        expect(result.decision).toBeUndefined()
      }),
      { numRuns: 20 },
    )
  })
})

test('two usable sources with different orders are a decision, and nothing is proved until it is made', () => {
  const volumes = phases(six((i) => ({ acquisition: sixClocks[i], content: sixClocks[5 - i] })))
  const proposed = timePhases(volumes)
  expect(proposed).toMatchObject({ from: 'acquisition', proved: false, order: [0, 1, 2, 3, 4, 5] })
  expect(proposed.decision?.options).toEqual([
    { source: 'acquisition', order: [0, 1, 2, 3, 4, 5], timesS: sixTimes },
    { source: 'content', order: [5, 4, 3, 2, 1, 0], timesS: sixTimes },
  ])
  expect(timePhases(volumes, { chosen: 'content' })).toMatchObject({ from: 'content', proved: true, order: [5, 4, 3, 2, 1, 0] })
  expect(timePhases(volumes, { chosen: 'acquisition' }).proved).toBe(true)
})

test('a gap of more than 1.8 times the usual one is told, but not the first, in which the agent is given', () => {
  const at = (...times: string[]) => timePhases(phases(times.map((acquisition) => facts({ acquisition })))).warnings
  expect(at('100000', '100500', '100600', '100700', '100800', '100900')).toEqual([])
  expect(at('100000', '100100', '100300', '100400', '100500', '100600')).toEqual([
    tell('phase-missing', { after: 2, gapS: 120, usualGapS: 60 }),
  ])
  expect(at('100000', '100100', '100200')).toEqual([tell('few-phases', { found: 3, expected: 6 })])
})

describe('the injection', () => {
  const injected = (time?: string) => {
    const injection = clockTime(undefined, time)
    return timePhases(phases(six((i) => ({ acquisition: sixClocks[i], ...(injection && i > 0 && { injection }) }))))
  }
  test.each([
    ['is what the files tell', '102030', 30, true],
    ['before the first phase is told', '101930', -30, true],
    ['is assumed just before the second phase where the files tell none', undefined, 48, false],
    ['at midnight sharp was filled in by nobody', '000000', 48, false],
    ['after the last phase is no injection', '103000', 48, false],
  ])('%s', (_, time, injectionS, injectionProved) => expect(injected(time)).toMatchObject({ injectionS, injectionProved }))

  test('before the first phase leaves none before contrast', () => {
    expect(injected('101930').warnings).toEqual([tell('none-before-contrast', { injectionS: -30 })])
  })
})

test('the time of a volume is the smallest of its frames, across midnight too; what a frame lacks, the volume lacks', () => {
  const frames = [
    facts({ acquisition: '000010', instanceNumber: 3, temporalPosition: 2 }),
    facts({ acquisition: '235955', instanceNumber: 2, content: '101010', temporalPosition: 2 }),
  ]
  for (const given of [frames, [...frames].reverse()])
    expect(mergeTimings(given)).toEqual(facts({ acquisition: '235955', instanceNumber: 2, temporalPosition: 2 }))
})

test.each([
  ['20240301102030.5', clockTime('20240301', '102030.5')],
  ['20240301102030.5+0100', clockTime('20240301', '102030.5')],
  ['202403011020', clockTime('20240301', '1020')],
  ['20240301', undefined],
  ['', undefined],
  ['20240301256000', undefined],
])('date and time in one: %j', (text, expected) => expect(clockTimeOfDateTime(text)).toEqual(expected))

test('days are counted as the calendar has them', () => {
  for (const [date, days] of [
    ['19700101', 0],
    ['20000229', 11016],
    ['20240301', 19783],
    ['19691231', -1],
  ] as const)
    // prettier-ignore
    expect(clockTime(date, '000001')).toEqual({ seconds: 86400 * days + 1, hasDate: true })
  expect(clockTime('2024.03.01', '10:20:30')).toEqual(clockTime('20240301', '102030'))
})
