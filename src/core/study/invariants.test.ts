import { expect, test } from 'vitest'
import { findBroken, type KeyedRegion } from './invariants.ts'
import { replay, type JournalLine } from './journal.ts'
import { firstLesion, unnamedStudy } from './unnamedStudy.ts'

const region: KeyedRegion = {
  key: 'k',
  image: 'i',
  imageName: 'T1',
  size: [4, 3, 2],
  reader: '1',
  lesion: firstLesion,
  progress: 'inProgress',
  readerName: 'Ada',
  changedAt: 1,
  savedAt: 2,
  voxelCount: 5,
  volumeCm3: 0.1,
  box: { lower: [0, 0, 0], upper: [3, 2, 1] },
}
const line = (seq: number, progress: JournalLine['progress']): JournalLine => ({
  seq,
  at: 1,
  act: 'draw-region',
  subject: 'k',
  ...(progress !== undefined && { progress }),
})
const drawn = [line(1, 'inProgress')]

test('whole records have nothing broken', () => {
  expect(findBroken(unnamedStudy, [region], drawn)).toEqual([])
  expect(findBroken(unnamedStudy, [], [])).toEqual([])
})

test.each([
  ['reader-unknown', { reader: '3' }],
  ['box-outside', { box: { lower: [0, 0, 0], upper: [4, 2, 1] } }],
  ['box-outside', { box: { lower: [0, -1, 0], upper: [3, 2, 1] } }],
  ['box-of-nothing', { box: null }],
] as const)('%s: %j', (code, change) => {
  expect(findBroken(unnamedStudy, [{ ...region, ...change }], drawn)).toEqual([{ code, key: 'k' }])
})

test.each(['complete', 'locked'] as const)('an empty region is not %s', (progress) => {
  const empty = { ...region, progress, voxelCount: 0, box: null }
  expect(findBroken(unnamedStudy, [empty], [line(1, progress)])).toEqual([{ code: 'finished-and-empty', key: 'k' }])
})

test('a journal with a gap is told once', () => {
  expect(findBroken(unnamedStudy, [region], [line(1, 'inProgress'), line(3, undefined), line(5, 'inProgress')])).toEqual([
    { code: 'journal-gap', seq: 3 },
  ])
})

test('a journal that tells of another state, or of a region that is not there, is told', () => {
  expect(findBroken(unnamedStudy, [region], [line(1, 'complete')])).toEqual([{ code: 'journal-differs', key: 'k' }])
  expect(findBroken(unnamedStudy, [], drawn)).toEqual([{ code: 'journal-differs', key: 'k' }])
  expect(findBroken(unnamedStudy, [region], [])).toEqual([{ code: 'journal-differs', key: 'k' }])
})

test('the last state counts; what is gone is gone; what says nothing of a state changes none', () => {
  expect(replay([line(1, 'inProgress'), line(2, 'locked'), line(3, undefined)])).toEqual(new Map([['k', 'locked']]))
  expect(replay([line(1, 'inProgress'), line(2, null)]).size).toBe(0)
})
