import { expect, test } from 'vitest'
import { hashCohorts } from './cohorts.ts'
import { findBroken, findBrokenCohorts, findBrokenRecords, type KeyedRegion } from './invariants.ts'
import { replay, type JournalLine } from './journal.ts'
import { madeImages, madePatient } from './madeStudy.ts'
import type { StudyImage } from './study.ts'
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

const patients = [madePatient(1), madePatient(2)]
const images = patients.flatMap(madeImages)
const dce = { timesFrom: 'order', proved: false, injectionS: 0, injectionProved: false, warnings: [], peak: null, curve: null } as const // prettier-ignore
const exclusion = { reason: 'poor quality', by: '1', at: 1 }

test('whole patients and images have nothing broken', () => {
  expect(findBrokenRecords(unnamedStudy, patients, images, [])).toEqual([])
  expect(findBrokenRecords(unnamedStudy, patients, images, [{ key: 'k', image: 'p1-T1WI.content', size: [4, 4, 4] }])).toEqual([])
})

test.each([
  ['excluded-in-cohort', { exclusion, cohort: 'training' }],
  ['excluded-without-reason', { exclusion: { ...exclusion, reason: ' ' } }],
  ['times-not-rising', { dce: { ...dce, phases: [0, 60, 60].map((timeS) => ({ image: 'p1-T1WI', timeS })), peak: 1 } }],
  ['peak-before-contrast', { dce: { ...dce, phases: [{ image: 'p1-T1WI', timeS: 0 }], peak: 0 } }],
  ['phase-unknown', { dce: { ...dce, phases: [{ image: 'p2-T1WI', timeS: 0 }] } }],
  ['not-text', { label: 7 as unknown as string }],
] as const)('%s: %j', (code, change) => {
  expect(findBrokenRecords(unnamedStudy, [{ ...patients[0], ...change }, patients[1]], images, [])).toEqual([{ code, key: 'p1' }])
})

test('two images of one role, one of nobody, an unknown role and a region of another grid are told', () => {
  const broken = (image: Partial<StudyImage>) =>
    findBrokenRecords(unnamedStudy, patients, [...images, { ...images[0], id: 'x', ...image }], [])
  expect(broken({})).toEqual([{ code: 'role-twice', key: 'x' }])
  expect(broken({ role: null, patient: 'nobody' })).toEqual([{ code: 'patient-unknown', key: 'x' }])
  expect(broken({ role: 'FLAIR' })).toEqual([{ code: 'role-unknown', key: 'x' }])
  const region = { key: 'k', image: 'p1-T1WI.content', size: [4, 4, 5] } as const
  expect(findBrokenRecords(unnamedStudy, patients, images, [region])).toEqual([{ code: 'grid-differs', key: 'k' }])
})

test('who is in a cohort is who was fixed in it; a freeze has its own hash, and thaws are those that are told', () => {
  const plan = { kind: 'centre', training: ['A'] } as const
  const members = [['A-0001', 'training'], ['A-0002', 'validation']] as const // prettier-ignore
  const freeze = { plan, members, hash: hashCohorts(plan, members), by: '1', at: 1, thawedBefore: 0 }
  const fixed = [{ ...patients[0], cohort: 'training' }, { ...patients[1], cohort: 'validation' }, madePatient(3)] // prettier-ignore
  expect(findBrokenCohorts({ freeze, thaws: 0 }, fixed, [])).toEqual([])
  expect(findBrokenCohorts({ freeze: null, thaws: 0 }, patients, [])).toEqual([])
  const broken = (some: typeof fixed) => findBrokenCohorts({ freeze, thaws: 0 }, some, []).map(({ code }) => code)
  expect(broken([{ ...fixed[0], cohort: 'validation' }, ...fixed.slice(1)])).toEqual(['cohort-not-frozen'])
  expect(broken([{ ...fixed[0], exclusion }, ...fixed.slice(1)])).toEqual(['cohort-not-frozen'])
  expect(broken(fixed.slice(1))).toEqual(['cohort-not-frozen'])
  expect(broken([...fixed.slice(0, 2), { ...fixed[2], cohort: 'training' }])).toEqual(['cohort-not-frozen'])
  const thaw = { ...line(1, undefined), act: 'thaw-cohorts' } as const
  expect(findBrokenCohorts({ freeze: { ...freeze, hash: 'other' }, thaws: 0 }, fixed, [thaw]).map(({ code }) => code)).toEqual(['freeze-differs', 'thaws-differ']) // prettier-ignore
  const erase = { ...line(1, undefined), act: 'erase-patient', subject: 'A-0001' } as const
  expect(findBrokenCohorts({ freeze, thaws: 1 }, fixed.slice(1), [erase])).toEqual([])
})
