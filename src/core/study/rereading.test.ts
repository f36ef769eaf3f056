import { expect, test } from 'vitest'
import { madePatient } from './madeStudy.ts'
import { maySee } from './readers.ts'
import { addSecondReading, drawRereading, readingOrder } from './rereading.ts'
import { unnamedStudy } from './unnamedStudy.ts'

const patients = Array.from({ length: 120 }, (_, i) =>
  madePatient(i, { centre: i < 80 ? 'I' : 'II', batch: i % 2 ? 'a' : 'b', cohort: i < 80 ? 'training' : 'validation' }),
)
const options = { seed: 2024, count: 50, from: 'all', at: 1 } as const

test('the 50 are the same whatever the order and the IDs of the patients, and others by another seed', () => {
  const labels = (drawn: readonly string[], of = patients) =>
    of
      .filter(({ id }) => drawn.includes(id))
      .map(({ label }) => label)
      .sort()
  const first = labels(drawRereading(unnamedStudy, patients, options).patients)
  const renamed = [...patients].reverse().map((patient, i) => ({ ...patient, id: `x${i}` }))
  expect(first).toHaveLength(50)
  expect(labels(drawRereading(unnamedStudy, renamed, options).patients, renamed)).toEqual(first)
  expect(labels(drawRereading(unnamedStudy, patients, { ...options, seed: 7 }).patients)).not.toEqual(first)
})

test('each centre and batch gives its share; excluded patients and other cohorts none', () => {
  const drawn = (from: 'all' | 'training') => {
    const { patients: ids } = drawRereading(unnamedStudy, patients, { ...options, from })
    return ['I a', 'I b', 'II a', 'II b'].map(
      (stratum) => patients.filter(({ id, centre, batch }) => ids.includes(id) && `${centre} ${batch}` === stratum).length,
    )
  }
  expect(drawn('all').reduce((sum, n) => sum + n)).toBe(50)
  for (const [i, n] of drawn('all').entries()) expect(Math.abs(n - [16.7, 16.7, 8.3, 8.3][i])).toBeLessThan(1)
  expect(drawn('training')).toEqual([25, 25, 0, 0])
  const excluded = patients.map((patient) => ({ ...patient, exclusion: { reason: 'HER2 unknown', by: '1', at: 1 } }))
  expect(drawRereading(unnamedStudy, excluded, options).patients).toEqual([])
})

test('what is drawn is drawn again for a reason only, and gives others then', () => {
  const study = { ...unnamedStudy, rereading: drawRereading(unnamedStudy, patients, options) }
  expect(() => drawRereading(study, patients, { ...options, reason: ' ' })).toThrowSaying('reason')
  const again = drawRereading(study, patients, { ...options, reason: 'two patients withdrew' })
  expect(again.patients).not.toEqual(study.rereading.patients)
  expect(again.drawnBefore).toBe(1)
})

test('the first reader reads down the list, the second in an order of their own that does not depend on the list’s', () => {
  expect(readingOrder(unnamedStudy, '1', patients)).toEqual(patients)
  const second = readingOrder(unnamedStudy, '2', patients)
  expect(second).not.toEqual(patients)
  expect(second).toHaveLength(120)
  expect(readingOrder(unnamedStudy, '2', [...patients].reverse())).toEqual(second)
})

test('a second reading is blind to the first until both are locked, and there is one only', () => {
  const study = addSecondReading(unnamedStudy, '1')
  expect(study.readers.at(-1)).toMatchObject({ id: '1again', rereads: '1', blindTo: ['1', '2'] })
  expect(maySee(study, '1again', '1', () => 'complete')).toBe(false)
  expect(maySee(study, '2', '1again', () => 'complete')).toBe(false)
  expect(maySee(study, '1again', '1', () => 'locked')).toBe(true)
  expect(addSecondReading(study, '1')).toBe(study)
  expect(addSecondReading(study, '1again')).toBe(study)
})
