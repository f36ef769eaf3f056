import { expect, test } from 'vitest'
import { choosePeak } from './choosePeak.ts'
import { findBrokenRecords } from './invariants.ts'
import { madeImages, madePatient } from './madeStudy.ts'
import { defaultRoles } from './roles.ts'
import type { StudyImage } from './study.ts'
import { unnamedStudy } from './unnamedStudy.ts'

const [t2, before, after] = madeImages({ id: 'p1' })
const later: StudyImage = { ...after, id: 'p1-later', role: null, roleFrom: 'dce' }
const images = [t2, before, { ...after, roleFrom: 'dce' as const }, later]
const phases = [before, after, later].map(({ id }, i) => ({ image: id, timeS: 60 * i }))
const patient = madePatient(1, {
  dce: {
    phases,
    timesFrom: 'order',
    proved: false,
    injectionS: 60,
    injectionProved: false,
    warnings: [],
    peak: null,
    curve: null,
  },
})
const rolesOf = (all: readonly StudyImage[] | undefined) => all?.map(({ role }) => role)

test('the role of the brightest phase moves to it, and the records stay whole', () => {
  const chosen = choosePeak(patient, images, defaultRoles, { peak: 2, curve: 'II' })!
  expect(chosen.patient.dce).toMatchObject({ peak: 2, curve: 'II' })
  expect(rolesOf(chosen.images)).toEqual(['FST2WI', 'T1WI', null, 'T1WI+C'])
  expect(findBrokenRecords(unnamedStudy, [chosen.patient], chosen.images, [])).toEqual([])
  expect(choosePeak(chosen.patient, chosen.images, defaultRoles, { peak: 2, curve: 'II' })).toEqual(chosen)
  expect(rolesOf(choosePeak(chosen.patient, chosen.images, defaultRoles, { peak: 1, curve: 'II' })?.images)).toEqual(
    rolesOf(images),
  )
})

test('what a person said of a role holds, and the phase before contrast is never the brightest', () => {
  const said = images.map((image) => (image.role === 'T1WI+C' ? { ...image, roleFrom: 'person' as const } : image))
  expect(choosePeak(patient, said, defaultRoles, { peak: 2, curve: 'II' })).toMatchObject({
    images: said,
    patient: { dce: { peak: 2 } },
  })
  const other = images.map((image) => (image.id === 'p1-later' ? { ...image, roleFrom: 'person' as const } : image))
  expect(choosePeak(patient, other, defaultRoles, { peak: 2, curve: 'II' })?.images).toBe(other)
  expect(choosePeak(patient, images, defaultRoles, { peak: 0, curve: 'II' })).toBeNull()
  expect(choosePeak(patient, images, defaultRoles, { peak: 3, curve: 'II' })).toBeNull()
  expect(choosePeak({ ...patient, dce: null }, images, defaultRoles, { peak: 1, curve: null })).toBeNull()
})
