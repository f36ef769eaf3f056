import { expect, test } from 'vitest'
import { findBrokenRecords } from '../../study/invariants.ts'
import { defaultRoles } from '../../study/roles.ts'
import type { Patient, StudyImage } from '../../study/study.ts'
import { dce, image, t2 } from './madeListedImages.ts'
import type { ListedImage } from './listedImage.ts'
import { proposeStudy, type ProposalOptions } from './proposeStudy.ts'
import { ruleForAllLike } from './roles.ts'
import { studyRecords } from './studyRecords.ts'

const person = (id: string) => ({ PatientID: id, PatientName: `PLANTED${id}^NAME`, StudyInstanceUID: `study ${id}` })
const hers = (id: string, description = 't2_tirm_tra') => [
  t2({ dicom: { ...person(id), SeriesDescription: description } }, `${id} t2`),
  ...dce(() => ({ dicom: person(id) }), 6, `${id} p`),
]
const three = [...hers('X17'), ...hers('X18'), ...hers('X19')]

let given = 0
const take = (
  listed: readonly ListedImage[],
  options: ProposalOptions = {},
  before: { readonly patients: readonly Patient[]; readonly images: readonly StudyImage[] } = { patients: [], images: [] },
) => {
  const known = {
    centres: before.patients.slice(0, 1).map(({ centre, id }) => ({ id: centre, image: before.images.find((one) => one.patient === id)!.id })),
    patients: before.patients.map(({ label, id }) => ({ label, image: before.images.find((one) => one.patient === id)!.id })),
  } // prettier-ignore
  const study = proposeStudy(listed, { known, ...options })
  const taken = studyRecords(study, listed, { roles: defaultRoles, before, newId: () => `id ${++given}`, by: '1', at: 7 })
  const patients = taken.patients.map(({ patient }) => patient)
  const images = taken.patients.flatMap((one) => one.images)
  expect(findBrokenRecords({ roles: defaultRoles }, patients, images, [])).toEqual([])
  return { ...taken, patients, images, keys: taken.patients.map(({ keys }) => keys) }
}
const rolesOf = (images: readonly StudyImage[]) =>
  images.filter(({ role }) => role !== null).map(({ id, role }) => `${id}: ${role}`)

test('patients, images and roles are those of the proposal, and T1WI+C is the first phase after contrast', () => {
  const { patients, images, decisions } = take(three)
  expect(patients.map(({ label, centre, cohort }) => [label, centre, cohort])).toEqual([
    ['A-0001', 'A', null],
    ['A-0002', 'A', null],
    ['A-0003', 'A', null],
  ])
  expect(images).toHaveLength(21)
  expect(rolesOf(images.slice(0, 7))).toEqual(['X17 t2: FST2WI', 'X17 p1: T1WI', 'X17 p2: T1WI+C'])
  expect(patients[0].dce).toMatchObject({ timesFrom: 'acquisition', proved: true, peak: null, curve: null })
  expect(decisions).toEqual([])
})

test('nothing of a record names somebody; texts that few patients share stay behind', () => {
  const { patients, images, keys } = take([...three, ...hers('X20', 'once only')])
  expect(JSON.stringify([patients, images])).not.toMatch(/PLANTED|X\d\d(?! (t2|p\d))|North|20240301|study X/)
  expect(JSON.stringify(keys)).toContain('X17')
  expect(images.find(({ id }) => id === 'X17 t2')!.technical).toMatchObject({ EchoTime: '90', SeriesDescription: 't2_tirm_tra' })
  expect(images.find(({ id }) => id === 'X20 t2')!.technical).not.toHaveProperty('SeriesDescription')
})

test('what is proposed is taken, what is not waits', () => {
  const ambiguous = [...three, t2({ dicom: person('X17') }, 'X17 again'), image('X21 cor', { dicom: { ...person('X21'), EchoTime: '90', ScanningSequence: 'SE' } })] // prettier-ignore
  const { decisions } = take(ambiguous)
  const role = decisions.filter(({ kind }) => kind === 'role')
  expect(role.map(({ chosen, proposed }) => [chosen?.by ?? null, chosen?.option === (proposed ?? undefined)])).toEqual([
    ['1', true],
  ])
  const namesake = (id: string) => image(`${id} a`, { dicom: { ...person(id), PatientName: 'SAME^NAME', PatientBirthDate: '19700101' } }) // prettier-ignore
  const asked = take([namesake('X30'), namesake('X31')]).decisions.find(({ kind }) => kind === 'equalNames')
  expect(asked).toMatchObject({ proposed: null, chosen: null, subjects: ['X30 a', 'X31 a'] })
})

test('taken again it is the same; a later patient comes to it, and what a person said stays', () => {
  const first = take(three)
  expect(take(three, {}, first)).toEqual(first)
  const [one, ...others] = first.patients
  const said = { ...one, note: 'two lesions', dce: { ...one.dce!, peak: 2, curve: 'II' as const } }
  const images = first.images.map((known): StudyImage => {
    if (known.id === 'X18 t2') return { ...known, role: null, roleFrom: 'person' }
    return known.id === 'X18 p6' ? { ...known, role: 'FST2WI', roleFrom: 'person' } : known
  })
  const before = { patients: [said, ...others], images: images.map((known) => ({ ...known, content: 'read' })) }
  const later = take([...three, ...hers('X20')], {}, before)
  expect(later.patients.map(({ id, label }) => [id, label]).slice(0, 3)).toEqual(
    first.patients.map(({ id, label }) => [id, label]),
  )
  expect(later.patients[3].label).toBe('A-0004')
  expect(later.patients[0]).toMatchObject({ note: 'two lesions', dce: { peak: 2, curve: 'II' } })
  expect(rolesOf(later.images.slice(0, 14))).toEqual([
    'X17 t2: FST2WI',
    'X17 p1: T1WI',
    'X17 p3: T1WI+C',
    'X18 p1: T1WI',
    'X18 p2: T1WI+C',
    'X18 p6: FST2WI',
  ])
  expect(later.images[0].content).toBe('read')
})

test('a rule gives the role to all images alike', () => {
  const listed = [...three, ...['X17', 'X18', 'X19'].map((id) => t2({ dicom: { ...person(id), SeriesDescription: 'SPECIAL' } }, `${id} other`))] // prettier-ignore
  const { facts } = proposeStudy(listed).images.find(({ id }) => id === 'X17 other')!
  const { images } = take(listed, { rules: [ruleForAllLike(facts, { role: 'FST2WI', by: '1', at: 1 })] })
  expect(images.filter(({ role }) => role === 'FST2WI').map(({ id, roleFrom }) => [id, roleFrom])).toEqual(
    ['X17', 'X18', 'X19'].map((id) => [`${id} other`, 'rule']),
  )
})
