import type { RoiProgress } from '../mask/progress.ts'
import type { Patient } from './study.ts'

/** In the order in which they count: the first that holds is the patient's. */
export type PatientState = 'excluded' | 'undecided' | 'imageMissing' | 'toDo' | 'inProgress' | 'complete' | 'computed'

/** Of a role of a patient: how far its region is, or that no image has the role. */
export type RoleProgress = RoiProgress | 'noImage'

/** How far a patient is with a reader: computed, never kept. */
export function stateOfPatient(
  { exclusion }: Pick<Patient, 'exclusion'>,
  {
    roles,
    isUndecided,
    isComputed,
  }: { readonly roles: readonly RoleProgress[]; readonly isUndecided: boolean; readonly isComputed: boolean },
): PatientState {
  if (exclusion) return 'excluded'
  if (isUndecided) return 'undecided'
  if (roles.includes('noImage')) return 'imageMissing'
  if (roles.every((progress) => progress === 'empty')) return 'toDo'
  if (roles.some((progress) => progress === 'empty' || progress === 'inProgress')) return 'inProgress'
  return isComputed ? 'computed' : 'complete'
}
