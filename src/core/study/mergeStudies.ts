import { compare } from '../numeric/compare.ts'
import { groupBy } from '../numeric/groupBy.ts'
import { nameOfRegion, type StudyContents, type TravellingRegion, type TravellingTable } from './contents.ts'
import { markIndex, mergeLesions } from './lesions.ts'
import { refuse } from './messages.ts'
import {
  imageIdOf,
  type Lesion,
  type Patient,
  type Reader,
  type ReaderId,
  type RegionId,
  type Study,
  type StudyImage,
} from './study.ts'
import { defaultReaderName } from './unnamedStudy.ts'

/** What is done where one reader drew the same lesion on the same image differently in both studies. */
export type RegionChoice =
  | 'mine'
  | 'theirs'
  /** Both stay: theirs as that of a reader of its own. */
  | 'asAnother'

/** Two regions of one reader that differ. */
export interface RegionConflict extends RegionId {
  /** Of the patient. */
  readonly label: string
  readonly mine: TravellingRegion
  readonly theirs: TravellingRegion
}

/** What differs and stays as it is in this study, for a person to look at. */
export interface Difference {
  readonly what: 'note' | 'flag' | 'exclusion' | 'series' | 'centre' | 'batch' | 'role' | 'image' | 'patient' | 'reader' | 'decision' | 'table' | 'plan' // prettier-ignore
  /** Label of the patient, ID of the reader or decision; '' for the study. */
  readonly subject: string
}

export interface MergedStudies {
  /** Without the journal, which goes on in the study that is open. */
  readonly merged: Omit<StudyContents, 'journal'>
  /** Regions whose voxels are those of the other study: where they come from there, and whose they become. */
  readonly taken: readonly { readonly from: TravellingRegion; readonly to: TravellingRegion }[]
  readonly takenTables: readonly { readonly from: TravellingTable; readonly to: TravellingTable }[]
  /** Those without a choice; mine stay. */
  readonly conflicts: readonly RegionConflict[]
  readonly differences: readonly Difference[]
  /** What patients of the other study are called here; none of those who are not taken. */
  readonly labels: ReadonlyMap<string, string>
}

/**
 * Another copy of a study brought into this one: patients are the same by their images, else by their labels; equal masks are one. What one of
 * both says and the other does not is taken; where both say something and differ, this study's stays and the difference is told.
 * @param choices by `nameOfRegion`, for regions of one reader that differ
 * @throws DataError where both fixed their cohorts, and did so differently
 */
export function mergeStudies(
  mine: Omit<StudyContents, 'journal'>,
  theirs: Omit<StudyContents, 'journal'>,
  choices: ReadonlyMap<string, RegionChoice> = new Map(),
): MergedStudies {
  const [own, other] = [mine.study.freeze?.hash, theirs.study.freeze?.hash]
  if (own !== undefined && other !== undefined && own !== other) throw refuse('cohorts-differ', { mine: own, theirs: other })

  const differences: Difference[] = []
  const differ = (what: Difference['what'], subject: string) => void differences.push({ what, subject })
  const people = joinPatients(mine, theirs, differ)
  const images = joinImages(mine.images, theirs.images, people, differ)
  const known = new Set(images.map(({ id }) => id))
  const conflicts: RegionConflict[] = []
  const labelOf = (region: TravellingRegion) => people.labels.get(region.label) ?? region.label
  // Of a patient who is not taken, and of an image that is another one here, nothing is.
  const left = new Set(theirs.images.flatMap(({ id, patient }) => (people.ids.has(patient) ? [] : [id])))
  const refusedImages = new Set(theirs.images.flatMap((image) => (isOther(mine.images, image) ? [image.id] : [])))
  const mayCome = ({ image }: RegionId) => !left.has(imageIdOf(image)) && !refusedImages.has(imageIdOf(image))

  const regions = new Map(mine.regions.map((region) => [nameOfRegion(region), region]))
  const taken: MergedStudies['taken'][number][] = []
  const others = new Map<ReaderId, ReaderId>()
  let readers = joinReaders(mine.study.readers, theirs.study.readers, differ)
  for (const from of theirs.regions) {
    if (!mayCome(from)) continue
    const name = nameOfRegion(from)
    const here = regions.get(name)
    const to = { ...from, label: labelOf(from) }
    if (here === undefined) {
      regions.set(name, to)
      taken.push({ from, to })
      continue
    }
    if (here.maskHash === from.maskHash) {
      regions.set(name, furtherOf(here, to))
      continue
    }
    const choice = choices.get(name)
    if (choice === undefined) conflicts.push({ image: from.image, reader: from.reader, lesion: from.lesion, label: to.label, mine: here, theirs: to }) // prettier-ignore
    if (choice === 'theirs') {
      regions.set(name, to)
      taken.push({ from, to })
    }
    if (choice === 'asAnother') {
      const reader = others.get(from.reader) ?? freeReader(readers, from.reader)
      if (!others.has(from.reader)) {
        others.set(from.reader, reader)
        readers = [
          ...readers,
          { ...readers.find(({ id }) => id === from.reader)!, id: reader, name: `${from.readerName} (${reader})` },
        ]
      }
      const apart = { ...to, reader }
      regions.set(nameOfRegion(apart), apart)
      taken.push({ from, to: apart })
    }
  }

  const tables = new Map(mine.tables.map((table) => [nameOfRegion(table), table]))
  const takenTables: MergedStudies['takenTables'][number][] = []
  for (const from of theirs.tables) {
    if (!mayCome(from)) continue
    const moved = taken.find((one) => nameOfRegion(one.from) === nameOfRegion(from))
    const to = { ...from, label: people.labels.get(from.label) ?? from.label, reader: moved?.to.reader ?? from.reader }
    const name = nameOfRegion(to)
    // Numbers of a mask that is not the one here are of no use.
    if (regions.get(name)?.maskHash !== from.maskHash) continue
    const here = tables.get(name)
    if (here && here.maskHash === from.maskHash && !(here.isPartial && !from.isPartial)) {
      if (!isSameRun(here, to)) differ('table', to.label)
      continue
    }
    tables.set(name, to)
    takenTables.push({ from, to })
  }

  return {
    merged: {
      study: joinPlans({ ...mine.study, readers }, withPatients(theirs.study, people.ids), differ),
      patients: setCohorts(people.patients, mine.study.freeze ?? theirs.study.freeze),
      images,
      decisions: joinDecisions(mine, theirs, known, differ),
      regions: [...regions.values()].sort(compareRegions),
      tables: [...tables.values()].sort(compareRegions),
    },
    taken,
    takenTables,
    conflicts,
    differences,
    labels: people.labels,
  }
}

type Differ = (what: Difference['what'], subject: string) => void

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const compareRegions = (a: RegionId, b: RegionId) => compare(nameOfRegion(a), nameOfRegion(b))

interface JoinedPatients {
  readonly patients: readonly Patient[]
  /** What a patient of theirs is called here; none of those who are not taken. */
  readonly ids: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
}

function joinPatients(
  mine: Pick<StudyContents, 'patients' | 'images'>,
  theirs: Pick<StudyContents, 'patients' | 'images'>,
  differ: Differ,
): JoinedPatients {
  const ownerHere = new Map(mine.images.map(({ id, patient }) => [id, patient]))
  const hasImagesHere = new Set(ownerHere.values())
  const imagesThere = groupBy(theirs.images, ({ patient }) => patient)
  const byId = new Map(mine.patients.map((patient) => [patient.id, patient]))
  const byLabel = new Map(mine.patients.map((patient) => [patient.label, patient]))
  const ids = new Map<string, string>()
  const labels = new Map<string, string>()
  for (const patient of theirs.patients) {
    const own = (imagesThere.get(patient.id) ?? []).flatMap(({ id }) => ownerHere.get(id) ?? [])
    const owners = [...new Set(own)]
    const called = byLabel.get(patient.label)
    // One label, and no image in common: that may be another patient. Images of two patients here: nobody can tell.
    const isUnclear =
      owners.length > 1 ||
      (owners.length === 0 && called !== undefined && hasImagesHere.has(called.id) && imagesThere.has(patient.id))
    if (isUnclear) {
      differ('patient', patient.label)
      continue
    }
    const here = owners.length === 1 ? byId.get(owners[0])! : called
    if (here === undefined) {
      // The same ID for two patients would make them one.
      byId.set(patient.id, patient)
      byLabel.set(patient.label, patient)
      ids.set(patient.id, patient.id)
      labels.set(patient.label, patient.label)
      continue
    }
    const joined = joinPatient(here, patient, differ)
    byId.set(here.id, joined)
    byLabel.set(here.label, joined)
    ids.set(patient.id, here.id)
    labels.set(patient.label, here.label)
  }
  return { patients: [...byId.values()].sort((a, b) => compare(a.label, b.label)), ids, labels }
}

function joinPatient(here: Patient, there: Patient, differ: Differ): Patient {
  const either = <T>(what: Difference['what'], own: T, other: T, isNothing: (value: T) => boolean): T => {
    if (isNothing(own)) return other
    if (!isNothing(other) && !isSame(own, other)) differ(what, here.label)
    return own
  }
  const isNull = (value: unknown) => value === null
  const isEmpty = (text: string) => text === ''
  return {
    ...here,
    lesions: joinLesions(here.lesions, there.lesions),
    centre: either('centre', here.centre, there.centre, isEmpty),
    batch: either('batch', here.batch, there.batch, isEmpty),
    exclusion: either('exclusion', here.exclusion, there.exclusion, isNull),
    flag: either('flag', here.flag, there.flag, isNull),
    note: either('note', here.note, there.note, isEmpty),
    dce: either('series', here.dce, there.dce, isNull),
  }
}

function joinLesions(here: readonly Lesion[], there: readonly Lesion[]): readonly Lesion[] {
  const names = new Map(there.map(({ id, name }) => [id, name]))
  const joined = mergeLesions(here, there).map((lesion): Lesion => {
    const name = lesion.name ?? names.get(lesion.id)
    return name === undefined ? lesion : { ...lesion, name }
  })
  const index = there.find(({ isIndex }) => isIndex)
  return index === undefined || joined.some(({ isIndex }) => isIndex) ? joined : markIndex(joined, index.id)
}

/** Whether the study has that image with other voxels. */
function isOther(mine: readonly StudyImage[], { id, content }: StudyImage): boolean {
  const here = mine.find((image) => image.id === id)
  return here !== undefined && here.content !== null && content !== null && here.content !== content
}

function joinImages(
  mine: readonly StudyImage[],
  theirs: readonly StudyImage[],
  { ids, labels, patients }: JoinedPatients,
  differ: Differ,
): readonly StudyImage[] {
  const joined = new Map(mine.map((image) => [image.id, image]))
  const labelOf = new Map(patients.map(({ id, label }) => [id, label]))
  const taken = new Set(mine.flatMap(({ patient, role }) => (role === null ? [] : [JSON.stringify([patient, role])])))
  for (const there of theirs) {
    const patient = ids.get(there.patient)
    if (patient === undefined) continue
    const label = labelOf.get(patient) ?? labels.get(there.patient) ?? ''
    const here = joined.get(there.id)
    if (here === undefined) {
      const role = JSON.stringify([patient, there.role])
      const isFree = there.role === null || !taken.has(role)
      if (!isFree) differ('role', label)
      if (there.role !== null) taken.add(role)
      joined.set(there.id, { ...there, patient, role: isFree ? there.role : null })
      continue
    }
    if (isOther([here], there)) differ('image', label)
    if (here.role !== there.role) differ('role', label)
    joined.set(there.id, { ...here, content: here.content ?? there.content })
  }
  return [...joined.values()].sort((a, b) => compare(a.id, b.id))
}

function joinReaders(mine: readonly Reader[], theirs: readonly Reader[], differ: Differ): readonly Reader[] {
  const isDefault = ({ id, name }: Reader) => name === defaultReaderName(id)
  const joined = mine.map((reader) => {
    const there = theirs.find(({ id }) => id === reader.id)
    if (!there || there.name === reader.name || isDefault(there)) return reader
    if (isDefault(reader)) return { ...reader, name: there.name }
    differ('reader', reader.id)
    return reader
  })
  return [...joined, ...theirs.filter(({ id }) => !mine.some((reader) => reader.id === id))]
}

/** As `2b`: nobody has it. */
function freeReader(readers: readonly Reader[], of: ReaderId): ReaderId {
  for (let letter = 'b'.codePointAt(0)!; ; letter++) {
    const id = of + String.fromCodePoint(letter)
    if (!readers.some((reader) => reader.id === id)) return id
  }
}

/** Of two regions of one mask the one that is further; of equally far ones the later. */
function furtherOf(here: TravellingRegion, there: TravellingRegion): TravellingRegion {
  const steps = { empty: 0, inProgress: 1, complete: 2, locked: 3 }
  const order = steps[there.progress] - steps[here.progress] || there.changedAt - here.changedAt || compare(there.readerName, here.readerName) // prettier-ignore
  return order > 0 ? { ...there, label: here.label } : here
}

function isSameRun(a: TravellingTable, b: TravellingTable): boolean {
  return a.program === b.program && isSame(a.parameters, b.parameters)
}

function joinPlans(mine: Study, theirs: Study, differ: Differ): Study {
  const either = <Key extends 'rereading' | 'cohorts' | 'freeze' | 'parameters'>(key: Key): Study[Key] => {
    if (mine[key] === null) return theirs[key]
    if (theirs[key] !== null && !isSame(mine[key], theirs[key])) differ('plan', key)
    return mine[key]
  }
  const rules = theirs.rules.filter((rule) => !mine.rules.some((own) => isSame(own, rule)))
  if (!isSame(mine.inclusion, theirs.inclusion)) differ('plan', 'inclusion')
  return {
    ...mine,
    roles: [...mine.roles, ...theirs.roles.filter(({ id }) => !mine.roles.some((role) => role.id === id))],
    tasks: [...mine.tasks, ...theirs.tasks.filter(({ id }) => !mine.tasks.some((task) => task.id === id))],
    // The latest rule counts, whoever said it.
    rules: [...mine.rules, ...rules].sort((a, b) => a.at - b.at || compare(JSON.stringify(a), JSON.stringify(b))),
    rereading: either('rereading'),
    cohorts: either('cohorts'),
    freeze: either('freeze'),
    parameters: either('parameters'),
    thaws: Math.max(mine.thaws, theirs.thaws),
  }
}

/** The patients of a second reading go by other IDs here. */
function withPatients(study: Study, ids: ReadonlyMap<string, string>): Study {
  if (study.rereading === null) return study
  const patients = study.rereading.patients.flatMap((id) => ids.get(id) ?? []).sort(compare)
  return { ...study, rereading: { ...study.rereading, patients } }
}

/** Whoever is in no cohort yet is in the one that was fixed. */
function setCohorts(patients: readonly Patient[], freeze: Study['freeze']): readonly Patient[] {
  if (freeze === null) return patients
  const members = new Map<string, string>(freeze.members)
  return patients.map((patient) => {
    const cohort = members.get(patient.label)
    return patient.cohort !== null || patient.exclusion !== null || cohort === undefined ? patient : { ...patient, cohort }
  })
}

function joinDecisions(
  mine: Pick<StudyContents, 'decisions'>,
  theirs: Pick<StudyContents, 'decisions'>,
  known: ReadonlySet<string>,
  differ: Differ,
): StudyContents['decisions'] {
  const joined = new Map(mine.decisions.map((decision) => [decision.id, decision]))
  for (const there of theirs.decisions) {
    const here = joined.get(there.id)
    if (here === undefined) {
      if (there.subjects.every((image) => known.has(image))) joined.set(there.id, there)
    } else if (here.chosen === null) joined.set(there.id, { ...here, chosen: there.chosen })
    else if (there.chosen !== null && there.chosen.option !== here.chosen.option) differ('decision', there.id)
  }
  return [...joined.values()].sort((a, b) => compare(a.id, b.id))
}
