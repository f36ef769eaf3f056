import { expect, test } from 'vitest'
import { clockTime } from '../src/core/cohort/clockTime.ts'
import { identityDirection, type VolumeSource } from '../src/core/image/volume.ts'
import { chooseVolume, type Candidate, type VolumeChoice } from './chooseVolume.ts'

const grid = { size: [64, 64, 40], spacingMm: [1, 1, 2], originMm: [0, 0, 0], direction: identityDirection } as const

function candidate(number: number, series: string, { time, phase, study = '1' }: { time?: string; phase?: string; study?: string } = {}): Candidate {
  const clock = clockTime('20240301', time)
  const source: VolumeSource = {
    path: 'export',
    format: 'DICOM',
    series,
    ...(phase && { phase }),
    dicom: { SeriesInstanceUID: `2.25.${study}.${number}`, StudyInstanceUID: study, PatientID: study, EchoTime: series === 'DCE' ? '2' : '90' },
    timing: { clocks: { ...(clock && { acquisition: clock }) }, seriesNumber: number },
  }
  return { source, listed: { ...grid, source } }
} // prettier-ignore

const t2 = candidate(3, 'T2 tse')
// Numbered against time, as a second reconstruction does it.
const phases = ['100300', '100200', '100100', '100000'].map((time, i) => candidate(4 + i, 'DCE', { time }))
const exported = [t2, ...phases]
const choose = (choice: VolumeChoice, candidates = exported) => chooseVolume(candidates, choice)

test.each([
  [{ series: '3' }, 0],
  [{ series: '2.25.1.5' }, 2],
  [{ series: 't2 TSE' }, 0],
  [{ phase: '1' }, 4],
  [{ phase: '4' }, 1],
  [{ series: 'DCE', phase: '2' }, 3],
])('%j is one volume, phases by time', (choice, index) => {
  expect(choose(choice)).toEqual({ index, warnings: [] })
})

test.each([
  [{ series: '9' }, /no series "9" here, but 3: T2 tse; 4: DCE; 5: DCE; .*its number, its SeriesInstanceUID or its description/],
  [
    { series: 'DCE' },
    /several volumes here, one was expected: 4: DCE; 5: DCE; 6: DCE; 7: DCE\. Choose one with --series and --phase/,
  ],
  [{ phase: '5' }, /no phase "5" here: the phases go from 1 to 4/],
  [{ phase: '0' }, /go from 1 to 4/],
  [{ phase: 'arterial' }, /no phase "arterial"/],
  [{ series: '3', phase: '1' }, /no phase "1" here: 3: T2 tse\. Phases are those of a dynamic series/],
])('%j is refused, with what there is', (choice, message) => {
  expect(() => choose(choice)).toThrowSaying(message)
})

test('the dynamic series of two patients are not taken for one', () => {
  const others = ['110000', '110100'].map((time, i) => candidate(4 + i, 'DCE', { time, study: '2' }))
  expect(() => choose({ phase: '1' }, [...exported, ...others])).toThrowSaying(
    /several dynamic series here: 7: DCE \(4 phases\); 4: DCE \(2 phases\)\. Say which with --series/,
  )
  expect(() => choose({ series: '4' }, [...exported, ...others])).toThrowSaying(/several volumes/)
  expect(choose({ series: '2.25.2.4' }, [...exported, ...others]).index).toBe(5)
})

test('an order that the files do not prove is said', () => {
  const untimed = phases.map(({ source }) => ({ source: { ...source, timing: { clocks: {} } } }))
  const { warnings } = choose({ phase: '2' }, untimed.map(({ source }) => ({ source, listed: { ...grid, source } })))
  expect(warnings).toEqual([expect.stringMatching(/Phase 2 of 4 is so by an order that the files do not prove\. Times assumed/)])
}) // prettier-ignore

test('parts of a series that are no phases go by the name that inspect gives', () => {
  const parts = ['b-value 0', 'b-value 800'].map((phase) => candidate(5, 'DWI', { phase }))
  expect(choose({ phase: 'b-value 800' }, parts).index).toBe(1)
  expect(() => choose({}, parts)).toThrowSaying(/5: DWI, b-value 0; 5: DWI, b-value 800/)
})
