// @vitest-environment node
import { expect, test } from 'vitest'
import { parseParameterFile, studyParameterFile } from '../../io/records/parameterFile.ts'
import { planExtraction } from '../parameters/profiles/pyradiomics.ts'
import { groupRows, hashInputs, listBatchRows, type BatchAttempt, type BatchRegion, type BatchSources } from './batchRows.ts'
import { madeImages, madePatient } from './madeStudy.ts'
import { messageOf } from '../messages/message.ts'
import { unnamedStudy } from './unnamedStudy.ts'

const parameters = parseParameterFile(studyParameterFile)
const now = { parameters, program: '1.0.0' }
const patients = [1, 2, 3].map((number) => madePatient(number))
const images = patients.flatMap(madeImages).map((image) => ({ ...image, content: `c-${image.id}` }))
const whole = { voxelCount: 512, extent: [8, 8, 8], pieces: 1, isAtEdge: false } as const

const region = (image: string, about: Partial<BatchRegion> = {}): BatchRegion => ({
  image: `${image}.c-${image}`,
  reader: '1',
  lesion: 'L1',
  progress: 'complete',
  voxelCount: 512,
  size: [4, 4, 4],
  grid: images[0].grid,
  maskHash: `m-${image}`,
  described: whole,
  ...about,
})
const table = ({ image, reader, lesion, maskHash }: BatchRegion) => ({
  image,
  reader,
  lesion,
  maskHash,
  ...now,
  isPartial: false,
})
const attempt = (of: BatchRegion, state: BatchAttempt['state'], attempts: number): BatchAttempt => ({
  image: of.image,
  reader: of.reader,
  lesion: of.lesion,
  state,
  attempts,
  inputs: hashInputs({ ...now, maskHash: of.maskHash }),
  ...(state === 'failed' && { reason: messageOf(new Error('no')) }),
})
function list(about: Partial<BatchSources> = {}) {
  const sources: BatchSources = {
    study: unnamedStudy,
    patients,
    images,
    regions: [],
    tables: [],
    attempts: [],
    reader: '1',
    now,
    plan: planExtraction(parameters),
    isAtHand: () => true,
    ...about,
  }
  return listBatchRows(sources)
}
const all = images.map(({ id }) => region(id))
const statesOf = (rows: ReturnType<typeof list>) => rows.map(({ state }) => state)
const reasonOf = (about: Partial<BatchSources>) => list(about)[0].reason?.code

test('a row a patient, role and lesion, in that order; a lesion that is drawn on one image is wanted on all', () => {
  const two = madePatient(2, { lesions: [{ id: 'L1' }, { id: 'L2' }, { id: 'L3', deletedAt: 1 }] })
  const rows = list({
    patients: [patients[0], two, madePatient(3, { exclusion: { reason: 'late', by: '1', at: 0 } })],
    regions: [...all, region('p2-T1WI', { lesion: 'L2' }), region('p2-T1WI', { lesion: 'L3' })],
  })
  expect(rows.map(({ id, role }) => `${id} ${role}`)).toEqual([
    'A-0001 FST2WI',
    'A-0001 T1WI',
    'A-0001 T1WI+C',
    'A-0002 FST2WI',
    'A-0002_L2 FST2WI',
    'A-0002 T1WI',
    'A-0002_L2 T1WI',
    'A-0002 T1WI+C',
    'A-0002_L2 T1WI+C',
  ])
  expect(rows.filter(({ state }) => state === 'blocked').map(({ id, role, reason }) => [id, role, reason!.code])).toEqual([
    ['A-0002_L2', 'FST2WI', 'row-to-do'],
    ['A-0002_L2', 'T1WI+C', 'row-to-do'],
  ])
})

test('a row is current while image, mask, parameters and program are what they were, and not for one moment longer', () => {
  const tables = all.map(table)
  expect(new Set(statesOf(list({ regions: all, tables })))).toEqual(new Set(['current']))
  const other = { ...parameters, settings: { ...parameters.settings, binWidth: 7 } }
  const first = (about: Partial<BatchSources>) => list({ regions: all, tables, ...about })[0]
  expect(first({})).toMatchObject({ state: 'current', age: [] })
  const redrawn = [region('p1-FST2WI', { maskHash: 'other' }), ...all.slice(1)]
  expect(first({ regions: redrawn })).toMatchObject({ state: 'ready', age: ['mask'] })
  expect(first({ now: { ...now, program: '1.0.1' } })).toMatchObject({ state: 'ready', age: ['program'] })
  expect(first({ now: { ...now, parameters: other } })).toMatchObject({ state: 'ready', age: ['parameters'] })
  const partial = [{ ...tables[0], isPartial: true }, ...tables.slice(1)]
  expect(first({ tables: partial })).toMatchObject({ state: 'ready', age: null })
  const otherVoxels = images.map((image) => (image.id === 'p1-FST2WI' ? { ...image, content: 'others' } : image))
  expect(list({ regions: all, tables, images: otherVoxels })[0]).toMatchObject({
    state: 'blocked',
    reason: { code: 'row-other-voxels' },
  })
  // An image that was not read yet is what the region was drawn on, until it is read.
  expect(list({ regions: all, tables, images: images.map((image) => ({ ...image, content: null })) })[0].state).toBe('current')
  expect(list({ regions: all, tables, isAtHand: () => false })[0].state).toBe('current')
})

test('what cannot be computed says why', () => {
  const only = (about: Partial<BatchRegion>) => ({ regions: [region('p1-FST2WI', about)] })
  expect(reasonOf({ images: images.filter(({ role }) => role !== 'FST2WI') })).toBe('row-without-image')
  expect(reasonOf({})).toBe('row-to-do')
  expect(reasonOf(only({ progress: 'inProgress' }))).toBe('row-in-progress')
  expect(reasonOf(only({ size: [4, 4, 5] }))).toBe('row-off-grid')
  expect(reasonOf(only({ voxelCount: 1, described: { ...whole, voxelCount: 1 } }))).toBe('roi-one-voxel')
  expect(reasonOf({ ...only({}), isAtHand: () => false })).toBe('row-image-gone')
  expect(reasonOf(only({ described: undefined, problem: messageOf(new Error('damaged')) }))).toBe('failed')
  expect(reasonOf(only({}))).toBeUndefined()
})

test('what is unusual of a region is told, and it is computed', () => {
  const warnings = (described: Partial<BatchRegion['described']>, about: Partial<BatchSources> = {}) => {
    const [row] = list({ regions: [region('p1-FST2WI', { described: { ...whole, ...described } })], ...about })
    expect(row.state).toBe('ready')
    return row.warnings.map(({ code }) => code)
  }
  expect(warnings({})).toEqual([])
  expect(warnings({ voxelCount: 63 })).toEqual(['row-small'])
  expect(warnings({ voxelCount: 64 })).toEqual([])
  expect(warnings({ extent: [8, 8, 1] })).toEqual(['roi-one-slice'])
  expect(warnings({ isAtEdge: true, pieces: 2, empty: { axis: 2, slices: [3] } })).toEqual([
    'row-at-edge',
    'row-in-pieces',
    'roi-slices-empty',
  ])
  const thick = images.map((image) => ({ ...image, grid: { ...image.grid, spacingMm: [1, 1, 3] as const } }))
  const regions = [region('p1-FST2WI', { grid: thick[0].grid })]
  const kept = planExtraction({ ...parameters, settings: { ...parameters.settings, resampledPixelSpacing: null } })
  expect(warnings({}, { images: thick, regions, plan: kept })).toEqual(['roi-anisotropic'])
  expect(warnings({}, { images: thick, regions })).toEqual([])
})

test('what the extraction said of a row is told with it, while that is current', () => {
  const said = [messageOf(new Error('few levels'))]
  const tables = [{ ...table(all[0]), warnings: said }]
  expect(list({ regions: all, tables })[0]).toMatchObject({ state: 'current', warnings: said })
  expect(list({ regions: all, tables, now: { ...now, program: '2.0.0' } })[0].warnings).toEqual([])
})

test('one mask in two patients is told of both, in one patient it is a copy', () => {
  const rows = list({ regions: [region('p1-T1WI', { maskHash: 'x' }), region('p1-T1WI+C', { maskHash: 'x' }), region('p3-T1WI', { maskHash: 'x' }), region('p2-T1WI')] }) // prettier-ignore
  const told = groupRows(rows, ({ warnings }) => warnings)
  expect(told.map(({ code, rows: own }) => [code, own.map(({ id, role }) => `${id} ${role}`)])).toEqual([
    ['study/row-same-mask', ['A-0001 T1WI', 'A-0001 T1WI+C', 'A-0003 T1WI']],
  ])
  expect(told[0].example.values).toEqual({ labels: ['A-0003'] })
})

test('a row on which the page ended is tried once more, then set aside; a failure waits; both are forgotten with their inputs', () => {
  const [first] = all
  const state = (one: BatchAttempt, about: Partial<BatchSources> = {}) => list({ regions: all, attempts: [one], ...about })[0]
  expect(state(attempt(first, 'running', 1))).toMatchObject({ state: 'ready', attempts: 1 })
  expect(state(attempt(first, 'running', 2))).toMatchObject({ state: 'setAside', reason: { code: 'row-ended-browser' } })
  expect(state(attempt(first, 'failed', 1))).toMatchObject({ state: 'failed', reason: { code: 'failed' } })
  // Some features of it may be there.
  expect(state(attempt(first, 'failed', 1), { tables: [table(first)] })).toMatchObject({ state: 'failed', age: [] })
  const redrawn = [region('p1-FST2WI', { maskHash: 'redrawn' }), ...all.slice(1)]
  expect(state(attempt(first, 'failed', 1), { regions: redrawn })).toMatchObject({ state: 'ready', attempts: 0 })
  expect(state(attempt(first, 'setAside', 2), { now: { ...now, program: '2.0.0' } }).state).toBe('ready')
})

test('a later reader has rows of those who are read twice and of those who were drawn on', () => {
  const rereading = { seed: 1, from: 'all', patients: ['p2'], at: 1, drawnBefore: 0 } as const
  const study = { ...unnamedStudy, rereading }
  expect(list({ study, reader: '2' })).toEqual([])
  const rows = list({ study, reader: '2', regions: [region('p3-T1WI', { reader: '2' })] })
  expect([...new Set(rows.map(({ id }) => id))]).toEqual(['A-0002', 'A-0003'])
})
