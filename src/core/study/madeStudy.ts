import { identityDirection } from '../image/volume.ts'
import type { Patient, StudyImage } from './study.ts'
import { defaultRoles } from './roles.ts'
import { firstLesion, nothingTold } from './unnamedStudy.ts'

/** Test support: a patient by her number. */
export const madePatient = (number: number, about: Partial<Patient> = {}): Patient => ({
  id: `p${number}`,
  label: `A-${String(number).padStart(4, '0')}`,
  lesions: [{ id: firstLesion }],
  ...nothingTold,
  ...about,
})

/** One image a role. */
export const madeImages = ({ id }: Pick<Patient, 'id'>): StudyImage[] =>
  defaultRoles.map((role) => ({
    id: `${id}-${role.id}`,
    patient: id,
    role: role.id,
    roleFrom: 'score',
    grid: { size: [4, 4, 4], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection },
    technical: {},
    content: null,
  }))
