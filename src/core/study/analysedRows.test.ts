// @vitest-environment node
import { expect, test } from 'vitest'
import { parseParameterFile } from '../../io/records/parameterFile.ts'
import { hashRows, pickAnalysedRows, withoutErased } from './analysedRows.ts'
import type { BatchRow } from './batchRows.ts'
import { rowIdOf } from './lesions.ts'
import { madeImages, madePatient } from './madeStudy.ts'
import type { LesionId } from './study.ts'
import type { TableAge } from './tableAge.ts'

const first = madePatient(1)
const second = madePatient(2, { lesions: [{ id: 'L1' }, { id: 'L2', isIndex: true }] })
const third = madePatient(3)
const freeze = { members: [['A-0001', 'training'], ['A-0002', 'validation']] } as const // prettier-ignore
const images = [first, second, third].flatMap(madeImages)
const row = (patient: typeof first, role: string, age: readonly TableAge[] | null = [], lesion: LesionId = 'L1', maskHash = 'm'): BatchRow => ({
  id: rowIdOf(patient.label, lesion),
  patient: patient.id,
  label: patient.label,
  role,
  lesion,
  image: images.find((image) => image.patient === patient.id && image.role === role) ?? null,
  region: { image: `${patient.id}-${role}.c`, reader: '1', lesion, progress: 'complete', voxelCount: 9, size: [4, 4, 4], maskHash, described: undefined },
  state: age?.length === 0 ? 'current' : 'ready',
  reason: null,
  warnings: [],
  attempts: 0,
  age,
  computedOn: null,
}) // prettier-ignore
const [t1, t2] = [images[0].role!, images[1].role!]
const pick = (rows: readonly BatchRow[]) => pickAnalysedRows(rows, [first, second, third], freeze, [t1, t2, 'none has it'])

test('rows are those of the index lesions of the fixed cohorts, called by their labels', () => {
  const rows = [row(first, t1), row(second, t1), row(second, t1, [], 'L2'), row(third, t1)]
  const picked = pick(rows)
  expect(picked.rows.map(({ id, lesion }) => [id, lesion])).toEqual([['A-0001', 'L1'], ['A-0002', 'L2']]) // prettier-ignore
  expect(picked).toMatchObject({ roles: [t1], missing: 0, outOfDate: 0 })
})

test('what is not computed is counted, and what is out of date apart from it; neither is a row', () => {
  const rows = [row(first, t1, ['mask']), row(first, t2, null), row(second, t1, null, 'L2'), row(second, t2, null)]
  expect(pick(rows)).toMatchObject({ rows: [], roles: [t1, t2], missing: 3, outOfDate: 1 })
  // Her index lesion is drawn nowhere: the other one is not taken for it.
  expect(pick([row(first, t1), row(second, t1)])).toMatchObject({ rows: [{ id: 'A-0001' }], missing: 1 })
})

test('the hash of rows changes with a mask, the parameters, the program and whose they are, and with nothing else', () => {
  const parameters = parseParameterFile('featureClass:\n  firstorder: [Mean]\n')
  const now = { parameters, program: '1' }
  const hashOf = (rows: readonly BatchRow[], made = now, reader = '1') => hashRows([[reader, rows]], made)
  const hash = hashOf([row(first, t1)])
  expect(hashOf([{ ...row(first, t1), attempts: 2, warnings: [{ step: 's', code: 'c', values: {} }] }])).toBe(hash)
  const others = [
    hashOf([row(first, t1, [], 'L1', 'other')]),
    hashOf([row(first, t2)]),
    hashOf([row(first, t1)], { ...now, program: '2' }),
    hashOf([row(first, t1)], { ...now, parameters: parseParameterFile('featureClass:\n  firstorder: [Energy]\n') }),
    hashOf([row(first, t1)], now, '2'),
  ]
  expect(new Set([hash, ...others]).size).toBe(6)
})

test('whoever was erased is no member that features are missing of; the hash is that of the cohorts as they were fixed', () => {
  const fixed = {
    plan: { kind: 'centre', training: ['A'] },
    hash: 'h',
    by: '1',
    at: 0,
    thawedBefore: 0,
    members: freeze.members,
  } as const
  const left = withoutErased(fixed, [first, third])
  expect(left).toEqual({ ...fixed, members: [['A-0001', 'training']] })
  expect(pickAnalysedRows([row(first, t1)], [first, third], fixed, [t1]).missing).toBe(1)
  expect(pickAnalysedRows([row(first, t1)], [first, third], left, [t1]).missing).toBe(0)
})
