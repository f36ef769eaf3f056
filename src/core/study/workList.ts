import { groupBy } from '../numeric/groupBy.ts'
import { joinProgress, presentLesions } from './lesions.ts'
import { stateOfPatient, type PatientState, type RoleProgress } from './patientState.ts'
import type { RoleId } from './roles.ts'
import type { Decision, Patient, Study, StudyImage } from './study.ts'
import { simulatedMaker } from './unnamedStudy.ts'

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
  /** How many lesions are drawn. */
  readonly lesions: number
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
  /** Of made images: nobody's patient. */
  readonly isSimulated: boolean
}

/** A reader's region as far as the list shows it. */
export type ListedRegion = Pick<RoleCell, 'changedAt' | 'volumeCm3'> & { readonly progress: Exclude<RoleProgress, 'noImage'> }

/** The regions of an image, of so many lesions. */
export type JoinedRegions = ListedRegion & Pick<RoleCell, 'lesions'>

/** An image's regions of several lesions, as one: as far as the least far of them, with all their volumes. */
export function joinRegions(lesions: readonly ListedRegion[]): JoinedRegions {
  const drawn = lesions.filter(({ progress }) => progress !== 'empty')
  const changes = lesions.flatMap(({ changedAt }) => changedAt ?? [])
  const volumes = drawn.flatMap(({ volumeCm3 }) => volumeCm3 ?? [])
  return {
    progress: joinProgress(drawn.map(({ progress }) => progress)),
    changedAt: changes.length > 0 ? Math.max(...changes) : null,
    volumeCm3: volumes.length > 0 ? volumes.reduce((sum, volume) => sum + volume) : null,
    lesions: drawn.length,
  }
}

/**
 * How many of the patient's lesions are drawn on other images, or by another reader, and not here, where something is drawn: they may have
 * been forgotten. Lesions are all readers', their regions are not: nothing of those is told.
 */
export const lesionsForgotten = ({ patient }: Pick<WorkListRow, 'patient'>, { lesions }: Pick<RoleCell, 'lesions'>): number =>
  lesions > 0 ? Math.max(0, presentLesions(patient.lesions).length - lesions) : 0

export interface WorkListRecords {
  readonly study: Pick<Study, 'roles' | 'rereading'>
  readonly images: readonly StudyImage[]
  readonly decisions: readonly Decision[]
}

/** What a list is made of, beside its patients and records. */
interface ListSources {
  /** The reader's own, of no one else. */
  readonly regionOf: (image: StudyImage) => JoinedRegions | undefined
  /** Whether all features of a patient are, whose images are given. */
  readonly isComputed: (images: readonly StudyImage[]) => boolean
}

/**
 * The list as a reader sees it, patient by patient in the order given. A patient without images is not on it.
 * @param regionOf the reader's own, of no one else
 * @param isComputed whether all features of a patient are, whose images are given
 */
export const listPatients = (
  patients: readonly Patient[],
  records: WorkListRecords,
  regionOf: ListSources['regionOf'],
  isComputed: ListSources['isComputed'],
): readonly WorkListRow[] => createPatientLister()(patients, records, regionOf, isComputed)

/** `listPatients` again and again: a row of which nothing changed is the same one, and so is a list. */
export function createPatientLister(): typeof listPatients {
  let grouped: { readonly of: WorkListRecords; readonly groups: RecordGroups } | undefined
  let before: ReadonlyMap<string, ListedRow> = new Map()
  let list: readonly WorkListRow[] = []
  return (patients, records, regionOf, isComputed) => {
    if (grouped?.of !== records) grouped = { of: records, groups: groupRecords(records) }
    const { groups } = grouped
    const now = new Map<string, ListedRow>()
    for (const patient of patients) {
      const own = groups.images.get(patient.id)
      if (!own) continue
      const regions = groups.roleImages.get(patient.id)!.map((image) => image && regionOf(image))
      const sources = { patient, groups, regions, isComputed: isComputed(own) }
      const known = before.get(patient.id)
      now.set(patient.id, known && isSameRow(known.sources, sources) ? known : { sources, row: rowOf(sources) })
    }
    before = now
    const rows = [...now.values()].map(({ row }) => row)
    if (rows.length !== list.length || rows.some((row, i) => row !== list[i])) list = rows
    return list
  }
}

/** Of all patients, made once for the same records. */
interface RecordGroups {
  readonly roles: readonly RoleId[]
  readonly images: ReadonlyMap<string, readonly StudyImage[]>
  /** By patient, in the order of roles. */
  readonly roleImages: ReadonlyMap<string, readonly (StudyImage | undefined)[]>
  /** IDs of patients and images that a doubt is about. */
  readonly undecided: ReadonlySet<string>
  readonly reread: ReadonlySet<string>
}

function groupRecords({ study: { roles, rereading }, images, decisions }: WorkListRecords): RecordGroups {
  const byPatient = groupBy(images, ({ patient }) => patient)
  return {
    roles: roles.map(({ id }) => id),
    images: byPatient,
    roleImages: new Map(
      [...byPatient].map(([patient, own]) => [patient, roles.map(({ id }) => own.find(({ role }) => role === id))]),
    ),
    undecided: new Set(decisions.filter(({ chosen }) => chosen === null).flatMap(({ subjects }) => subjects)),
    reread: new Set(rereading?.patients),
  }
}

interface RowSources {
  readonly patient: Patient
  readonly groups: RecordGroups
  /** In the order of roles. */
  readonly regions: readonly (JoinedRegions | undefined)[]
  readonly isComputed: boolean
}
interface ListedRow {
  readonly sources: RowSources
  readonly row: WorkListRow
}

function isSameRow(a: RowSources, b: RowSources): boolean {
  if (a.patient !== b.patient || a.groups !== b.groups || a.isComputed !== b.isComputed) return false
  return a.regions.every((one, i) => {
    const other = b.regions[i]
    if (!one || !other) return one === other
    return (['progress', 'changedAt', 'volumeCm3', 'lesions'] as const).every((part) => one[part] === other[part])
  })
}

function rowOf({ patient, groups, regions, isComputed }: RowSources): WorkListRow {
  const { roles, undecided, reread } = groups
  const own = groups.images.get(patient.id)!
  const images = groups.roleImages.get(patient.id)!
  const cells = roles.map((role, i): RoleCell => {
    const [image, region] = [images[i], regions[i]]
    return {
      role,
      image: image?.id ?? null,
      progress: image ? (region?.progress ?? 'empty') : 'noImage',
      changedAt: region?.changedAt ?? null,
      volumeCm3: region?.volumeCm3 ?? null,
      lesions: region?.lesions ?? 0,
    }
  })
  const state = stateOfPatient(patient, {
    roles: cells.map(({ progress }) => progress),
    isUndecided: undecided.has(patient.id) || own.some(({ id }) => undecided.has(id)),
    isComputed,
  })
  const changes = cells.flatMap(({ changedAt }) => changedAt ?? [])
  return {
    patient,
    cells,
    state,
    changedAt: changes.length > 0 ? Math.max(...changes) : null,
    isReread: reread.has(patient.id),
    isSimulated: own.some(isSimulated),
  }
}

/** The simulator says so where scanners write their maker. */
/** Whether an image was made, and no scanner's. */
export const isSimulated = ({ technical }: Pick<StudyImage, 'technical'>): boolean =>
  technical.Manufacturer?.startsWith(simulatedMaker) ?? false

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

/** Of a role, patients that are excluded apart. */
export interface RoleCount {
  /** Complete or locked. */
  readonly complete: number
  readonly inProgress: number
  /** Patients, with and without an image of the role. */
  readonly all: number
}

/** How far the regions of each role are. */
export function countOfRoles(rows: readonly WorkListRow[]): ReadonlyMap<RoleId, RoleCount> {
  const cells = rows.flatMap(({ state, cells: own }) => (state === 'excluded' ? [] : own))
  return new Map(
    [...groupBy(cells, ({ role }) => role)].map(([role, own]) => {
      const among = (...wanted: readonly RoleProgress[]) => own.filter(({ progress }) => wanted.includes(progress)).length
      return [role, { complete: among('complete', 'locked'), inProgress: among('inProgress'), all: own.length }]
    }),
  )
}

/**
 * How far another reader is, over all roles: counted, nothing of the regions is told.
 * @param regions of that reader, by image
 */
export function countOfReader(
  rows: readonly WorkListRow[],
  regions: ReadonlyMap<string, readonly Pick<ListedRegion, 'progress'>[]>,
): RoleCount {
  const own = rows.some(({ isReread }) => isReread) ? rows.filter(({ isReread }) => isReread) : rows
  const images = own.flatMap(({ state, cells }) => (state === 'excluded' ? [] : cells.flatMap(({ image }) => image ?? [])))
  const progress = images.map((image) => joinProgress((regions.get(image) ?? []).map((region) => region.progress)))
  return {
    complete: progress.filter((one) => one === 'complete' || one === 'locked').length,
    inProgress: progress.filter((one) => one === 'inProgress').length,
    all: images.length,
  }
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
