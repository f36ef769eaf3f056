// @vitest-environment node
import { expect, test } from 'vitest'
import { clockTime } from '../core/cohort/clockTime.ts'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { findBaseline } from './findBaseline.ts'
import { seriesKey } from './phases.ts'

const phase = (id: string, time: string | undefined, more: Partial<Volume> = {}) => {
  const clock = clockTime('20240301', time)
  const volume: Volume = {
    size: [8, 8, 10],
    spacingMm: [1, 1, 2],
    originMm: [0, 0, 0],
    direction: identityDirection,
    voxels: new Int16Array(640),
    source: {
      path: id,
      format: 'DICOM',
      dicom: { Modality: 'MR' },
      timing: { clocks: clock ? { acquisition: clock } : {}, uid: id },
    },
    ...more,
  }
  return { id, volume }
}
// As they were opened.
const proved = [phase('c', '102200'), phase('a', '102000'), phase('b', '102100')]
const ids = ({ known }: ReturnType<typeof findBaseline<(typeof proved)[number]>>) =>
  known && [known.before.id, known.after.id, known.by]
const key = seriesKey(['a', 'b', 'c'])

test('the files prove it, whichever phase is open; an image that is of no series has none', () => {
  expect(ids(findBaseline(proved, 'c', {}))).toEqual(['a', 'c', 'files'])
  expect(ids(findBaseline(proved, 'a', {}))).toEqual(['a', 'b', 'files'])
  const other = phase('t2', '101000', { size: [9, 9, 12] })
  expect(findBaseline([...proved, other], 't2', {}).known).toBeUndefined()
})

test('without times it is not known, until a person puts the phases in order', () => {
  const timeless = [phase('c', undefined), phase('a', undefined), phase('b', undefined)]
  expect(findBaseline(timeless, 'b', {}).known).toBeUndefined()
  const byHand = [
    { id: 'b', timeS: 0 },
    { id: 'c', timeS: 60 },
    { id: 'a', timeS: 120 },
  ]
  expect(ids(findBaseline(timeless, 'a', { [key]: { byHand } }))).toEqual(['b', 'a', 'person'])
  expect(ids(findBaseline(timeless, 'b', { [key]: { byHand } }))).toEqual(['b', 'c', 'person'])
  // A phase that was left out is none, nor one that was closed since.
  expect(ids(findBaseline(timeless, 'a', { [key]: { byHand, left: ['b'] } }))).toEqual(['c', 'a', 'person'])
})

test('a person overrules the files, and the injection that is set parts what lies before it', () => {
  const byHand = [
    { id: 'b', timeS: 0 },
    { id: 'a', timeS: 60 },
    { id: 'c', timeS: 120 },
  ]
  expect(ids(findBaseline(proved, 'c', { [key]: { byHand } }))).toEqual(['b', 'c', 'person'])
  expect(ids(findBaseline(proved, 'b', { [key]: { injectionS: 90 } }))).toEqual(['a', 'c', 'files'])
})

test('a phase that a person left out is none by the times of the files either, and theirs are those of the source chosen', () => {
  expect(ids(findBaseline(proved, 'c', { [key]: { left: ['a'] } }))).toEqual(['b', 'c', 'files'])
  const disagreeing = ([['a', '102000', '103200'], ['b', '102200', '103000'], ['c', '102400', '103400']] as const).map(([id, acquired, content]) => {
    const one = phase(id, acquired)
    const clocks = { acquisition: clockTime('20240301', acquired)!, content: clockTime('20240301', content)! }
    return { id, volume: { ...one.volume, source: { ...one.volume.source, timing: { clocks, uid: id } } } }
  }) // prettier-ignore
  expect(ids(findBaseline(disagreeing, 'c', {}))).toBeUndefined()
  expect(ids(findBaseline(disagreeing, 'c', { [key]: { source: 'content' } }))).toEqual(['b', 'c', 'person'])
})
