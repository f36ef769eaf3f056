import { groupBy } from '../numeric/groupBy.ts'
import { joinProgress } from './lesions.ts'
import { stateOfPatient, type PatientState, type RoleProgress } from './patientState.ts'
import type { Decision, Patient, RoleId, Study, StudyImage } from './study.ts'

/** What a role of a patient is and how far it is, for one reader. */
export interface RoleCell {
  readonly role: RoleId
  /** ID of its image; null where none has the role. */
  readonly image: string | null
  readonly progress: RoleProgress
  /** Milliseconds since 1970; null where nothing was drawn. */
  readonly changedAt: number | null
  /** Null where nothing was drawn. */
  readonly volumeCm3: number | null
}

/** A patient as a reader finds her on the list. */
export interface WorkListRow {
  readonly patient: Patient
  readonly cells: readonly RoleCell[]
  readonly state: PatientState
  /** Of the last change of a region; null where nothing was drawn. */
  readonly changedAt: number | null
  /** Among those that are read twice. */
  readonly isReread: boolean
}

/** A reader's region as far as the list shows it. */
export type ListedRegion = Pick<RoleCell, 'changedAt' | 'volumeCm3'> & { readonly progress: Exclude<RoleProgress, 'noImage'> }

/** An image's regions of several lesions, as one: as far as the least far of them, with all their volumes. */
export function joinRegions(lesions: readonly ListedRegion[]): ListedRegion {
  const drawn = lesions.filter(({ progress }) => progress !== 'empty')
  const changes = lesions.flatMap(({ changedAt }) => changedAt ?? [])
  const volumes = drawn.flatMap(({ volumeCm3 }) => volumeCm3 ?? [])
  return {
    progress: joinProgress(drawn.map(({ progress }) => progress)),
    changedAt: changes.length > 0 ? Math.max(...changes) : null,
    volumeCm3: volumes.length > 0 ? volumes.reduce((sum, volume) => sum + volume) : null,
  }
}

export interface WorkListRecords {
  readonly study: Pick<Study, 'roles' | 'rereading'>
  readonly images: readonly StudyImage[]
  readonly decisions: readonly Decision[]
}

/**
 * The list as a reader sees it, patient by patient in the order given. A patient without images is not on it.
 * @param regionOf the reader's own, of no one else
 * @param isComputed whether all features of a patient are, whose images are given
 */
export function listPatients(
  patients: readonly Patient[],
  { study: { roles, rereading }, images, decisions }: WorkListRecords,
  regionOf: (image: StudyImage) => ListedRegion | undefined,
  isComputed: (images: readonly StudyImage[]) => boolean,
): WorkListRow[] {
  const byPatient = groupBy(images, ({ patient }) => patient)
  const open = new Set(decisions.filter(({ chosen }) => chosen === null).flatMap(({ subjects }) => subjects))
  const reread = new Set(rereading?.patients)
  return patients.flatMap((patient) => {
    const own = byPatient.get(patient.id)
    if (!own) return []
    const cells = roles.map(({ id }): RoleCell => {
      const image = own.find(({ role }) => role === id)
      const region = image && regionOf(image)
      return {
        role: id,
        image: image?.id ?? null,
        progress: image ? (region?.progress ?? 'empty') : 'noImage',
        changedAt: region?.changedAt ?? null,
        volumeCm3: region?.volumeCm3 ?? null,
      }
    })
    const state = stateOfPatient(patient, {
      roles: cells.map(({ progress }) => progress),
      isUndecided: open.has(patient.id) || own.some(({ id }) => open.has(id)),
      isComputed: isComputed(own),
    })
    const changes = cells.flatMap(({ changedAt }) => changedAt ?? [])
    return {
      patient,
      cells,
      state,
      changedAt: changes.length > 0 ? Math.max(...changes) : null,
      isReread: reread.has(patient.id),
    }
  })
}

export type ListChip = 'all' | 'toDo' | 'inProgress' | 'complete' | 'flagged' | 'reread'

const fits: Readonly<Record<ListChip, (row: WorkListRow) => boolean>> = {
  all: () => true,
  toDo: ({ state }) => state === 'toDo' || state === 'undecided' || state === 'imageMissing',
  inProgress: ({ state }) => state === 'inProgress',
  complete: ({ state }) => state === 'complete' || state === 'computed',
  flagged: ({ patient }) => patient.flag !== null,
  reread: ({ isReread }) => isReread,
}

export const listChips = Object.keys(fits) as readonly ListChip[]

export interface ListFilter {
  /** Stands in the label, the centre, the note or the flag, whatever its case. */
  readonly text: string
  readonly chip: ListChip
  readonly withExcluded: boolean
}

export function filterPatients(rows: readonly WorkListRow[], { text, chip, withExcluded }: ListFilter): WorkListRow[] {
  const wanted = text.trim().toLowerCase()
  const has = ({ patient: { label, centre, note, flag } }: WorkListRow) =>
    wanted === '' || [label, centre, note, flag ?? ''].some((own) => own.toLowerCase().includes(wanted))
  return rows.filter((row) => (withExcluded || row.state !== 'excluded') && fits[chip](row) && has(row))
}

/** How many patients each chip would leave. */
export function countChips(rows: readonly WorkListRow[], withExcluded: boolean): Readonly<Record<ListChip, number>> {
  const shown = withExcluded ? rows : rows.filter(({ state }) => state !== 'excluded')
  return Object.fromEntries(listChips.map((chip) => [chip, shown.filter(fits[chip]).length])) as Record<ListChip, number>
}

/** How far the regions of all roles are, patients that are excluded apart. */
export function countRegions(rows: readonly WorkListRow[]): Readonly<Record<RoleProgress, number>> {
  const counts = { empty: 0, inProgress: 0, complete: 0, locked: 0, noImage: 0 }
  for (const { state, cells } of rows) if (state !== 'excluded') for (const { progress } of cells) counts[progress]++
  return counts
}

const isToDo = ({ progress, image }: RoleCell) => image !== null && (progress === 'empty' || progress === 'inProgress')

/** A patient and the role of hers to draw. */
export interface ToDo {
  readonly patient: string
  readonly image: string
}

/**
 * What a reader draws next: the roles left of the patient in hand, then those of the patients after her, at last of those before.
 * @param rows in the reader's order
 * @param hand what is in hand, which itself comes last
 * @returns null where all is done
 */
export function findNextToDo(rows: readonly WorkListRow[], hand: ToDo | null): ToDo | null {
  const able = rows.filter(({ state }) => state !== 'excluded' && state !== 'undecided')
  const at = able.findIndex(({ patient }) => patient.id === hand?.patient)
  const order = at < 0 ? able : [...able.slice(at), ...able.slice(0, at)]
  const all = order.flatMap(({ patient, cells }) =>
    cells.filter(isToDo).map(({ image }): ToDo => ({ patient: patient.id, image: image! })),
  )
  return all.find(({ image }) => image !== hand?.image) ?? all[0] ?? null
}

/** The patient before or after one in the list; null at its end. */
export function findNeighbour(rows: readonly WorkListRow[], patient: string, step: 1 | -1): WorkListRow | null {
  const at = rows.findIndex((row) => row.patient.id === patient)
  return (at < 0 ? undefined : rows[at + step]) ?? null
}
