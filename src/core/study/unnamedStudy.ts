import { defaultRoles } from './roles.ts'
import { studyInclusion } from './exclusions.ts'
import { studyTasks } from './flow.ts'
import type { LesionId, Patient, ReaderId, Study } from './study.ts'

/** The lesion of a region where nobody named another one. */
export const firstLesion: LesionId = 'L1'

/** What a reader is called who has given no name. */
export const defaultReaderName = (id: ReaderId): string => `Reader ${id}`

/** Whether a label was given by order of opening, `P0001`, and not by an import, `A-0001`. */
export const isNumbered = (label: string): boolean => /^P\d+$/.test(label)

/**
 * Of whom the study is made: patients of imports who have images, and whoever is in a fixed cohort.
 * @param hasImages by ID
 */
export const studyPatients = <T extends Pick<Patient, 'id' | 'label' | 'cohort'>>(
  patients: readonly T[],
  hasImages: (id: string) => boolean,
): T[] => patients.filter(({ id, label, cohort }) => cohort !== null || (!isNumbered(label) && hasImages(id)))

/** What is said of a patient of whom nothing is known. */
export const nothingTold: Omit<Patient, 'id' | 'label' | 'lesions'> = {
  centre: '',
  batch: '',
  cohort: null,
  exclusion: null,
  flag: null,
  note: '',
  dce: null,
}

/** What a study asks of its patients before anybody changes it, and that nobody has said yet who learns. */
export const nothingPlanned: Pick<Study, 'tasks' | 'inclusion' | 'cohorts' | 'freeze' | 'thaws' | 'parameters'> = {
  tasks: studyTasks,
  inclusion: studyInclusion,
  cohorts: null,
  freeze: null,
  thaws: 0,
  parameters: null,
}

/** The study of all images that are opened without one: two readers, of whom neither sees what the other drew. */
export const unnamedStudy: Study = {
  id: 'unnamed',
  readers: [
    { id: '1', name: defaultReaderName('1'), blindTo: ['2'] },
    { id: '2', name: defaultReaderName('2'), blindTo: ['1'] },
  ],
  roles: defaultRoles,
  rules: [],
  rereading: null,
  ...nothingPlanned,
}

/** With what the maker of made images begins, so that they are told from a scanner's wherever they are opened. */
export const simulatedMaker = 'SIMULATED'
