import { expect, test } from 'vitest'
import { defaultRoles } from '../../study/roles.ts'
import { isCalledMask, matchMask, patientsNamed, roleNamed, type DrawnOn, type MaskNames } from './matchMasks.ts'

const imagesOf = (label: string, ...clinicIds: string[]): DrawnOn[] =>
  ([['t2', 'FST2WI'], ['p1', 'T1WI'], ['p2', 'T1WI+C'], ['p3', null]] as const).map(([name, role]) => ({ id: `${label} ${name}`, label, role, clinicIds })) // prettier-ignore
const images = [...imagesOf('A-0001', '17'), ...imagesOf('A-0002', 'H0017')]
const match = (mask: MaskNames, fits: (image: DrawnOn) => boolean = () => true) => matchMask(mask, images, defaultRoles, fits)

test('a mask is of the patient and role that its name says, where it stands on that image', () => {
  expect(match({ path: 'masks/A-0002_T1WI+C_reader-1.nii.gz' }).proposed).toBe('A-0002 p2')
  expect(match({ path: 'masks/H0017/T1_mask.nii' }).proposed).toBe('A-0002 p1')
  expect(match({ path: 'seg/1.dcm', patientId: 'H0017' }, ({ id }) => id.endsWith('t2')).proposed).toBe('A-0002 t2')
  // The role that is named is not the one that it stands on: what it stands on counts.
  expect(match({ path: 'A-0001_T1WI.nii' }, ({ id }) => id.endsWith('t2')).proposed).toBe('A-0001 t2')
})

test('where several images fit a person says which; of one that stands on no image there is none', () => {
  expect(match({ path: 'A-0001_tumour.nii' })).toEqual({ images: ['A-0001 t2', 'A-0001 p1', 'A-0001 p2', 'A-0001 p3'], proposed: null }) // prettier-ignore
  expect(match({ path: 'tumour.nii' }, ({ id }) => id.endsWith('t2'))).toEqual({ images: ['A-0001 t2', 'A-0002 t2'], proposed: null }) // prettier-ignore
  expect(match({ path: 'A-0001.nii' }, () => false)).toEqual({ images: [], proposed: null })
  // A grid that is one image's alone is enough, and an image without a role where nothing else fits.
  expect(match({ path: 'x.nii' }, ({ id }) => id === 'A-0002 p3').proposed).toBe('A-0002 p3')
})

test('names are whole words, and of two patients the longer name counts; an ID of two digits names nobody', () => {
  expect([...patientsNamed({ path: 'H0017/17.nii' }, images)]).toEqual(['A-0002'])
  expect([...patientsNamed({ path: 'XH0017/a.nii' }, images)]).toEqual([])
  expect([...patientsNamed({ path: '17/a.nii' }, images)]).toEqual([])
})

test('roles and masks by name', () => {
  expect(['a_t1wi_c.nii', 'T1 post.nrrd', 'A-0001_FST2WI_reader-2_L2.nii.gz', 'tumour.nii'].map((path) => roleNamed(path))).toEqual(['T1WI+C', 'T1WI+C', 'FST2WI', null]) // prettier-ignore
  expect(['a/T1_mask.nii', 'a_seg.nrrd', 'masked.nii', 'mask/T1.nii'].map(isCalledMask)).toEqual([true, true, false, false])
})
